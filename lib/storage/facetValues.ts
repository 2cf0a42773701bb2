import type { QueryField, QuerySource } from '../query/fields';
import { createConditions } from './conditions';
import { rawSql, shownSql } from './eventColumns';
import { addEventFilter, type EventFilter } from './eventFilter';
import { kindOf } from './rows';
import { searching } from './searching';

/** How often a field has which values among the events that match. */
export type Facet = {
  readonly field: string;
  /** The most frequent first, at most ten; spellings that differ in case only are one. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  readonly present: number;
  readonly distinct: number;
};

/** Stretches of time of one width, by their numbers counted from the epoch. */
export type Stretches = { readonly bins: readonly number[]; readonly width: number };

const SHOWN = 10;

/** A field that no event has. */
export function noValues(field: QueryField): Facet {
  return { field: field.name, values: [], present: 0, distinct: 0 };
}

/**
 * Values of fields of one source each, all in one pass over the events; `within` narrows it to stretches known to hold
 * all of them. Hosts are counted already: `hosts` is how often which name. Throws `too_large`.
 */
export async function countValues(
  filter: EventFilter,
  fields: readonly QueryField[],
  hosts: readonly { readonly value: string; readonly count: number }[],
  within: Stretches | undefined,
): Promise<readonly Facet[]> {
  const counted = fields.flatMap((field) => {
    const [source] = field.sources;
    return source === undefined || isPart(source, 'host') ? [] : [{ field, source }];
  });
  const rows =
    counted.length === 0
      ? []
      : await countPass(
          filter,
          counted.map(({ source }) => source),
          within,
        );
  return fields.map((field) => {
    const n = counted.findIndex((entry) => entry.field === field);
    return n === -1
      ? ofHosts(field, hosts)
      : toFacet(
          field,
          rows.filter((row) => row.n === n),
        );
  });
}

function isPart(source: QuerySource, part: 'host' | 'kind'): boolean {
  return source.from === 'event' && source.part === part;
}

type ValueRow = {
  readonly n: number;
  readonly shown: string;
  readonly count: number;
  readonly present: number;
  readonly distinct: number;
};

/** Grouped as it is stored first: what costs something for a value is done once for all events that have it. */
async function countPass(
  filter: EventFilter,
  sources: readonly QuerySource[],
  within: Stretches | undefined,
): Promise<readonly ValueRow[]> {
  const conditions = createConditions();
  if (within !== undefined)
    conditions.add(
      `e.time / ${conditions.value(within.width)}::bigint = ANY(${conditions.value(within.bins)}::bigint[])`,
    );
  addEventFilter(conditions, filter);
  const columns = sources.map((_, i) => `v${i}`);
  const n = columns.map((column, i) => `WHEN GROUPING(${column}) = 0 THEN ${i}`).join(' ');
  const shown = sources.map((source, i) => `WHEN ${i} THEN ${shownSql(source, 'raw')}`).join(' ');
  const { rows } = await searching((connection) =>
    connection.query<ValueRow>(
      `SELECT n, shown, count::int, present::int, "distinct"::int FROM (
         SELECT *, sum(count) OVER field AS present, count(*) OVER field AS "distinct",
           row_number() OVER (PARTITION BY n ORDER BY count DESC, shown) AS rank
         FROM (SELECT n, min(shown) AS shown, sum(count) AS count FROM (
             SELECT n, CASE n ${shown} END AS shown, count FROM (
               SELECT CASE ${n} END AS n, coalesce(${columns.map((column) => `${column}::text`).join(', ')}) AS raw, count(*) AS count
               FROM (SELECT ${sources.map((source, i) => `${rawSql(source)} AS v${i}`).join(', ')}
                 FROM events e WHERE ${conditions.where()}) valued
               GROUP BY GROUPING SETS (${columns.map((column) => `(${column})`).join(', ')})) grouped
             WHERE raw IS NOT NULL) named
           WHERE shown IS NOT NULL GROUP BY n, lower(shown)) counted
         WINDOW field AS (PARTITION BY n)) ranked
       WHERE rank <= ${SHOWN} ORDER BY n, rank`,
      conditions.values(),
    ),
  );
  return rows;
}

function toFacet(field: QueryField, rows: readonly ValueRow[]): Facet {
  const isKind = field.sources.some((source) => isPart(source, 'kind'));
  return {
    field: field.name,
    values: rows.map((row) => ({ value: isKind ? kindOf(Number(row.shown)) : row.shown, count: row.count })),
    present: rows[0]?.present ?? 0,
    distinct: rows[0]?.distinct ?? 0,
  };
}

/** Names of one machine counted together. */
function ofHosts(
  field: QueryField,
  hosts: readonly { readonly value: string; readonly count: number }[],
): Facet {
  const counts = new Map<string, number>();
  for (const { value, count } of hosts) counts.set(value, (counts.get(value) ?? 0) + count);
  const values = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  return {
    field: field.name,
    values: values.slice(0, SHOWN),
    present: values.reduce((sum, { count }) => sum + count, 0),
    distinct: values.length,
  };
}
