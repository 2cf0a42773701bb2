import type { Micros } from '../base/time';
import type { EntityId, EventId } from '../events/endpointEvent';
import type { Handover, LinkStrength, ProcessNode, ProcessSource } from '../lineage/lineage';
import { type Connection, pool } from './client';
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

/** A stored process with the number of children recorded on its host. */
export type StoredProcess = { readonly node: ProcessNode; readonly children: number };

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
  readonly children: number;
};

const SELECTED = `p.*, (SELECT count(*)::int FROM processes c WHERE c.host_id = p.host_id AND c.parent_id = p.entity_id) AS children`;

/** Processes by entity id, in order of first sight; unknown ids are left out. */
export async function loadProcesses(
  hostId: number,
  entityIds: readonly string[],
): Promise<readonly StoredProcess[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${SELECTED} FROM processes p WHERE p.host_id = $1 AND p.entity_id = ANY($2) ORDER BY p.first_seen, p.entity_id`,
    [hostId, entityIds],
  );
  return rows.map(toStored);
}

/** Direct children of the given processes, in order of first sight, at most `limit`. */
export async function loadChildren(
  hostId: number,
  parentIds: readonly string[],
  limit: number,
): Promise<readonly StoredProcess[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${SELECTED} FROM processes p WHERE p.host_id = $1 AND p.parent_id = ANY($2) ORDER BY p.first_seen, p.entity_id LIMIT $3`,
    [hostId, parentIds, limit],
  );
  return rows.map(toStored);
}

/** Processes of the host whose parent was not recorded, in order of first sight, at most `limit`. */
export async function loadRoots(hostId: number, limit: number): Promise<readonly StoredProcess[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${SELECTED} FROM processes p WHERE p.host_id = $1 AND (p.parent_id IS NULL OR NOT EXISTS
       (SELECT 1 FROM processes q WHERE q.host_id = p.host_id AND q.entity_id = p.parent_id))
     ORDER BY p.first_seen, p.entity_id LIMIT $2`,
    [hostId, limit],
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

/** How many processes are below each given one, and the names of the first few: what a folded branch says. */
export async function countBelow(
  hostId: number,
  parentIds: readonly string[],
  shown: readonly string[],
): Promise<ReadonlyMap<string, { readonly processes: number; readonly samples: readonly string[] }>> {
  const { rows } = await pool().query<{ root: string; processes: number; samples: string[] }>(
    `WITH RECURSIVE below(root, id, image, seen) AS (
       SELECT p.parent_id, p.entity_id, p.image, p.first_seen FROM processes p
         WHERE p.host_id = $1 AND p.parent_id = ANY($2) AND NOT p.entity_id = ANY($3)
       UNION SELECT b.root, p.entity_id, p.image, p.first_seen FROM below b
         JOIN processes p ON p.host_id = $1 AND p.parent_id = b.id WHERE NOT p.entity_id = ANY($3))
     SELECT root, count(*)::int AS processes, (array_agg(coalesce(image, '') ORDER BY seen))[1:5] AS samples
     FROM below GROUP BY root`,
    [hostId, parentIds, shown],
  );
  return new Map(rows.map((row) => [row.root, { processes: row.processes, samples: row.samples }]));
}

/** How many processes a host group has, and whether any end of a process was recorded. */
export async function processTotals(
  hostId: number,
): Promise<{ readonly total: number; readonly ended: number }> {
  const { rows } = await pool().query<{ total: number; ended: number }>(
    'SELECT count(*)::int AS total, count(ended_at)::int AS ended FROM processes WHERE host_id = $1',
    [hostId],
  );
  return rows[0] ?? { total: 0, ended: 0 };
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
    children: row.children,
  };
}
