import type { z } from 'zod';
import { AppError } from '../../base/appError';
import { formatMicros, MICROS_PER_SECOND, micros } from '../../base/time';
import type { CoverageIntervals, coverageIntervalsQuery } from '../../contracts/coverage';
import { kindsNeeded } from '../../correlate/kindsNeeded';
import { EVERY_DAY } from '../../coverage/rollupPeriod';
import { hoursOf } from '../../coverage/rollupQuiet';
import { EVENT_KINDS, type EventKind } from '../../events/endpointEvent';
import { loadBlindIntervals } from '../../storage/blindIntervals';
import { loadBootHours } from '../../storage/coverage/bootHours';
import { loadHeardHours } from '../../storage/coverage/coverageHosts';
import { memberIds } from '../../storage/hosts';
import type { Gap } from '../../visibility/gap';
import { hourOf } from '../../visibility/ledger';
import { joinStretches, type Stretch, stretchesBetween, withoutStretches } from '../../visibility/stretches';
import { readCatalogue } from '../readCatalogue';
import { hostOrRefuse } from '../readLineage';
import { loadCellsOf } from './coverageCells';
import { type FleetHost, loadCoverageFacts } from './coverageFacts';

type Interval = CoverageIntervals['items'][number];
type Told = Stretch & Pick<Interval, 'state' | 'kind' | 'reason'>;

/**
 * When a stage could not be seen on a host, or only in part, and why. Nothing for a host that coverage does not count.
 * Throws `not_found` for a host or stage that is not there, `bad_request` for a period that is none.
 */
export async function readCoverageIntervals(
  { host: asked, stage: wanted, ...days }: z.output<typeof coverageIntervalsQuery>,
  now: Date,
): Promise<CoverageIntervals> {
  const id = await hostOrRefuse(asked);
  const { stages, hosts, period } = await loadCoverageFacts(days, now);
  const stage = stages.find((one) => one.stage === wanted);
  if (stage === undefined) throw new AppError('not_found', 'No definition in force has this stage.');
  const host = hosts.find((one) => one.id === id);
  if (host === undefined) return { items: [] };
  const told = [
    ...(await whileReporting(host, stage, period)),
    ...(period.end > host.seenTo + MICROS_PER_SECOND ? [afterTheLast(host, period)] : []),
  ];
  return { items: told.map(toInterval) };
}

type Part = { readonly start: number; readonly end: number };

/** From a host's first event until a second after its last. */
async function whileReporting(
  host: FleetHost,
  { stage, needs }: { readonly stage: string; readonly needs: readonly EventKind[] },
  { start, end }: Part,
): Promise<readonly Told[]> {
  const from = micros(Math.max(start, host.seenFrom));
  const to = micros(Math.min(end, host.seenTo + MICROS_PER_SECOND));
  if (from >= to) return [];
  const [cells, off] = await Promise.all([loadCellsOf([host.id], stage), offTimes(host.id)]);
  const cell = cells.get(host.id);
  const on = withoutStretches([{ from, to }], off);
  if (cell?.state === 'blind')
    return on.map((one) => ({ ...one, ...said('blind', cell.why, kindOf(cell.gaps)) }));
  const blind = await blindStretches(host, needs, { from, to });
  // What a machine that is off does not record is in no state.
  const dark = blind.flatMap(({ kind, reason, ...stretch }) =>
    withoutStretches([stretch], off).map((one) => ({ ...one, ...said('blind', reason, kind) })),
  );
  if (cell?.state !== 'partial') return dark;
  const lit = withoutStretches(on, joinStretches(dark)).map((one) => ({
    ...one,
    ...said('partial', cell.why, kindOf(cell.gaps)),
  }));
  return [...dark, ...lit].sort((a, b) => a.from - b.from);
}

function said(state: Told['state'], reason: string, kind: EventKind | null): Omit<Told, 'from' | 'to'> {
  return { state, kind, reason };
}

/** The kind of event that is missing where it is just one: of those the stage cannot do without, else of any. */
function kindOf(gaps: readonly Gap[]): EventKind | null {
  const needed = gaps.filter(({ kind }) => kind === 'kind');
  const [only, ...others] = needed.length > 0 ? needed : gaps;
  if (only === undefined || others.length > 0 || (only.kind !== 'kind' && only.kind !== 'part')) return null;
  return EVENT_KINDS.find((kind) => kind === only.what) ?? null;
}

type KindStretch = Stretch & { readonly kind: EventKind; readonly reason: string };

/** When a kind the stage needs was blind, in order and apart; where several were, the one that was first tells why. */
async function blindStretches(
  host: FleetHost,
  needs: readonly EventKind[],
  { from, to }: Stretch,
): Promise<readonly KindStretch[]> {
  const stored = await loadBlindIntervals([host.id], { kinds: needs });
  const found = stored
    .map((one) => ({
      ...one,
      from: micros(Math.max(from, one.from)),
      // The second after the last event is as the moment of the event was.
      to: micros(
        Math.min(to, one.from < host.seenTo && one.to > host.seenTo ? to : Math.min(one.to, host.seenTo)),
      ),
    }))
    .filter((one) => one.from < one.to)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: KindStretch[] = [];
  for (const { kind, reason, ...one } of found) {
    const end = apart.at(-1)?.to ?? one.from;
    if (one.to > end || apart.length === 0)
      apart.push({ kind, reason, from: one.from > end ? one.from : end, to: one.to });
  }
  return apart;
}

/** When a host was off: whole hours without an event of the kinds correlation looks at, until it started. */
async function offTimes(hostId: number): Promise<readonly Stretch[]> {
  const { catalogue } = await readCatalogue();
  const heard = await loadHeardHours([hostId], EVERY_DAY, kindsNeeded(catalogue));
  const silences = stretchesBetween(hoursOf(heard.get(hostId) ?? []));
  const boots = await loadBootHours(
    await memberIds(hostId),
    silences.map(({ to }) => hourOf(to)),
  );
  return silences.filter(({ to }) => boots.has(hourOf(to)));
}

function afterTheLast({ seenTo }: FleetHost, { start, end }: Part): Told {
  return {
    from: micros(Math.max(start, seenTo + MICROS_PER_SECOND)),
    to: micros(end),
    ...said('blind', `the host reports nothing since ${formatMicros(micros(seenTo)).slice(0, 19)}Z`, null),
  };
}

function toInterval({ from, to, state, kind, reason }: Told): Interval {
  return { from: formatMicros(from), to: formatMicros(to), state, kind, reason };
}
