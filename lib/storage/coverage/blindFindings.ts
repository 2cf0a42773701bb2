import { pool } from '../client';
import { OPEN } from '../findingRows';

/** Findings of one host with the same blind stages of one analytic, counted. */
export type BlindFindings = {
  readonly hostId: number;
  /** `ANALYTIC/stage`, sorted. */
  readonly stages: readonly string[];
  /** Those whose verdict is that nothing could be determined. */
  readonly undetermined: number;
  /** Those that wait for a verdict. */
  readonly open: number;
};

/** All findings that a blind stage limits and that are undetermined or open, but what the data no longer gives. */
export async function countBlindFindings(): Promise<readonly BlindFindings[]> {
  const { rows } = await pool().query<BlindFindings>({
    name: 'blind_findings',
    text: `SELECT f.host_id AS "hostId", (SELECT array_agg(f.analytic || '/' || (p->>'id') ORDER BY 1)
          FROM jsonb_array_elements(f.strip) AS p WHERE p->>'state' = 'blind') AS stages,
        (count(*) FILTER (WHERE d.verdict = 'undetermined'))::int AS undetermined,
        (count(*) FILTER (WHERE ${OPEN}))::int AS open
      FROM findings f LEFT JOIN decisions d ON d.finding_id = f.id
      WHERE f.blind AND NOT f.stale AND (d.verdict = 'undetermined' OR (${OPEN})) GROUP BY 1, 2`,
  });
  return rows.filter(({ stages }) => stages !== null);
}
