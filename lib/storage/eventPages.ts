import { pool } from './client';
import { createConditions } from './conditions';
import type { Value } from './copyBinary';
import { addFilterWithoutHosts, type EventFilter, hostsToSearch } from './eventFilter';
import { searching } from './searching';

/** Position in a list ordered by time and id. */
export type EventCursor = { readonly time: number; readonly id: string };

/** Which part of a list ordered by time and id. */
export type EventPage = {
  readonly limit: number;
  readonly after?: EventCursor;
  readonly newestFirst: boolean;
};

/**
 * Columns (of the alias `e`, `e.time` and `e.id` among them) of the events that match, in order of time and id, after
 * the cursor. What only asks for hosts, processes and times is taken host by host in the order of the index. What asks
 * for more is looked for there in the nearest part of the time, and only when that has too few in all the rest, which
 * is read as it lies. Throws `too_large`.
 */
export async function readPage(
  columns: string,
  filter: EventFilter,
  page: EventPage,
): Promise<readonly Value[][]> {
  const hosts = await hostsToSearch(filter);
  const asksMore = filter.query !== undefined || filter.kinds !== undefined;
  const edge = asksMore ? await nearEdge(hosts, filter, page) : undefined;
  if (edge === undefined) return mergedRows(columns, hosts, filter, page);
  const [near, far] = page.newestFirst
    ? [{ from: edge }, { to: edge - 1 }]
    : [{ to: edge }, { from: edge + 1 }];
  const first = await mergedRows(columns, hosts, { ...filter, ...near }, page);
  const limit = page.limit - first.length;
  if (limit <= 0) return first;
  return [...first, ...(await sweptRows(columns, hosts, { ...filter, ...far }, { ...page, limit }))];
}

/** What part of the time is looked at first. */
const NEAR = 32;

/** Where the part of the time that is looked at first ends; undefined when there is nothing to divide. */
async function nearEdge(
  hosts: readonly number[],
  filter: EventFilter,
  { after, newestFirst }: EventPage,
): Promise<number | undefined> {
  const found = await timeBounds(hosts);
  if (found === undefined) return undefined;
  const from = Math.max(
    found.from,
    filter.from ?? found.from,
    newestFirst ? found.from : (after?.time ?? found.from),
  );
  const to = Math.min(found.to, filter.to ?? found.to, newestFirst ? (after?.time ?? found.to) : found.to);
  const part = Math.floor((to - from) / NEAR);
  if (part <= 0) return undefined;
  return newestFirst ? to - part : from + part;
}

/** Conditions of a page: the filter without its hosts, and what lies beyond the cursor. */
function pageConditions(filter: EventFilter, { after, newestFirst, limit }: EventPage) {
  const conditions = createConditions();
  addFilterWithoutHosts(conditions, filter);
  const [order, beyond] = newestFirst ? ['DESC', '<'] : ['ASC', '>'];
  if (after !== undefined) {
    const time = conditions.value(after.time);
    conditions.add(`(e.time, e.id) ${beyond} (${time}::bigint, ${conditions.value(after.id)}::uuid)`);
    // The row comparison alone does not bound an index on (host_id, time).
    conditions.add(`e.time ${beyond}= ${time}::bigint`);
  }
  return { conditions, order, limit: conditions.value(limit) };
}

/** Each host's events in the order of its index, merged: a page costs a page and not a sort of everything. */
async function mergedRows(
  columns: string,
  hosts: readonly number[],
  filter: EventFilter,
  page: EventPage,
): Promise<readonly Value[][]> {
  const { conditions, order, limit } = pageConditions(filter, page);
  const ids = conditions.value(hosts);
  const { rows } = await searching((connection) =>
    connection.query<Value[]>({
      rowMode: 'array',
      text: `SELECT x.* FROM unnest(${ids}::int[]) AS h(id) CROSS JOIN LATERAL (
          SELECT ${columns} FROM events e WHERE e.host_id = h.id AND ${conditions.where()}
          ORDER BY e.time ${order}, e.id ${order} LIMIT ${limit}) x
        ORDER BY x.time ${order}, x.id ${order} LIMIT ${limit}`,
      values: conditions.values(),
    }),
  );
  return rows;
}

/** The same in one go over all hosts: dearer for what is everywhere, several times cheaper for what is rare. */
async function sweptRows(
  columns: string,
  hosts: readonly number[],
  filter: EventFilter,
  page: EventPage,
): Promise<readonly Value[][]> {
  const { conditions, order, limit } = pageConditions(filter, page);
  const ids = conditions.value(hosts);
  const { rows } = await searching((connection) =>
    connection.query<Value[]>({
      rowMode: 'array',
      text: `SELECT ${columns} FROM events e WHERE e.host_id = ANY(${ids}::int[]) AND ${conditions.where()}
        ORDER BY e.time ${order}, e.id ${order} LIMIT ${limit}`,
      values: conditions.values(),
    }),
  );
  return rows;
}

/** First and last time of all events of recorded hosts: two look-ups by index for each; undefined without events. */
export async function timeBounds(
  hostIds: readonly number[],
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  const { rows } = await pool().query<{ from: number | null; to: number | null }>(
    `SELECT min(a.time) AS "from", max(z.time) AS "to" FROM unnest($1::int[]) AS h(id)
       CROSS JOIN LATERAL (SELECT time FROM events e WHERE e.host_id = h.id ORDER BY time LIMIT 1) a
       CROSS JOIN LATERAL (SELECT time FROM events e WHERE e.host_id = h.id ORDER BY time DESC LIMIT 1) z`,
    [hostIds],
  );
  const [row] = rows;
  return row === undefined || row.from === null || row.to === null
    ? undefined
    : { from: row.from, to: row.to };
}
