import { pool } from './client';

/** What an analytic has found that stands now, and what people said of it. */
export type AnalyticRecord = {
  readonly findings: number;
  readonly complete: number;
  readonly partial: number;
  readonly suppressed: number;
  readonly open: number;
  readonly truePositive: number;
  readonly benignTruePositive: number;
  readonly falsePositive: number;
  readonly undetermined: number;
};

/** Records by the analytic's id; one that found nothing is not there. */
export async function analyticRecords(): Promise<ReadonlyMap<string, AnalyticRecord>> {
  const { rows } = await pool().query<AnalyticRecord & { analytic: string }>(
    `SELECT f.analytic, count(*)::int AS findings,
       count(*) FILTER (WHERE f.status = 'complete')::int AS complete,
       count(*) FILTER (WHERE f.status = 'partial')::int AS partial,
       count(*) FILTER (WHERE f.suppressed)::int AS suppressed,
       count(*) FILTER (WHERE d.verdict IS NULL AND NOT f.suppressed)::int AS open,
       count(*) FILTER (WHERE d.verdict = 'true_positive')::int AS "truePositive",
       count(*) FILTER (WHERE d.verdict = 'benign_true_positive')::int AS "benignTruePositive",
       count(*) FILTER (WHERE d.verdict = 'false_positive')::int AS "falsePositive",
       count(*) FILTER (WHERE d.verdict = 'undetermined')::int AS undetermined
     FROM findings f LEFT JOIN decisions d ON d.finding_id = f.id WHERE NOT f.stale GROUP BY 1`,
  );
  return new Map(rows.map(({ analytic, ...record }) => [analytic, record]));
}

/** What can be seen of one stage over all hosts. */
export type StageCoverage = {
  readonly hosts: number;
  readonly visible: number;
  readonly partial: number;
  readonly blind: number;
  /** By how many hosts each would help, most first. */
  readonly fixes: readonly { readonly fix: string; readonly why: string; readonly hosts: number }[];
};

const FIXES = 5;

/** Coverage by `ANALYTIC/stage`. */
export async function stageCoverage(): Promise<ReadonlyMap<string, StageCoverage>> {
  const { rows } = await pool().query<{
    stage: string;
    state: string;
    fix: string | null;
    why: string;
    hosts: number;
  }>(
    `SELECT stage, state, fix, min(why) AS why, count(*)::int AS hosts FROM coverage
     GROUP BY stage, state, fix ORDER BY stage, state, fix`,
  );
  const stages = new Map<string, StageCoverage>();
  for (const { stage, state, fix, why, hosts } of rows) {
    const before = stages.get(stage) ?? { hosts: 0, visible: 0, partial: 0, blind: 0, fixes: [] };
    stages.set(stage, {
      hosts: before.hosts + hosts,
      visible: before.visible + (state === 'visible' ? hosts : 0),
      partial: before.partial + (state === 'partial' ? hosts : 0),
      blind: before.blind + (state === 'blind' ? hosts : 0),
      fixes: state === 'visible' || fix === null ? before.fixes : withFix(before.fixes, { fix, why, hosts }),
    });
  }
  return new Map(
    [...stages].map(([stage, coverage]) => [stage, { ...coverage, fixes: coverage.fixes.slice(0, FIXES) }]),
  );
}

function withFix(fixes: StageCoverage['fixes'], one: StageCoverage['fixes'][number]): StageCoverage['fixes'] {
  const known = fixes.find(({ fix }) => fix === one.fix);
  const merged =
    known === undefined
      ? [...fixes, one]
      : fixes.map((fix) => (fix === known ? { ...known, hosts: known.hosts + one.hosts } : fix));
  return [...merged].sort((a, b) => b.hosts - a.hosts || (a.fix < b.fix ? -1 : 1));
}
