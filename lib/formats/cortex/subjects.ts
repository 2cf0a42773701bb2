import type { EntityId } from '../../events/endpointEvent';
import { type OpenDraft, put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { countAt, digestOf, joined, textAt, textOf } from '../vendorValues';

/** Sets what was done to which file, address, name, module or registry value: what of it the event has. */
export function putSubjects(draft: OpenDraft, record: VendorRecord): void {
  putFile(draft, record);
  // Beside a query stands the name server's address.
  if (draft.kind !== 'dns_query') putConnection(draft, record);
  put(draft, 'dns.question.name', textAt(record, 'dns_query_name')?.replace(/\.$/, ''));
  if (draft['dns.question.name'] !== undefined) put(draft, 'dns.answers', joined(record.dns_resolutions));
  put(draft, 'dll.path', textAt(record, 'action_module_path'));
  put(draft, 'registry.path', registryPath(record));
  put(draft, 'registry.data', textAt(record, 'action_registry_data'));
  if (draft.kind === 'remote_thread') putTarget(draft, record);
}

function putTarget(draft: OpenDraft, record: VendorRecord): void {
  const of = (name: string): string => `action_remote_process_${name}`;
  put(draft, 'Target.process.entity_id', textAt(record, of('instance_id')) as EntityId | undefined);
  put(draft, 'Target.process.pid', countAt(record, of('os_pid')));
  put(draft, 'Target.process.executable', textAt(record, of('image_path'), of('image_name')));
}

function putFile(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'file.path', textAt(record, 'action_file_path', 'action_file_name'));
  if (draft.kind === 'file_rename')
    put(draft, 'file.Ext.original.path', textAt(record, 'action_file_previous_file_path'));
  put(draft, 'file.hash.sha256', digestOf(record.action_file_sha256 ?? record.action_module_sha256, 64));
  put(draft, 'file.hash.md5', digestOf(record.action_file_md5 ?? record.action_module_md5, 32));
}

/** Cortex writes `local` and `remote`; which of them opened the connection, the direction says. */
function putConnection(draft: OpenDraft, record: VendorRecord): void {
  const remote = textAt(record, 'action_remote_ip', 'action_remote_ip_v6');
  const local = textAt(record, 'action_local_ip', 'action_local_ip_v6');
  const domain = textAt(record, 'action_external_hostname', 'dst_action_external_hostname');
  if (remote === undefined && domain === undefined) return;
  const ingress =
    textOf(record.action_network_is_server)?.toLowerCase() === 'true' ||
    /ACCEPT/i.test(textAt(record, 'event_sub_type') ?? '');
  draft['network.direction'] = ingress ? 'ingress' : 'egress';
  put(draft, ingress ? 'source.ip' : 'destination.ip', remote);
  put(draft, ingress ? 'destination.ip' : 'source.ip', local);
  put(draft, ingress ? 'source.port' : 'destination.port', countAt(record, 'action_remote_port'));
  put(draft, ingress ? 'destination.port' : 'source.port', countAt(record, 'action_local_port'));
  if (!ingress) put(draft, 'destination.domain', domain);
  const protocol = textAt(record, 'action_network_protocol')
    ?.toLowerCase()
    .replace(/^enum\./, '');
  put(draft, 'network.transport', protocol === '6' ? 'tcp' : protocol === '17' ? 'udp' : protocol);
}

function registryPath(record: VendorRecord): string | undefined {
  const whole = textAt(record, 'action_registry_full_key');
  if (whole !== undefined) return whole;
  const key = textAt(record, 'action_registry_key_name');
  const name = textAt(record, 'action_registry_value_name');
  return key === undefined || name === undefined ? key : `${key}\\${name}`;
}
