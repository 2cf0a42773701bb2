import { addAudit, importSubject } from './audit';
import type { AuditAction } from './auditActions';
import { type Connection, transaction } from './client';
import type { Clearing, ImportState, Scope } from './imports';
import { addJob } from './queue';

/** How an upload is to be read from now on; what is absent stays as it is. */
export type Reading = {
  /** Format id, or `auto`. */
  readonly format?: string;
  /** Format ids for single members, by the member's name; takes the place of those chosen before. */
  readonly memberFormats?: Readonly<Record<string, string>>;
  /** Opens encrypted members; kept until this reading has ended. */
  readonly password?: string;
};

/** What came of asking for a change; `done` when it was noted and its job queued. */
export type ChangeOutcome = 'done' | 'not_found' | 'busy' | 'needs_password';

type Standing = {
  readonly state: ImportState;
  readonly clearing: Clearing | null;
  readonly scope: Scope;
  readonly encrypted: boolean;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly read: number;
  readonly events: number;
  readonly quarantined: number;
};

/** Counters of an import, or of its members, when nothing of it counts any more. */
const NOTHING_READ = 'read = 0, events = 0, ignored = 0, duplicates = 0, quarantined = 0';

/**
 * Asks for an import to be read again from its stored upload: its events are taken out, then the whole is
 * read as `reading` says. Its counters are zero from now on. In any state but deletion.
 */
export async function askReparse(id: number, reading: Reading, by: string): Promise<ChangeOutcome> {
  return change(id, by, 'import.reparsed', async (connection, standing) => {
    if (standing.encrypted && reading.password === undefined) return 'needs_password';
    await clearCounters(connection, id, 'reparse');
    await connection.query(
      `UPDATE imports SET state = 'parsing', scope = 'all', error = NULL, finished_at = NULL,
         requested_format = coalesce($2, requested_format), member_formats = coalesce($3::jsonb, member_formats),
         password = $4, encrypted = encrypted OR ${OPENS_MEMBERS} WHERE id = $1`,
      [
        id,
        reading.format ?? null,
        reading.memberFormats === undefined ? null : JSON.stringify(reading.memberFormats),
        reading.password ?? null,
      ],
    );
    return { what: 'all', passwordGiven: reading.password !== undefined, ...formatsOf(reading) };
  });
}

/** The password is of use when a member waits for one; then the next reading will need it as well. */
const OPENS_MEMBERS = `($4::text IS NOT NULL AND EXISTS
  (SELECT 1 FROM import_members m WHERE m.import_id = imports.id AND m.needs_password))`;

/**
 * Asks for only the quarantined records of an import to be read again; everything else of it stays as it is.
 * `busy` unless the import is over.
 */
export async function askRereadQuarantine(
  id: number,
  password: string | undefined,
  by: string,
): Promise<ChangeOutcome> {
  return change(id, by, 'import.reparsed', async (connection, standing) => {
    if (standing.clearing !== null || !(standing.state === 'done' || standing.state === 'failed'))
      return 'busy';
    if (standing.encrypted && password === undefined) return 'needs_password';
    await connection.query(
      `UPDATE imports SET state = 'parsing', scope = 'quarantined', error = NULL, finished_at = NULL, bytes_read = 0,
         password = $2, batches = batches + 1, reading = reading + 1 WHERE id = $1`,
      [id, password ?? null],
    );
    return {
      what: 'quarantined',
      quarantined: standing.quarantined,
      passwordGiven: password !== undefined,
    };
  });
}

/**
 * Asks for an import in progress to be stopped: its events are taken out and it ends as failed, with the
 * upload kept. A second reading of the quarantine only stops: what was stored before it stays. `busy` when
 * there is nothing to stop.
 */
export async function askCancel(id: number, by: string): Promise<ChangeOutcome> {
  return change(id, by, 'import.cancelled', async (connection, standing) => {
    const running = standing.state === 'parsing' || standing.state === 'correlating';
    if (!running || standing.clearing === 'cancel') return 'busy';
    if (standing.scope === 'quarantined') {
      if (standing.state !== 'parsing') return 'busy';
      await connection.query(
        `UPDATE imports SET state = 'correlating', password = NULL, batches = batches + 1, reading = reading + 1 WHERE id = $1`,
        [id],
      );
      return { what: 'quarantined' };
    }
    await clearCounters(connection, id, 'cancel');
    await connection.query('UPDATE imports SET error = $2, password = NULL WHERE id = $1', [
      id,
      { message: `Cancelled by ${by}`, detail: null },
    ]);
    return { what: 'all', read: standing.read, events: standing.events };
  });
}

/** Asks for an import to be deleted with its upload. It is hidden at once; its events leave in a job. */
export async function askDelete(id: number, by: string): Promise<ChangeOutcome> {
  return change(id, by, 'import.deleted', async (connection, standing) => {
    await clearCounters(connection, id, 'delete');
    await connection.query('UPDATE imports SET password = NULL WHERE id = $1', [id]);
    const { name, sha256, bytes, read, events } = standing;
    return { name, sha256, bytes, read, events };
  });
}

/**
 * Queues once more the deletion of imports whose job is gone: every worker that took it was killed. Returns
 * how many.
 */
export async function requeueDeletions(): Promise<number> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ id: number }>(
      `SELECT id FROM imports i WHERE clearing = 'delete'
       AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'import:' || i.id)`,
    );
    for (const { id } of rows) await addJob(connection, 'run_import', { importId: id }, importSubject(id));
    return rows.length;
  });
}

/** The one frame of all changes: look under lock, change, queue the job, write the audit; or change nothing. */
async function change(
  id: number,
  by: string,
  action: AuditAction,
  work: (
    connection: Connection,
    standing: Standing,
  ) => Promise<Exclude<ChangeOutcome, 'done'> | Readonly<Record<string, string | number | boolean | null>>>,
): Promise<ChangeOutcome> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<Standing>(
      `SELECT state, clearing, scope, encrypted, name, sha256, bytes, read, events, quarantined
       FROM imports WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const standing = rows[0];
    if (standing === undefined || standing.clearing === 'delete') return 'not_found';
    const details = await work(connection, standing);
    if (typeof details === 'string') return details;
    await addJob(connection, 'run_import', { importId: id }, importSubject(id));
    await addAudit(connection, { by, action, subject: importSubject(id), details });
    return 'done';
  });
}

/**
 * From here on nothing of the import counts, no batch of an earlier reading can be committed, and no other
 * import's events pass to it, although its rows are still to be taken out.
 */
async function clearCounters(connection: Connection, id: number, clearing: Clearing): Promise<void> {
  await connection.query(
    `UPDATE imports SET clearing = $2, ${NOTHING_READ}, ignored_types = '{}', event_kinds = '{}', bytes_read = 0,
       batches = batches + 1, reading = reading + 1 WHERE id = $1`,
    [id, clearing],
  );
  await connection.query(`UPDATE import_members SET ${NOTHING_READ} WHERE import_id = $1`, [id]);
  // Hits count through it alone.
  await connection.query('DELETE FROM sigma_runs WHERE import_id = $1', [id]);
}

function formatsOf(reading: Reading): Readonly<Record<string, string>> {
  return {
    ...(reading.format === undefined ? {} : { format: reading.format }),
    ...(Object.keys(reading.memberFormats ?? {}).length === 0
      ? {}
      : { memberFormats: JSON.stringify(reading.memberFormats) }),
  };
}
