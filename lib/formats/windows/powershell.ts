import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, putUser, quarantined } from '../eventDraft';
import { storable } from '../vendorValues';
import { ignored, label, startDraft } from './draft';
import { count, sid, text } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * PowerShell 4104 (a script block, in pieces if long) and 4103 (a pipeline's execution details). PowerShell
 * writes them itself: the writer's pid and account are those of the script.
 */
export function normalisePowerShell(record: WindowsRecord): NormalisedRecord {
  if (record.eventId === 4104) return build(record, 'script_block', setScriptBlock);
  if (record.eventId === 4103) return build(record, 'script_module', setModule);
  return ignored(record);
}

function build(
  record: WindowsRecord,
  kind: EventKind,
  set: (draft: OpenDraft, record: WindowsRecord) => string | undefined,
): NormalisedRecord {
  const draft = startDraft(record, kind);
  if (typeof draft === 'string') return quarantined(draft);
  const pid = count(record.writerPid);
  if (pid !== undefined) draft['process.pid'] = pid;
  const name = record.writer?.name;
  const domain = record.writer?.domain;
  const id = sid(record.writer?.sid);
  if (typeof name === 'string' && name !== '') draft['user.name'] = storable(name);
  if (typeof domain === 'string' && domain !== '') draft['user.domain'] = storable(domain);
  if (id !== undefined) draft['user.id'] = id;
  const refusal = set(draft, record);
  return refusal === undefined ? event(draft) : quarantined(`${label(record)}: ${refusal}`);
}

function setScriptBlock(draft: OpenDraft, record: WindowsRecord): string | undefined {
  const script = text(record, 'ScriptBlockText');
  // An empty script block is logged with an empty text; a record without the field lost it on the way.
  if (record.data.ScriptBlockText === undefined) return 'no ScriptBlockText';
  if (script !== undefined) draft['powershell.script_block_text'] = script;
  const path = text(record, 'Path');
  if (path !== undefined) draft['file.path'] = path;
  const total = count(record.data.MessageTotal);
  if (total !== undefined && total > 1) {
    draft.message = `part ${text(record, 'MessageNumber') ?? '?'} of ${total}, script block ${text(record, 'ScriptBlockId') ?? '?'}`;
  }
  return undefined;
}

function setModule(draft: OpenDraft, record: WindowsRecord): string | undefined {
  const payload = text(record, 'Payload');
  const context = text(record, 'ContextInfo');
  // Winlogbeat's PowerShell module takes ContextInfo apart into ECS fields.
  const host = text(record, 'CommandLine');
  if (payload === undefined && context === undefined && host === undefined)
    return 'neither Payload nor ContextInfo';
  if (payload !== undefined) draft['powershell.script_block_text'] = payload;
  if (context === undefined) {
    if (host !== undefined) draft['process.command_line'] = host;
    return undefined;
  }
  draft.message = context;
  const commandLine = contextLine(context, 'Host Application = ');
  if (commandLine !== undefined) draft['process.command_line'] = commandLine;
  putUser(draft, contextLine(context, '  User = '));
  const script = contextLine(context, 'Script Name = ');
  if (script !== undefined) draft['file.path'] = script;
  return undefined;
}

function contextLine(context: string, label: string): string | undefined {
  const at = context.indexOf(label);
  if (at < 0) return undefined;
  const end = context.indexOf('\n', at);
  const value = context.slice(at + label.length, end < 0 ? undefined : end).trim();
  return value === '' ? undefined : value;
}
