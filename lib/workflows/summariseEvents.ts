import { AppError } from '../base/appError';
import { formatMicros, MICROS_PER_SECOND, micros } from '../base/time';
import type { EventFieldView, EventSummary, EventValues } from '../contracts/events';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { QUERY_FIELDS, type QueryField, queryField } from '../query/fields';
import { listBlindIntervals } from '../storage/blindIntervals';
import { countEvents, type EventCounts, type TimeSpan } from '../storage/eventFacets';
import { type EventFilter, hostsToSearch } from '../storage/eventFilter';
import { timeBounds } from '../storage/eventPages';
import { kindsOfQuery } from '../storage/eventQuery';
import { findValues } from '../storage/eventValues';
import { canonicalHosts, findHost, memberIds } from '../storage/hosts';
import { type EventScope, toEventFilter } from './eventScope';
import { readCatalogue } from './readCatalogue';

const BINS = 240;
const BLIND_LISTED = 200;
const FACETS_MOST = 20;
const VALUES = 20;

/**
 * How many events match, when, with which values, and where the hosts that match (all that were searched, when none
 * does) could have recorded nothing. Throws `bad_request` and `too_large`.
 */
export async function summariseEvents(
  query: EventScope & { readonly facets?: string | undefined },
): Promise<EventSummary> {
  const facets = facetFields(query.facets ?? '');
  const filter = await toEventFilter(query);
  const counts = await countEvents(filter, facets, BINS);
  const { total, span } = counts;
  return {
    total,
    from: span === undefined ? null : written(span.from),
    to: span === undefined ? null : written(span.to),
    bins: counts.bins.map((bin) => ({ from: written(bin.from), count: bin.count })),
    binSeconds: counts.binMicros / MICROS_PER_SECOND,
    ...(await blindBands(filter, counts)),
    facets: facetViews(counts),
  };
}

/** Only how many match, and with which values: for who asks about blindness in another way. Throws `bad_request` and `too_large`. */
export async function countMatches(
  query: EventScope & { readonly facets: string },
): Promise<Pick<EventSummary, 'total' | 'facets'>> {
  const counts = await countEvents(await toEventFilter(query), facetFields(query.facets), 1);
  return { total: counts.total, facets: facetViews(counts) };
}

/** The fields the query language knows. */
export async function listEventFields(): Promise<{ items: EventFieldView[] }> {
  return {
    items: QUERY_FIELDS.map(({ name, type, text, values }) => ({
      name,
      type,
      text,
      ...(values === undefined ? {} : { values: [...values] }),
    })),
  };
}

/** Values of a field that begin with a text. Throws `bad_request` for a field there is not. */
export async function listEventValues(query: {
  readonly field: string;
  readonly prefix: string;
  readonly host?: string | undefined;
  readonly limit?: number | undefined;
}): Promise<EventValues> {
  const field = queryField(query.field);
  if (field === undefined) throw unknownField('field', query.field);
  const host = query.host === undefined ? undefined : await findHost(query.host);
  if (query.host !== undefined && host === undefined) return { items: [], complete: true };
  const { items, complete } = await findValues(field, {
    prefix: query.prefix,
    limit: query.limit ?? VALUES,
    ...(host === undefined ? {} : { hostIds: await memberIds(host) }),
  });
  return { items: [...items], complete };
}

function facetViews({ facets }: EventCounts): EventSummary['facets'] {
  return facets.map((facet) => ({ ...facet, values: [...facet.values] }));
}

function facetFields(names: string): readonly QueryField[] {
  const asked = [...new Set(names.split(',').filter((name) => name !== ''))];
  if (asked.length > FACETS_MOST)
    throw new AppError('bad_request', `At most ${FACETS_MOST} fields can be counted at once.`, {
      errors: [{ path: 'facets', message: `more than ${FACETS_MOST}` }],
    });
  return asked.map((name) => {
    const field = queryField(name);
    if (field === undefined) throw unknownField('facets', name);
    if (field.type === 'time' || field.sources.length !== 1)
      throw new AppError('bad_request', `The values of "${field.name}" cannot be counted.`, {
        errors: [{ path: 'facets', message: `no counts of ${field.name}` }],
      });
    return field;
  });
}

function unknownField(path: string, name: string): AppError {
  return new AppError('bad_request', `There is no field "${name}"; GET /api/v1/events/fields lists them.`, {
    errors: [{ path, message: 'not a field' }],
  });
}

/**
 * Blind stretches of the kinds that are searched, else of those the analytics need, within the time that is searched:
 * where no time is asked for and nothing matches, all that the hosts have.
 */
async function blindBands(
  filter: EventFilter,
  { hostIds, span }: EventCounts,
): Promise<Pick<EventSummary, 'blind' | 'blindTotal'>> {
  const hosts = hostIds.length > 0 ? hostIds : await hostsToSearch(filter);
  const window = windowOf(filter, span ?? (await timeBounds(hosts)));
  if (window === undefined) return { blind: [], blindTotal: 0 };
  const kinds = await kindsSearched(filter);
  const { items, total } = await listBlindIntervals(hosts, { kinds, ...window }, BLIND_LISTED);
  const names = await canonicalHosts(items.map((interval) => interval.hostId));
  return {
    blind: items.map((interval) => ({
      host: names.get(interval.hostId)?.name ?? '',
      kind: interval.kind,
      from: written(interval.from),
      to: written(interval.to),
      reason: interval.reason,
    })),
    blindTotal: total,
  };
}

/** The times that are searched, their absent ends those of what there is; undefined when neither tells. */
function windowOf({ from, to }: EventFilter, known: TimeSpan | undefined): TimeSpan | undefined {
  const begin = from ?? known?.from ?? to;
  const end = to ?? known?.to ?? from;
  if (begin === undefined || end === undefined) return undefined;
  // One end that was asked for can lie beyond everything there is.
  return from === undefined
    ? { from: Math.min(begin, end), to: end }
    : { from: begin, to: Math.max(begin, end) };
}

async function kindsSearched(filter: EventFilter) {
  const fixed = filter.kinds ?? (filter.query === undefined ? undefined : kindsOfQuery(filter.query));
  return fixed ?? kindsNeeded((await readCatalogue()).catalogue);
}

function written(time: number): string {
  return formatMicros(micros(time));
}
