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
