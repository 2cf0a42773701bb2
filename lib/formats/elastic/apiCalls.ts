import type { EventKind } from '../../events/endpointEvent';
import type { EventDraft } from '../../events/record';
import { type OpenDraft, put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { textAt } from '../vendorValues';
import { putTarget } from './ecsProcess';

const PARAMETERS = 'process.Ext.api.parameters';

/** Calls that make another process run code. */
const INJECTIONS =
  /^(?:(?:create|nt\w*create|rtlcreate)\w*thread|\w*queue\w*apc\w*|\w*setcontextthread|setthreadcontext)/i;

/**
 * The kind of a recorded call of a Windows API, where there is a word for it: a script handed to the antimalware
 * interface (PowerShell, VBScript, JScript, VBA, .NET), a named pipe, a thread in another process. All other calls
 * are not used.
 */
export function apiKind(record: VendorRecord): EventKind | undefined {
  if (textAt(record, `${PARAMETERS}.pipe_path`) !== undefined) {
    const name = textAt(record, `${PARAMETERS}.operation`, 'process.Ext.api.name', 'event.action') ?? '';
    return /create/i.test(name) ? 'pipe_create' : 'pipe_connect';
  }
  if (
    INJECTIONS.test(textAt(record, 'process.Ext.api.name') ?? '') &&
    textAt(record, 'Target.process.entity_id', 'Target.process.pid', 'Target.process.executable') !==
      undefined
  )
    return 'remote_thread';
  const scanned = textAt(record, 'event.provider') === 'Microsoft-Antimalware-Scan-Interface';
  return scanned && textAt(record, `${PARAMETERS}.buffer`) !== undefined ? 'script_block' : undefined;
}

/** Sets the script, the pipe or the target of such a call; a pipe is named `\\name`, as elsewhere. */
export function putApiCall(event: EventDraft, record: VendorRecord): EventDraft {
  const draft: OpenDraft = { ...event };
  draft.code = textAt(record, 'process.Ext.api.name') ?? draft.code;
  if (draft.kind === 'script_block') {
    put(draft, 'powershell.script_block_text', textAt(record, `${PARAMETERS}.buffer`));
    put(draft, 'file.path', textAt(record, `${PARAMETERS}.content_name`));
  } else if (draft.kind === 'remote_thread') putTarget(draft, record);
  else
    put(draft, 'pipe.name', textAt(record, `${PARAMETERS}.pipe_path`)?.replace(/^\\Device\\NamedPipe/i, ''));
  return draft;
}
