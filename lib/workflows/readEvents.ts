import { AppError } from '../base/appError';
import { formatMicros, micros } from '../base/time';
import type { EventDetail, EventList } from '../contracts/events';
import type { EventId, EventKind } from '../events/endpointEvent';
import { productOf } from '../events/product';
import { rawText } from '../formats/encoding';
import { conflictsOf, SOURCE_FACTS } from '../lineage/conflicts';
import { type EventFilter, type FoundEvent, findEvent, findEvents, loadRaw } from '../storage/events';
import { findHost, memberIds } from '../storage/hosts';
import { loadProcesses } from '../storage/processes';
import { fromCursor, toCursor } from './cursor';
import { toEventView } from './eventView';
import { toTime } from './readTriageQueue';

const PAGE = 100;

export type EventSearch = {
  readonly q?: string | undefined;
  readonly host?: string | undefined;
  readonly kind?: EventKind | undefined;
  readonly entity?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

/** Events that match, newest first. An unknown host simply has none. */
export async function searchEvents(query: EventSearch): Promise<EventList> {
  const limit = query.limit ?? PAGE;
  const after = fromCursor(query.cursor, 'number', 'string');
  const found = await findEvents(await toFilter(query), {
    limit: limit + 1,
    newestFirst: true,
    ...(after === undefined ? {} : { after: { time: after[0], id: after[1] } }),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toEventView),
    nextCursor:
      found.length > limit && last !== undefined ? toCursor([last.event.time, last.event.id]) : null,
  };
}

/** One event with its record's text exactly as the export held it. Throws `not_found`. */
export async function readEvent(id: string): Promise<EventDetail> {
  const found = UUID.test(id) ? await findEvent(id as EventId) : undefined;
  if (found === undefined) throw new AppError('not_found', 'There is no event with this id.');
  const [raw, sources] = await Promise.all([loadRaw(found.hostId, found.event.id), sourcesOf(found)]);
  return { ...toEventView(found), raw: rawText(raw), sources };
}

/** The records of the same start in other channels and products, side by side. */
async function sourcesOf({ event, canonical }: FoundEvent): Promise<EventDetail['sources']> {
  const entity = event['process.entity_id'];
  if (event.kind !== 'process_start' || entity === undefined) return null;
  const [process] = await loadProcesses(canonical.id, [entity]);
  const told = process?.node.sources;
  if (told === undefined) return null;
  return {
    conflicts: [...conflictsOf(told)],
    told: told.map((source) => ({
      product: productOf(source.channel),
      channel: source.channel,
      eventId: source.event,
      entityId: source.entityId ?? null,
      facts: Object.fromEntries(
        SOURCE_FACTS.flatMap((fact) => {
          const value = source[fact];
          if (value === undefined) return [];
          return [[fact, fact === 'startedAt' ? formatMicros(micros(Number(value))) : String(value)]];
        }),
      ),
    })),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function toFilter(query: EventSearch): Promise<EventFilter> {
  const host = query.host === undefined ? undefined : await findHost(query.host);
  return {
    ...(query.host === undefined ? {} : { hostIds: host === undefined ? [] : await memberIds(host) }),
    ...(query.kind === undefined ? {} : { kinds: [query.kind] }),
    ...(query.entity === undefined ? {} : { entityIds: [query.entity] }),
    ...(query.from === undefined ? {} : { from: toTime(query.from, 'from') }),
    ...(query.to === undefined ? {} : { to: toTime(query.to, 'to') }),
    terms: toTerms(query.q ?? ''),
  };
}

/** Words of a free-text search, all of which must occur; words in double quotes stay together. */
export function toTerms(q: string): readonly string[] {
  return [...q.matchAll(/"([^"]+)"|(\S+)/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((term) => term !== '');
}
