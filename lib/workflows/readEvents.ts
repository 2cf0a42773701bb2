import { AppError } from '../base/appError';
import { formatMicros, micros } from '../base/time';
import type { EventDetail, EventList, EventQuery } from '../contracts/events';
import type { EventId } from '../events/endpointEvent';
import { productOf } from '../events/product';
import { rawText } from '../formats/encoding';
import { conflictsOf, SOURCE_FACTS } from '../lineage/conflicts';
import { loadAnnotations, NO_ANNOTATIONS } from '../storage/annotations';
import { type FoundEvent, findEvent, findEvents, loadRaw } from '../storage/events';
import { loadProcesses } from '../storage/processes';
import { toAnnotationsView } from './annotateEvents';
import { fromEventCursor, toCursor } from './cursor';
import { toEventFilter } from './eventScope';
import { toEventView } from './eventView';

const PAGE = 100;

/** Events that match, newest first unless asked otherwise; an unknown host has none. Throws `bad_request`, `too_large`. */
export async function searchEvents(query: EventQuery): Promise<EventList> {
  const limit = query.limit ?? PAGE;
  const after = fromEventCursor(query.cursor);
  const found = await findEvents(await toEventFilter(query), {
    limit: limit + 1,
    newestFirst: query.order !== 'oldest',
    ...(after === undefined ? {} : { after }),
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
  const [raw, sources, said] = await Promise.all([
    loadRaw(found.hostId, found.event.id),
    sourcesOf(found),
    loadAnnotations([found.event.id]),
  ]);
  const annotations = toAnnotationsView(said.get(found.event.id) ?? NO_ANNOTATIONS);
  return { ...toEventView(found), raw: rawText(raw), sources, annotations };
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
