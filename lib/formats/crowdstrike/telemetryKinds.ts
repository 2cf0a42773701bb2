import type { EventKind } from '../../events/endpointEvent';
import type { VendorRecord } from '../exportFormat';
import { textOf } from '../vendorValues';

/**
 * What a sensor event is to us. Falcon has more than a thousand event types; those that say what a process did
 * come in families (`…Written`, `…ValueUpdate`, `ScriptControl…`), so that types added later are read too.
 * Undefined: not used, ignored by its name.
 */
export function kindOf(type: string, record: VendorRecord): EventKind | undefined {
  const kind = KINDS.get(type);
  if (kind !== undefined) return kind;
  if (textOf(record.TargetFileName) !== undefined) {
    if (type.endsWith('Written') || type.startsWith('FileWritten')) return 'file_create';
    if (type.endsWith('Renamed')) return 'file_rename';
    if (type.endsWith('Deleted')) return 'file_delete';
  }
  if (type.endsWith('ModuleLoad') && textOf(record.ImageFileName) !== undefined) return 'image_load';
  if (/^(?:Reg|Asep)\w*(?:Value|Key)Update$/.test(type)) return registryKind(record);
  if (/InjectedThread(?:From\w*)?$/.test(type))
    return textOf(record.TargetProcessId) === undefined ? undefined : 'remote_thread';
  if (type.startsWith('ScriptControl') && textOf(record.ScriptContent) !== undefined) return 'script_block';
  return undefined;
}

const KINDS: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['ProcessRollup2', 'process_start'],
  ['SyntheticProcessRollup2', 'process_start'],
  ['EndOfProcess', 'process_end'],
  ['TerminateProcess', 'process_end'],
  ['NetworkConnectIP4', 'network_connect'],
  ['NetworkConnectIP6', 'network_connect'],
  ['NetworkReceiveAcceptIP4', 'network_connect'],
  ['NetworkReceiveAcceptIP6', 'network_connect'],
  ['DnsRequest', 'dns_query'],
  ['SuspiciousDnsRequest', 'dns_query'],
  ['NewExecutableWritten', 'file_create'],
  ['NewScriptWritten', 'file_create'],
  ['PeFileWritten', 'file_create'],
  ['FileCreateInfo', 'file_create'],
  ['FileRenameInfo', 'file_rename'],
  ['NewExecutableRenamed', 'file_rename'],
  ['FileDeleteInfo', 'file_delete'],
  ['ExecutableDeleted', 'file_delete'],
  ['FileOpenInfo', 'file_access'],
  ['MotwWritten', 'file_stream'],
  ['ImageHash', 'image_load'],
  ['ClassifiedModuleLoad', 'image_load'],
  ['DriverLoad', 'image_load'],
  ['ScriptControlScanTelemetry', 'script_block'],
  ['CommandHistory', 'script_block'],
  ['UserLogon', 'logon'],
  ['ScheduledTaskRegistered', 'task_create'],
  ['ScheduledTaskModified', 'task_create'],
  ['CreateService', 'service_install'],
  ['CreateRemoteThread', 'remote_thread'],
]);

/** RegOperationType: 1 a value set, 2 a value deleted, 3 a key created, 4 a key deleted; others change no content. */
function registryKind(record: VendorRecord): EventKind | undefined {
  switch (textOf(record.RegOperationType)) {
    case undefined:
    case '1':
      return 'registry_set';
    case '2':
    case '4':
      return 'registry_delete';
    case '3':
      return 'registry_add';
    default:
      return undefined;
  }
}
