import { pool } from '../client';
import { loadRun, type StoredRun } from './runs';

/** The newest run that is done over all recordings, shipped and uploaded; undefined while there is none. */
export async function newestWholeRun(): Promise<StoredRun | undefined> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT id FROM validation_runs WHERE state = 'done' AND shipped AND recording_ids = '{}' ORDER BY id DESC LIMIT 1`,
  );
  return rows[0] && loadRun(rows[0].id);
}
