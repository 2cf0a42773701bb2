import { type OpenDraft, put } from '../eventDraft';
import { digestOf, severityOf, textOf } from '../vendorValues';
import { putUrl } from './connections';
import { putActor } from './processes';
import { cell, detailsOf, type HuntingRow, pathOf } from './row';

/**
 * Reader of what the protections of a machine report in DeviceEvents: antivirus, attack surface reduction,
 * exploit guard, SmartScreen. Undefined for an ActionType that is no detection (a scan, an update).
 */
export function detectionSetter(
  type: string,
): ((draft: OpenDraft, row: HuntingRow) => undefined) | undefined {
  if (!DETECTION.test(type)) return undefined;
  return (draft, row) => setDetection(draft, row, type);
}

const DETECTION =
  /^(?:Asr[A-Z]|ExploitGuard[A-Z]|SmartScreen[A-Z]|ControlledFolderAccess[A-Z]|AntivirusDetection|AntivirusMalware[A-Z]|AntivirusReport$|AmsiScriptDetection$|TamperingAttempt$)/;

/** What was found is the rule; where the vendor gives it no name, the ActionType is. */
function setDetection(draft: OpenDraft, row: HuntingRow, type: string): undefined {
  const details = detailsOf(row);
  putActor(draft, row);
  put(draft, 'file.path', pathOf(cell(row, 'FolderPath'), cell(row, 'FileName')));
  put(draft, 'file.hash.sha256', digestOf(row.SHA256, 64));
  put(draft, 'file.hash.sha1', digestOf(row.SHA1, 40));
  put(draft, 'file.hash.md5', digestOf(row.MD5, 32));
  const url = cell(row, 'RemoteUrl');
  if (url !== undefined) putUrl(draft, url);
  put(draft, 'destination.ip', cell(row, 'RemoteIP'));
  put(draft, 'rule.name', textOf(details.ThreatName) ?? type);
  put(draft, 'rule.id', textOf(details.RuleId));
  put(draft, 'powershell.script_block_text', textOf(details.ScriptContent));
  // What was kept from running has no process of its own: its command line is all there is.
  put(draft, 'message', textOf(details.Description) ?? cell(row, 'ProcessCommandLine'));
  draft['event.severity'] = severityOf(type.endsWith('Audited') ? 'informational' : 'low') ?? 1;
}
