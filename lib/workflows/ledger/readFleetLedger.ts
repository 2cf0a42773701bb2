import { MICROS_PER_DAY } from '../../base/time';
import type { FleetLedger } from '../../contracts/coverage';
import { dayOf, latestOf, periodOf } from '../../coverage/rollupPeriod';
import { EVENT_KINDS, type EventKind } from '../../events/endpointEvent';
import { channelNames } from '../../storage/channels';
import { type FleetKind, loadFleetKinds, newestLedgerDay } from '../../storage/ledger/ledgerDays';
import { factsOf, LEDGER_FACTS, type LedgerFact } from '../../visibility/ledgerFacts';
import { sourceOf } from '../../visibility/sources';
import { dayNumber, hourText } from './ledgerText';

const NETWORK: ReadonlySet<EventKind> = new Set<EventKind>(['network_connect', 'dns_query']);
const PROCESS = LEDGER_FACTS.findIndex(({ id }) => id === 'process');

type Line = FleetLedger['items'][number];

/**
 * What every host delivered in whole UTC days, both included, a line per host and source, in order of host name;
 * without a period the 30 days up to the newest event.
 */
export async function readFleetLedger(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): Promise<FleetLedger> {
  const clock = now.getTime() * 1000;
  const newest = await newestLedgerDay(dayOf(latestOf(clock)));
  const { days } = periodOf(
    { from: dayNumber(query.from), to: dayNumber(query.to) },
    newest === undefined ? undefined : newest * MICROS_PER_DAY,
    clock,
  );
  const kinds = await loadFleetKinds(days);
  const channel = await channelNames(kinds.map(({ channelId }) => channelId));
  const lines = new Map<string, FleetKind[]>();
  for (const kind of kinds) {
    const key = `${kind.hostId}\n${sourceOf(channel(kind.channelId))}`;
    const own = lines.get(key);
    if (own === undefined) lines.set(key, [kind]);
    else own.push(kind);
  }
  return { items: [...lines].map(([key, own]) => toLine(key.slice(key.indexOf('\n') + 1), own)) };
}

function toLine(source: string, kinds: readonly FleetKind[]): Line {
  const [first] = kinds;
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const among = new Set(kinds.map(({ kind }) => kind));
  const network = kinds.filter(({ kind }) => NETWORK.has(kind));
  return {
    hostId: String(first?.hostId ?? ''),
    host: first?.host ?? '',
    source,
    kinds: EVENT_KINDS.filter((kind) => among.has(kind)),
    events: sum(kinds.map(({ events }) => events)),
    first: hourText(kinds.reduce((a, b) => Math.min(a, b.firstHour), first?.firstHour ?? 0)),
    last: hourText(kinds.reduce((a, b) => Math.max(a, b.lastHour), first?.lastHour ?? 0)),
    filled: sharesAmong(kinds),
    networkWithProcess:
      network.length === 0
        ? null
        : sum(network.map(({ filled }) => filled[PROCESS] ?? 0)) / sum(network.map(({ events }) => events)),
  };
}

/** The share of each fact among events of the kinds that are worth more with it; absent where there are none. */
function sharesAmong(kinds: readonly FleetKind[]): Partial<Record<LedgerFact, number>> {
  return Object.fromEntries(
    LEDGER_FACTS.flatMap(({ id }, i) => {
      const own = kinds.filter(({ kind }) => factsOf(kind).includes(id));
      const events = own.reduce((total, kind) => total + kind.events, 0);
      const filled = own.reduce((total, kind) => total + (kind.filled[i] ?? 0), 0);
      return events === 0 ? [] : [[id, filled / events]];
    }),
  );
}
