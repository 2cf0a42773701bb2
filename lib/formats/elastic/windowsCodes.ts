import type { EntityId, EventKind } from '../../events/endpointEvent';
import type { EventDraft } from '../../events/record';
import type { OpenDraft } from '../eventDraft';
import { put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, countOf, textAt, textOf } from '../vendorValues';
import { taskCommand } from '../windows/tasks';
import { wordsAt } from './ecsValues';

/**
 * Windows events that an agent (Sekoia's) put into ECS without saying of what category they are: provider and
 * number tell, and what ECS has no field for stands in `action.properties` by its EventData name.
 */
export function isWindowsCode(record: VendorRecord): boolean {
  return wordsAt(record, 'event.category').length === 0 && providerOf(record) !== undefined;
}

/** The kind of such an event; undefined for the numbers that are not used. */
export function windowsKind(record: VendorRecord): EventKind | undefined {
  return KINDS.get(`${providerOf(record) ?? ''} ${textOf(at(record, 'event.code')) ?? ''}`);
}

/** The values that ECS has no field for, from the event's own. */
export function putWindowsProperties(event: EventDraft, record: VendorRecord): EventDraft {
  const draft: OpenDraft = { ...event };
  const property = (name: string): string | undefined => textAt(record, `action.properties.${name}`);
  draft.code = textOf(at(record, 'event.code')) ?? draft.code;
  if (draft.kind === 'network_connect') {
    const direction = property('Direction');
    if (direction === '%%14592' || property('Initiated') === 'false') draft['network.direction'] = 'ingress';
    else if (direction === '%%14593' || property('Initiated') === 'true')
      draft['network.direction'] = 'egress';
    if (draft['process.executable'] === undefined) put(draft, 'process.executable', property('Application'));
  }
  if (draft.kind === 'script_block') put(draft, 'powershell.script_block_text', property('ScriptBlockText'));
  if (draft.kind === 'logon') {
    put(draft, 'winlog.logon.type', property('LogonType'));
    put(draft, 'source.ip', textAt(record, 'source.ip') ?? property('IpAddress'));
  }
  if (draft.kind === 'file_create' || draft.kind === 'file_delete')
    put(draft, 'file.path', draft['file.path'] ?? property('TargetFilename'));
  putRequest(draft, property);
  if (draft['process.entity_id'] === undefined)
    put(draft, 'process.entity_id', guidOf(property('ProcessGuid') ?? property('SourceProcessGuid')));
  return draft;
}

/** A task, a service, or the process in which a thread was made. */
function putRequest(draft: OpenDraft, property: (name: string) => string | undefined): void {
  if (draft.kind === 'task_create' || draft.kind === 'service_install')
    put(draft, 'process.pid', draft['process.pid'] ?? countOf(property('ClientProcessId')));
  if (draft.kind === 'task_create') {
    put(draft, 'task.name', property('TaskName'));
    put(draft, 'task.command', taskCommand(property('TaskContent') ?? property('TaskContentNew')));
  }
  if (draft.kind === 'service_install') {
    put(draft, 'service.name', property('ServiceName'));
    put(draft, 'service.command', property('ServiceFileName'));
  }
  if (draft.kind === 'remote_thread') {
    put(draft, 'Target.process.entity_id', guidOf(property('TargetProcessGuid')));
    put(draft, 'Target.process.pid', countOf(property('TargetProcessId')));
    put(draft, 'Target.process.executable', property('TargetImage'));
  }
}

function guidOf(written: string | undefined): EntityId | undefined {
  const guid = written?.replace(/[{}]/g, '').toLowerCase();
  return guid === undefined || guid.startsWith('00000000-0000') ? undefined : (guid as EntityId);
}

function providerOf(record: VendorRecord): string | undefined {
  return PROVIDERS.get(textAt(record, 'event.provider') ?? '');
}

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['Microsoft-Windows-Sysmon', 'Sysmon'],
  ['Microsoft-Windows-Security-Auditing', 'Security'],
  ['Microsoft-Windows-PowerShell', 'PowerShell'],
]);

const KINDS: ReadonlyMap<string, EventKind> = new Map([
  ['Sysmon 1', 'process_start'],
  ['Sysmon 3', 'network_connect'],
  ['Sysmon 5', 'process_end'],
  ['Sysmon 7', 'image_load'],
  ['Sysmon 8', 'remote_thread'],
  ['Sysmon 11', 'file_create'],
  ['Sysmon 13', 'registry_set'],
  ['Sysmon 22', 'dns_query'],
  ['Sysmon 23', 'file_delete'],
  ['Sysmon 26', 'file_delete'],
  ['Security 4624', 'logon'],
  ['Security 4688', 'process_start'],
  ['Security 4689', 'process_end'],
  ['Security 4697', 'service_install'],
  ['Security 4698', 'task_create'],
  ['Security 4702', 'task_create'],
  ['Security 5156', 'network_connect'],
  ['PowerShell 4104', 'script_block'],
]);
