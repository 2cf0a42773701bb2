import { pool } from '../client';

/** What of a finding a person had before them, how often, first and last. */
export type Opened = {
  readonly findingId: string;
  readonly person: string;
  /** `finding`, `telemetry`, …, or `event:` and its id. */
  readonly what: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
};

/** Notes what a person opened of a finding; a finding that is not there is noted all the same and never read. */
export async function addOpened(findingId: string, person: string, what: readonly string[]): Promise<void> {
  await pool().query(
    `INSERT INTO evidence_opened AS e (finding_id, person, what)
     SELECT $1, $2, w FROM (SELECT DISTINCT unnest($3::text[]) AS w) opened ORDER BY w
     ON CONFLICT (finding_id, person, what) DO UPDATE SET last_at = clock_timestamp(), times = e.times + 1`,
    [findingId, person, what],
  );
}

/** What was opened of findings, by whomever, in order of time. */
export async function loadOpened(findingIds: readonly string[]): Promise<readonly Opened[]> {
  const { rows } = await pool().query<Opened>(
    `SELECT finding_id AS "findingId", person, what, first_at AS "firstAt", last_at AS "lastAt", times
     FROM evidence_opened WHERE finding_id = ANY($1::text[]) ORDER BY first_at, what, person`,
    [findingIds],
  );
  return rows;
}
