import type { EntityId, EventKind } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import { event, ignored, put, quarantined, startEvent } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { countAt, digestOf, fileTime, joined, textAt } from './vendorValues';

/** Endgame sensor events, as in the test data of the Event Query Language: one flat object per event. */
export const endgame: ExportFormat = {
  id: 'endgame',
  title: 'Endgame sensor events (EQL test data, JSON)',
  layouts: ['json', 'csv'],
  shape: 'event_type_full beside unique_pid or serial_event_id',
  fits,
  marks: ['"event_type_full"', '"event_subtype_full"'],
  normalise,
};

function fits(record: VendorRecord): boolean {
  return (
    record.event_type_full !== undefined &&
    (record.unique_pid !== undefined || record.serial_event_id !== undefined) &&
    record.timestamp !== undefined
  );
}

/** Times are FILETIMEs. The recordings name no machine: they are of one, called `endgame` unless they say otherwise. */
function normalise(record: VendorRecord): NormalisedRecord {
  const subtype = textAt(record, 'event_subtype_full') ?? '';
  const kind = KINDS.get(subtype);
  if (kind === undefined) return ignored(`Endgame ${textAt(record, 'event_type_full')} ${subtype}`);
  const time = fileTime(record.timestamp);
  // The idle process is older than any clock.
  if (time === undefined && subtype === 'already_running' && textAt(record, 'pid') === '0')
    return ignored('Endgame idle process');
  const host = textAt(record, 'hostname', 'host.hostname', 'endpoint.hostname') ?? UNNAMED;
  const draft = startEvent({ kind, host, time, channel: 'Endgame', code: subtype });
  if (typeof draft === 'string') return quarantined(draft);
  put(draft, 'process.entity_id', textAt(record, 'unique_pid') as EntityId | undefined);
  put(draft, 'process.pid', countAt(record, 'pid'));
  put(draft, 'process.executable', textAt(record, 'process_path', 'process_name'));
  put(draft, 'process.command_line', textAt(record, 'command_line'));
  put(draft, 'user.name', textAt(record, 'user_name'));
  put(draft, 'user.domain', textAt(record, 'user_domain'));
  put(draft, 'user.id', textAt(record, 'user_sid'));
  if (kind === 'process_start') {
    put(draft, 'process.hash.md5', digestOf(record.md5, 32));
    put(draft, 'process.hash.sha1', digestOf(record.sha1, 40));
    put(draft, 'process.hash.sha256', digestOf(record.sha256, 64));
    put(draft, 'process.parent.entity_id', textAt(record, 'unique_ppid') as EntityId | undefined);
    put(draft, 'process.parent.pid', countAt(record, 'ppid'));
    put(draft, 'process.parent.executable', textAt(record, 'parent_process_path', 'parent_process_name'));
    // A process that was running already: the time of the record is its start.
    if (subtype === 'already_running') put(draft, 'process.start', time);
  }
  put(draft, 'file.path', textAt(record, 'file_path'));
  put(draft, 'file.Ext.original.path', textAt(record, 'old_file_path'));
  put(draft, 'destination.ip', textAt(record, 'destination_address'));
  put(draft, 'destination.port', countAt(record, 'destination_port'));
  put(draft, 'source.ip', textAt(record, 'source_address'));
  put(draft, 'source.port', countAt(record, 'source_port'));
  put(draft, 'network.transport', textAt(record, 'protocol')?.toLowerCase());
  if (kind === 'network_connect')
    draft['network.direction'] = subtype.includes('accept') ? 'ingress' : 'egress';
  put(draft, 'dns.question.name', textAt(record, 'query_name')?.replace(/\.$/, ''));
  put(draft, 'registry.path', textAt(record, 'registry_path', 'key_path'));
  put(
    draft,
    'registry.data',
    textAt(record, 'bytes_written_string') ?? joined(record.bytes_written_string_list),
  );
  put(draft, 'dll.path', textAt(record, 'image_path'));
  return event(draft);
}

const UNNAMED = 'endgame';

const KINDS: ReadonlyMap<string, EventKind> = new Map([
  ['already_running', 'process_start'],
  ['creation_event', 'process_start'],
  ['termination_event', 'process_end'],
  ['file_create_event', 'file_create'],
  ['file_modify_event', 'file_create'],
  ['file_rename_event', 'file_rename'],
  ['file_delete_event', 'file_delete'],
  ['ipv4_connection_attempt_event', 'network_connect'],
  ['ipv6_connection_attempt_event', 'network_connect'],
  ['ipv4_connection_accept_event', 'network_connect'],
  ['ipv6_connection_accept_event', 'network_connect'],
  ['request_event', 'dns_query'],
  ['registry_modify_event', 'registry_set'],
  ['image_load_event', 'image_load'],
]);
