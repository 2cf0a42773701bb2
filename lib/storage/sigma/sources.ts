import { pool } from '../client';
import { jsonText } from '../jsonText';

/** A class of records that came of a host, and which of Sigma's fields they filled. */
export type NewSource = {
  /** Host as recorded. */
  readonly hostId: number;
  /** lib/sigma/record.ts SigmaSource.key. */
  readonly source: string;
  readonly records: number;
  readonly fields: readonly string[];
};

/** Rows of one statement. */
const BATCH = 5_000;

/** Keeps what a pass saw of the classes of records, under a run that does not count yet. */
export async function saveSources(
  importId: number,
  run: number,
  sources: readonly NewSource[],
): Promise<void> {
  for (let from = 0; from < sources.length; from += BATCH)
    await pool().query(
      `INSERT INTO sigma_sources (import_id, run, host_id, source, records, fields)
       SELECT $1, $2, s."hostId", s.source, s.records, s.fields
       FROM jsonb_to_recordset($3::jsonb) AS s("hostId" int, source text, records int, fields text[])
       ON CONFLICT DO NOTHING`,
      [importId, run, jsonText(sources.slice(from, from + BATCH))],
    );
}
