import type { EventKind } from '../events/endpointEvent';

/**
 * What the visibility ledger counts beside the events themselves: how many of a kind carry each fact. The columns are
 * those of the `events` table; any of them will do. The order is that of `ledger_days.filled`, which triggers write
 * (prisma/migrations, `coverage`): facts are only ever added, at the end, with a migration.
 */
export const LEDGER_FACTS = [
  { id: 'command_line', columns: ['process_command_line'] },
  {
    id: 'parent',
    columns: ['process_parent_entity_id', 'process_parent_pid', 'process_parent_executable'],
  },
  { id: 'user', columns: ['user_name'] },
  {
    id: 'hash',
    columns: [
      'process_hash_sha256',
      'process_hash_md5',
      'process_hash_sha1',
      'file_hash_sha256',
      'file_hash_md5',
      'file_hash_sha1',
    ],
  },
  /** Where a file came from. */
  { id: 'origin', columns: ['file_origin_url', 'file_origin_referrer_url', 'file_zone_identifier'] },
  /** Which process did it: without this join a network event belongs to no lineage. */
  { id: 'process', columns: ['process_entity_id', 'process_pid'] },
  { id: 'original_file_name', columns: ['process_pe_original_file_name'] },
  { id: 'parent_command_line', columns: ['process_parent_command_line'] },
  { id: 'integrity_level', columns: ['process_integrity_level'] },
  { id: 'file_path', columns: ['file_path'] },
  { id: 'destination', columns: ['destination_ip', 'destination_domain'] },
  { id: 'logon', columns: ['winlog_logon_id'] },
] as const;

export type LedgerFact = (typeof LEDGER_FACTS)[number]['id'];

const BY_ANYBODY: readonly LedgerFact[] = ['process', 'user'];

/** The facts that an event of a kind is worth more with; for kinds not named, who did it. */
const OF_KIND: Partial<Record<EventKind, readonly LedgerFact[]>> = {
  process_start: [
    'command_line',
    'parent',
    'user',
    'hash',
    'original_file_name',
    'parent_command_line',
    'integrity_level',
    'logon',
  ],
  file_create: ['process', 'user', 'file_path', 'origin'],
  file_rename: ['process', 'user', 'file_path'],
  file_delete: ['process', 'user', 'file_path'],
  file_stream: ['process', 'user', 'file_path', 'hash', 'origin'],
  file_access: ['process', 'user', 'file_path'],
  image_load: ['process', 'user', 'hash'],
  network_connect: ['process', 'user', 'destination'],
  logon: ['user', 'logon'],
  log_clear: ['user'],
  sensor_change: [],
};

/** The facts that are told of a kind's events even when none of them carries it. */
export function factsOf(kind: EventKind): readonly LedgerFact[] {
  return OF_KIND[kind] ?? BY_ANYBODY;
}
