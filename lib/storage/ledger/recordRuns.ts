import type { RecordRun } from '../../visibility/recordRuns';
import { type Connection, pool } from '../client';

/** A run of record numbers of one recorded host's log; `channelId` is the log's. */
export type StoredRun = RecordRun & { readonly hostId: number; readonly channelId: number };

/** Adds a batch's runs, within the batch's transaction. */
export async function saveRecordRuns(
  connection: Connection,
  importId: number,
  runs: readonly StoredRun[],
): Promise<void> {
  if (runs.length === 0) return;
  await connection.query({
    name: 'save_record_runs',
    text: `INSERT INTO record_runs (import_id, host_id, channel_id, from_id, to_id, held, from_time, to_time)
      SELECT $1, * FROM unnest($2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::int[], $7::bigint[], $8::bigint[])`,
    values: [
      importId,
      runs.map((run) => run.hostId),
      runs.map((run) => run.channelId),
      runs.map((run) => run.fromId),
      runs.map((run) => run.toId),
      runs.map((run) => run.held),
      runs.map((run) => run.fromTime),
      runs.map((run) => run.toTime),
    ],
  });
}

/** Runs that are read at once: a host of thousands of imports has as many times fifty. */
const MOST_RUNS = 20_000;

/** Microseconds, `from` included and `to` not; an absent end asks for all. */
type Period = { readonly from?: number; readonly to?: number };

/**
 * Runs of the given recorded hosts by channel that lie in the period or reach into it, of imports that are not being
 * taken out. Runs that several imports brought alike are given once. Of more than `MOST_RUNS`, the newest.
 */
export async function loadRecordRuns(
  hostIds: readonly number[],
  { from, to }: Period,
): Promise<ReadonlyMap<number, readonly RecordRun[]>> {
  const { rows } = await pool().query<RecordRun & { channelId: number }>(
    `SELECT DISTINCT r.channel_id AS "channelId", r.from_id AS "fromId", r.to_id AS "toId", r.held,
       r.from_time AS "fromTime", r.to_time AS "toTime"
     FROM record_runs r JOIN imports i ON i.id = r.import_id
     WHERE r.host_id = ANY($1) AND i.clearing IS NULL
       AND ($2::bigint IS NULL OR greatest(r.from_time, r.to_time) >= $2)
       AND ($3::bigint IS NULL OR least(r.from_time, r.to_time) < $3)
     ORDER BY r.to_time DESC, r.channel_id, r.to_id DESC, r.from_id DESC, r.held, r.from_time LIMIT $4`,
    [hostIds, from ?? null, to ?? null, MOST_RUNS],
  );
  const byChannel = new Map<number, RecordRun[]>();
  for (const { channelId, ...run } of rows) {
    const own = byChannel.get(channelId);
    if (own === undefined) byChannel.set(channelId, [run]);
    else own.push(run);
  }
  return byChannel;
}
