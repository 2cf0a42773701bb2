import { pool } from '../client';
import { changeableOrRefuse } from './changeCase';

/** Time a person had a case before them. */
export type StoredWork = { readonly person: string; readonly seconds: number; readonly lastAt: Date };

/** Time worked on cases per person, the most first. */
export async function loadWork(family: readonly number[]): Promise<readonly StoredWork[]> {
  const { rows } = await pool().query<StoredWork>(
    `SELECT person, sum(seconds)::int AS seconds, max(last_at) AS "lastAt" FROM case_work
     WHERE case_id = ANY($1::int[]) GROUP BY person ORDER BY 2 DESC, 1`,
    [family],
  );
  return rows;
}

/**
 * Counts the last `seconds` of a person on a case, without what of them is counted already: two open pages at once are
 * one person's time. Days are UTC's. Throws `not_found`, and `conflict` for a merged case.
 */
export async function addWork(caseId: number, person: string, seconds: number): Promise<void> {
  await changeableOrRefuse(caseId);
  await pool().query(
    `INSERT INTO case_work AS w (case_id, person, day, seconds, last_at)
     VALUES ($1, $2, (clock_timestamp() AT TIME ZONE 'UTC')::date,
       greatest(0, least($3::int, round(extract(epoch FROM clock_timestamp() -
         coalesce((SELECT max(last_at) FROM case_work o WHERE o.case_id = $1 AND o.person = $2),
           clock_timestamp() - make_interval(secs => $3::int))))))::int,
       clock_timestamp())
     ON CONFLICT (case_id, person, day) DO UPDATE SET
       seconds = w.seconds + greatest(0, least($3::int, round(extract(epoch FROM clock_timestamp() - w.last_at))))::int,
       last_at = greatest(w.last_at, clock_timestamp())`,
    [caseId, person, seconds],
  );
}
