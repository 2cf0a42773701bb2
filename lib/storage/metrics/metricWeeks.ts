import { pool } from '../client';
import { openAt } from './measured';
import type { FoldedWeek } from './metricFold';
import type { MetricListName } from './metricLists';
import { bindScope, type MetricScope } from './metricScope';

/** A week by its bounds; the last may end earlier than its Sunday. */
export type Week = { readonly begins: Date; readonly ends: Date };

/** One week, by the UTC Monday it begins on (`2026-11-16`); its numbers are those of the lists of the same name. */
export type MetricWeek = {
  readonly week: string;
  readonly count: (list: MetricListName) => number;
  /** Median minutes from creation to first verdict, of findings created then; null without any. */
  readonly medianToVerdict: number | null;
  readonly openAtEnd: number;
};

/** How many findings were open at the end of each week, by that moment in milliseconds. */
export async function loadOpenByWeek(
  scope: MetricScope,
  weeks: readonly Week[],
): Promise<ReadonlyMap<number, number>> {
  const p = bindScope(scope);
  const moments = [...new Set(weeks.map((week) => momentOf(week, scope.now)))];
  const listed = p.value(moments.map((moment) => new Date(moment)));
  const { rows } = await pool().query<{ moment: Date; count: number }>(
    `SELECT x.moment, count(*)::int AS count FROM ${openAt(p, `(SELECT unnest(${listed}::timestamptz[]) AS moment)`)} x GROUP BY 1`,
    p.values(),
  );
  return new Map(rows.map((row) => [row.moment.getTime(), row.count]));
}

/** The weeks with what was counted in them, in their order. */
export function toWeeks(
  weeks: readonly Week[],
  counted: readonly FoldedWeek[],
  open: ReadonlyMap<number, number>,
  now: Date,
): readonly MetricWeek[] {
  return weeks.map((week) => {
    const name = week.begins.toISOString().slice(0, 10);
    const own = new Map(counted.flatMap((each) => (each.week === name ? [[each.list, each]] : [])));
    return {
      week: name,
      count: (list) => own.get(list)?.count ?? 0,
      medianToVerdict: own.get('verdict')?.median ?? null,
      openAtEnd: open.get(momentOf(week, now)) ?? 0,
    };
  });
}

/** When a week is over; now, in the one that is not. */
function momentOf(week: Week, now: Date): number {
  return Math.min(week.ends.getTime(), now.getTime());
}
