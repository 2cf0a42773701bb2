import { EVENT_KINDS } from '../events/endpointEvent';
import type { QueryField, QuerySource } from '../query/fields';
import { pool } from './client';
import { createConditions } from './conditions';
import { rawSql, shownSql } from './eventColumns';
import { kindNumber, kindOf } from './rows';
import { searching } from './searching';

/** Values of a field, the most frequent first. */
export type FoundValues = {
  readonly items: readonly { readonly value: string; readonly count: number }[];
  /** False when only a part of the events was looked at. */
  readonly complete: boolean;
};

type Wish = { readonly prefix: string; readonly limit: number; readonly hostIds?: readonly number[] };

/** At most so many events are looked at, and so long: somebody is typing. */
const LOOKED_AT = 100_000;
const PATIENCE_MS = 2_000;

/**
 * Values that begin with a text, whatever their case. Hosts, kinds and imports from their own tables; other fields
 * from all events where they are few, else from a sample of them. Throws `too_large` when even that takes too long.
 */
export async function findValues(field: QueryField, wish: Wish): Promise<FoundValues> {
  const [source] = field.sources;
  if (source === undefined || field.type === 'time') return { items: [], complete: true };
  if (source.from === 'event') {
    if (source.part === 'kind') return ofKinds(wish);
    if (source.part === 'host') return ofHosts(wish);
    if (source.part === 'import') return ofImports(wish);
  }
  return ofEvents(field.sources, wish);
}

function beginning(prefix: string): string {
  return `${prefix.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
}

async function ofKinds({ prefix, limit, hostIds }: Wish): Promise<FoundValues> {
  const { rows } = await pool().query<{ kind: number; count: number }>(
    `SELECT kind, sum(events)::int AS count FROM host_kinds
     WHERE $1::int[] IS NULL OR host_id = ANY($1) GROUP BY 1`,
    [hostIds ?? null],
  );
  const counts = new Map(rows.map((row) => [kindOf(row.kind), row.count]));
  const items = EVENT_KINDS.filter((kind) => kind.startsWith(prefix.toLowerCase()))
    .map((kind) => ({ value: kind, count: counts.get(kind) ?? 0 }))
    .sort((a, b) => b.count - a.count || kindNumber(a.value) - kindNumber(b.value));
  return { items: items.slice(0, limit), complete: true };
}

async function ofHosts({ prefix, limit, hostIds }: Wish): Promise<FoundValues> {
  const { rows } = await pool().query<{ value: string; count: number }>(
    `SELECT h.name AS value, coalesce(sum(k.events), 0)::int AS count
     FROM hosts h JOIN hosts m ON m.canonical_id = h.canonical_id LEFT JOIN host_kinds k ON k.host_id = m.id
     WHERE h.name ILIKE $1 AND ($2::int[] IS NULL OR h.id = ANY($2)) GROUP BY h.name ORDER BY 2 DESC, 1 LIMIT $3`,
    [beginning(prefix), hostIds ?? null, limit],
  );
  return { items: rows, complete: true };
}

async function ofImports({ prefix, limit }: Wish): Promise<FoundValues> {
  const { rows } = await pool().query<{ value: string; count: number }>(
    'SELECT id::text AS value, events AS count FROM imports WHERE id::text LIKE $1 ORDER BY id DESC LIMIT $2',
    [beginning(prefix), limit],
  );
  return { items: rows, complete: true };
}

async function ofEvents(
  sources: readonly QuerySource[],
  { prefix, limit, hostIds }: Wish,
): Promise<FoundValues> {
  const stored = await countStored(hostIds);
  const conditions = createConditions();
  const hosts = hostIds === undefined ? 'TRUE' : `e.host_id = ANY(${conditions.value(hostIds)}::int[])`;
  const complete = stored <= LOOKED_AT;
  // Whole pages spread over the table; of some hosts only, whichever come first.
  const sampled = !complete && hostIds === undefined;
  const sample = sampled
    ? ` TABLESAMPLE SYSTEM (${((100 * LOOKED_AT) / stored).toFixed(6)}) REPEATABLE (1)`
    : '';
  const rawColumns = sources.map((source, i) => `(${i}, (${rawSql(source)})::text)`).join(', ');
  const shown = sources.map((source, i) => `WHEN ${i} THEN ${shownSql(source, 'r.raw')}`).join(' ');
  const pattern = conditions.value(beginning(prefix));
  const { rows } = await searching(
    (connection) =>
      connection.query<{ value: string; count: number }>(
        `SELECT min(value) AS value, sum(count)::int AS count FROM (
           SELECT CASE r.n ${shown} END AS value, r.count FROM (
             SELECT v.n, v.raw, count(*) AS count FROM (SELECT e.* FROM events e${sample} WHERE ${hosts} LIMIT ${LOOKED_AT}) e
               CROSS JOIN LATERAL (VALUES ${rawColumns}) AS v(n, raw) WHERE v.raw IS NOT NULL GROUP BY 1, 2) r) s
         WHERE value ILIKE ${pattern} GROUP BY lower(value) ORDER BY 2 DESC, 1 LIMIT ${conditions.value(limit)}`,
        conditions.values(),
      ),
    PATIENCE_MS,
  );
  return { items: rows, complete };
}

async function countStored(hostIds: readonly number[] | undefined): Promise<number> {
  const { rows } = await pool().query<{ events: number }>(
    `SELECT coalesce(sum(events), 0)::bigint AS events FROM host_kinds
     WHERE $1::int[] IS NULL OR host_id = ANY($1)`,
    [hostIds ?? null],
  );
  return rows[0]?.events ?? 0;
}
