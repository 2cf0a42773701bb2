import type { Connection } from './client';
import { changesBetween, type FindingState } from './findingRevisions';

/** What happened to a finding last, for one who saw it before. */
export type Latest = {
  readonly id: string;
  readonly revision: number;
  /** Null when it was data, or when nothing tells of it: then its evidence changed, not what is shown of it. */
  readonly by: string | null;
  readonly at: Date | null;
  /** In words: "gave the verdict false positive: our own test", "Callback: blind → matched". */
  readonly what: string;
};

/** Changes that are told of one by data; the rest stands in the finding's history. */
const TOLD = 3;

/** What happened last to findings: the last thing a person did, or what data changed after it. */
export async function describeLatest(
  connection: Connection,
  ids: readonly string[],
): Promise<readonly Latest[]> {
  if (ids.length === 0) return [];
  const { rows } = await connection.query<Row>(
    `SELECT f.id, f.revision, a.by, a.at, a.text, u.made, r.revision AS changed, r.at AS changed_at, r.before, r.after
     FROM findings f
       LEFT JOIN LATERAL (SELECT by, at, text FROM activity WHERE finding_id = f.id ORDER BY id DESC LIMIT 1) a ON TRUE
       LEFT JOIN LATERAL (SELECT (details->>'revision')::int + 1 AS made FROM audit
         WHERE subject = 'finding:' || f.id AND action IN ('finding.verdict', 'finding.assigned', 'finding.undone')
         ORDER BY id DESC LIMIT 1) u ON TRUE
       LEFT JOIN LATERAL (SELECT * FROM finding_revisions WHERE finding_id = f.id ORDER BY revision DESC LIMIT 1) r ON TRUE
     WHERE f.id = ANY($1::text[]) ORDER BY f.id`,
    [ids],
  );
  return rows.map(toLatest);
}

type Row = {
  readonly id: string;
  readonly revision: number;
  readonly by: string | null;
  readonly at: Date | null;
  readonly text: string | null;
  /** The revision that the last act of a person made; null for none. */
  readonly made: number | null;
  readonly changed: number | null;
  readonly changed_at: Date | null;
  readonly before: FindingState | null;
  readonly after: FindingState | null;
};

function toLatest({ id, revision, by, at, text, made, changed, changed_at, before, after }: Row): Latest {
  if (changed === revision && before !== null && after !== null) {
    const changes = changesBetween(before, after).slice(0, TOLD);
    const what = changes.map((one) => `${one.title ?? one.what}: ${one.before} → ${one.after}`).join('; ');
    return { id, revision, by: null, at: changed_at, what };
  }
  if (by === null || text === null || made !== revision)
    return { id, revision, by: null, at: null, what: 'its evidence' };
  return { id, revision, by, at, what: text };
}
