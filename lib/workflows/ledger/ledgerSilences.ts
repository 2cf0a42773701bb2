import type { HostLedger } from '../../contracts/coverage';
import type { EventKind } from '../../events/endpointEvent';
import type { Days, LedgerDay } from '../../storage/ledger/ledgerDays';
import { type RhythmSilence, rhythmSilences } from '../../visibility/rhythm';
import { hourText } from './ledgerText';

/** What says that something was wrong is no telemetry that comes in a rhythm. */
const NO_RHYTHM: ReadonlySet<EventKind> = new Set<EventKind>(['alert', 'log_clear', 'sensor_change']);

const HOURS_PER_DAY = 24;

/** A source that comes and goes has hundreds; the newest are told. */
const TOLD = 500;

type Silence = RhythmSilence & { readonly hours: number };

/**
 * When kinds that a host delivered regularly did not come while it recorded other things, in order of time. The rhythm
 * is that of all days; only silences that reach into the asked ones are told.
 */
export function silencesOfDays(days: readonly LedgerDay[], asked: Days): HostLedger['silences'] {
  const alive = new Set<number>();
  const kinds = new Map<EventKind, Map<number, number>>();
  for (const { day, kind, hours } of days) {
    const own = kinds.get(kind) ?? new Map<number, number>();
    kinds.set(kind, own);
    for (const [i, events] of hours.entries()) {
      if (events <= 0) continue;
      const hour = day * HOURS_PER_DAY + i;
      alive.add(hour);
      own.set(hour, (own.get(hour) ?? 0) + events);
    }
  }
  const found = [...kinds].flatMap(([kind, hours]) =>
    NO_RHYTHM.has(kind)
      ? []
      : acrossNights(rhythmSilences(hours, alive), hours)
          .filter((silence) => reachesInto(silence, asked))
          .map((silence) => ({ kind, silence })),
  );
  return found
    .sort((a, b) => a.silence.fromHour - b.silence.fromHour || (a.kind < b.kind ? -1 : 1))
    .slice(-TOLD)
    .map(({ kind, silence }) => ({
      kind,
      from: hourText(silence.fromHour),
      to: hourText(silence.toHour),
      expected: Math.round(silence.expected),
      reason: reasonOf(silence),
    }));
}

/** Stretches between which the kind did not come are one silence to a reader, however often the machine was off. */
function acrossNights(
  stretches: readonly RhythmSilence[],
  came: ReadonlyMap<number, number>,
): readonly Silence[] {
  const hours = [...came.keys()].sort((a, b) => a - b);
  const joined: { -readonly [Key in keyof Silence]: Silence[Key] }[] = [];
  let next = 0;
  for (const stretch of stretches) {
    const last = joined.at(-1);
    while ((hours[next] ?? Number.POSITIVE_INFINITY) < (last?.toHour ?? stretch.fromHour)) next++;
    const length = stretch.toHour - stretch.fromHour;
    if (last !== undefined && (hours[next] ?? Number.POSITIVE_INFINITY) >= stretch.fromHour) {
      last.toHour = stretch.toHour;
      last.expected += stretch.expected;
      last.hours += length;
    } else joined.push({ ...stretch, hours: length });
  }
  return joined;
}

function reachesInto({ fromHour, toHour }: RhythmSilence, { from, to }: Days): boolean {
  return (
    (from === undefined || toHour > from * HOURS_PER_DAY) &&
    (to === undefined || fromHour < (to + 1) * HOURS_PER_DAY)
  );
}

function reasonOf({ hours, expected }: Silence): string {
  const length = hours === 1 ? 'an hour' : `${hours.toLocaleString('en')} hours`;
  return `none came in ${length} in which the host recorded other things; by its own rhythm about ${Math.round(expected).toLocaleString('en')} would have`;
}
