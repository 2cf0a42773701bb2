import type { Micros } from '../base/time';
import type { EntityId, EventId } from '../events/endpointEvent';
import type { Handover, LinkStrength, ProcessNode, ProcessSource } from '../lineage/lineage';
import { type Connection, pool } from './client';
import { containing } from './conditions';
import { type Column, copyRows, type Value } from './copyBinary';

const COLUMNS: readonly Column[] = [
  { name: 'host_id', type: 'int4' },
  { name: 'entity_id', type: 'text' },
  { name: 'parent_id', type: 'text' },
  { name: 'link_strength', type: 'text' },
  { name: 'link_reason', type: 'text' },
  { name: 'pid', type: 'int4' },
  { name: 'imputed', type: 'bool' },
  { name: 'started_at', type: 'int8' },
  { name: 'ended_at', type: 'int8' },
  { name: 'first_seen', type: 'int8' },
  { name: 'start_event', type: 'uuid' },
  { name: 'image', type: 'text' },
  { name: 'command_line', type: 'text' },
  { name: 'original_file_name', type: 'text' },
  { name: 'user_name', type: 'text' },
  { name: 'user_id', type: 'text' },
  { name: 'integrity', type: 'text' },
  { name: 'sha256', type: 'text' },
  { name: 'logon_id', type: 'text' },
  { name: 'working_directory', type: 'text' },
  { name: 'signer', type: 'text' },
  { name: 'sources', type: 'text' },
  { name: 'recorded_parent_id', type: 'text' },
  { name: 'requested_by', type: 'text' },
];

/** Replaces all processes of a host group by what lineage was just built, within the caller's transaction. */
export async function replaceProcesses(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  processes: readonly ProcessNode[],
): Promise<void> {
  await connection.query('DELETE FROM processes WHERE host_id = ANY($1)', [memberIds]);
  if (processes.length > 0)
    await copyRows(connection, 'processes', COLUMNS, valuesOf(canonicalId, processes));
}

function* valuesOf(hostId: number, processes: readonly ProcessNode[]): Generator<readonly Value[]> {
  for (const node of processes) {
    yield [
      hostId,
      node.entityId,
      node.link.parentId,
      node.link.strength,
      node.link.reason,
      node.pid !== undefined && node.pid <= 2_147_483_647 ? node.pid : null,
      node.imputed,
      node.startedAt,
      node.endedAt,
      node.firstSeen,
      node.startEvent,
      node.image,
      node.commandLine,
      node.originalFileName,
      node.user,
      node.userId,
      node.integrity,
      node.sha256,
      node.logonId,
      node.workingDirectory,
      node.signer,
      node.sources === undefined ? null : JSON.stringify(node.sources),
      node.link.recordedParentId,
      node.requestedBy === undefined ? null : JSON.stringify(node.requestedBy),
    ];
  }
}

/** A stored process. */
export type StoredProcess = { readonly node: ProcessNode };

type Row = {
  readonly entity_id: EntityId;
  readonly parent_id: EntityId | null;
  readonly link_strength: LinkStrength;
  readonly link_reason: string | null;
  readonly pid: number | null;
  readonly imputed: boolean;
  readonly started_at: Micros | null;
  readonly ended_at: Micros | null;
  readonly first_seen: Micros;
  readonly start_event: EventId | null;
  readonly image: string | null;
  readonly command_line: string | null;
  readonly original_file_name: string | null;
  readonly user_name: string | null;
  readonly user_id: string | null;
  readonly integrity: string | null;
  readonly sha256: string | null;
  readonly logon_id: string | null;
  readonly working_directory: string | null;
  readonly signer: string | null;
  readonly sources: string | null;
  readonly recorded_parent_id: EntityId | null;
  readonly requested_by: string | null;
};

/** Processes by entity id, in order of first sight; unknown ids are left out. */
export async function loadProcesses(
  hostId: number,
  entityIds: readonly string[],
): Promise<readonly StoredProcess[]> {
  const { rows } = await pool().query<Row>(
    'SELECT p.* FROM processes p WHERE p.host_id = $1 AND p.entity_id = ANY($2) ORDER BY p.first_seen, p.entity_id',
    [hostId, entityIds],
  );
  return rows.map(toStored);
}

/** Entity ids from the given processes up to their roots, by parentage and by who asked; themselves included. Stops at a cycle. */
export async function loadAncestors(
  hostId: number,
  entityIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `WITH RECURSIVE up(id) AS (SELECT unnest($2::text[]) UNION
       SELECT cause FROM up JOIN processes p ON p.host_id = $1 AND p.entity_id = up.id
         CROSS JOIN LATERAL (VALUES (p.parent_id), (p.requested_by::json->>'from')) AS causes(cause)
         WHERE cause IS NOT NULL)
     SELECT id FROM up`,
    [hostId, entityIds],
  );
  return rows.map((row) => row.id);
}

/**
 * Entity ids of processes whose image, command line, user or pid holds the text, whatever its case, in order of first
 * sight, at most `limit`; `total` counts all of them.
 */
export async function searchProcesses(
  hostId: number,
  text: string,
  limit: number,
): Promise<{ readonly entityIds: readonly string[]; readonly total: number }> {
  const { rows } = await pool().query<{ id: string; total: number }>(
    `SELECT entity_id AS id, (count(*) OVER ())::int AS total FROM processes
     WHERE host_id = $1 AND (image ILIKE $2 OR command_line ILIKE $2 OR user_name ILIKE $2 OR pid::text LIKE $2)
     ORDER BY first_seen, entity_id LIMIT $3`,
    [hostId, containing(text), limit],
  );
  return { entityIds: rows.map((row) => row.id), total: rows[0]?.total ?? 0 };
}

function toStored(row: Row): StoredProcess {
  return {
    node: {
      entityId: row.entity_id,
      firstSeen: row.first_seen,
      imputed: row.imputed,
      link: {
        strength: row.link_strength,
        ...(row.parent_id === null ? {} : { parentId: row.parent_id }),
        ...(row.link_reason === null ? {} : { reason: row.link_reason }),
        ...(row.recorded_parent_id === null ? {} : { recordedParentId: row.recorded_parent_id }),
      },
      ...(row.pid === null ? {} : { pid: row.pid }),
      ...(row.image === null ? {} : { image: row.image }),
      ...(row.command_line === null ? {} : { commandLine: row.command_line }),
      ...(row.original_file_name === null ? {} : { originalFileName: row.original_file_name }),
      ...(row.user_name === null ? {} : { user: row.user_name }),
      ...(row.user_id === null ? {} : { userId: row.user_id }),
      ...(row.integrity === null ? {} : { integrity: row.integrity }),
      ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
      ...(row.logon_id === null ? {} : { logonId: row.logon_id }),
      ...(row.working_directory === null ? {} : { workingDirectory: row.working_directory }),
      ...(row.signer === null ? {} : { signer: row.signer }),
      ...(row.sources === null ? {} : { sources: JSON.parse(row.sources) as ProcessSource[] }),
      ...(row.requested_by === null ? {} : { requestedBy: JSON.parse(row.requested_by) as Handover }),
      ...(row.started_at === null ? {} : { startedAt: row.started_at }),
      ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
      ...(row.start_event === null ? {} : { startEvent: row.start_event }),
    },
  };
}
