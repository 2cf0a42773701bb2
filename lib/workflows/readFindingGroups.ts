import { formatMicros, micros } from '../base/time';
import type { FindingGroups, FindingQuery } from '../contracts/findings';
import { findOutliers, listGroups } from '../storage/findingGroups';
import { loadRows } from '../storage/findingRows';
import { fromCursorOf, toCursor } from './cursor';
import { toFilter } from './findingFilter';
import { toFindingSummary } from './findingView';

const PAGE = 50;

/** One page of the queue with findings of the same analytic and chain shape as one row, and what differs in each. */
export async function readFindingGroups(query: FindingQuery): Promise<FindingGroups> {
  const filter = await toFilter(query);
  const after = fromCursorOf(query.cursor, ['number', 'number', 'string', 'string']);
  const { groups, total, more } = await listGroups(
    filter,
    query.limit ?? PAGE,
    after === undefined
      ? undefined
      : [Number(after[0]), Number(after[1]), String(after[2]), String(after[3])],
  );
  const [rows, outliers] = await Promise.all([
    loadRows(groups.map((group) => group.first)),
    findOutliers(filter, groups),
  ]);
  const firsts = new Map(rows.map((row) => [row.id, row]));
  const last = groups.at(-1);
  return {
    items: groups.flatMap(({ rank: _rank, first, from, to, ...group }, place) => {
      const row = firsts.get(first);
      // One that went away between two questions.
      if (row === undefined) return [];
      const own = outliers.filter((outlier) => outlier.place === place);
      return [
        {
          ...group,
          from: formatMicros(micros(from)),
          to: formatMicros(micros(to)),
          first: toFindingSummary(row),
          outliers: own.map(({ id, host, what, value, usual }) => ({ id, host, what, value, usual })),
          outliersTotal: own[0]?.total ?? 0,
        },
      ];
    }),
    total,
    nextCursor:
      more && last !== undefined ? toCursor([last.rank, last.findings, last.analytic, last.shape]) : null,
  };
}
