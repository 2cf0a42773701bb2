import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, put, quarantined } from '../eventDraft';
import { storable } from '../vendorValues';
import { startDraft } from './draft';
import { completeData, normaliseWindows } from './normaliseWindows';
import { count, entityId, image, text } from './values';
import type { WindowsRecord } from './windowsRecord';

/** What a tool's rule said of a Windows record. Absent parts are absent. */
export type RuleHit = {
  /** `Product/Alerts`. */
  readonly channel: string;
  readonly title: string | undefined;
  readonly id?: string | undefined;
  /** Of the hit itself. */
  readonly eventId?: string | undefined;
  readonly severity?: number | undefined;
  readonly techniques?: string | undefined;
  readonly tactics?: string | undefined;
  readonly description?: string | undefined;
};

/** The alert of a rule on a Windows record: everything the record says, of the kind `alert`. */
export function ruleAlert(record: WindowsRecord, hit: RuleHit): NormalisedRecord {
  const known = normaliseWindows(record);
  const start = known.outcome === 'event' ? { ...known.event } : describe(completeData(record));
  if (typeof start === 'string') return quarantined(start);
  const draft: OpenDraft = start;
  draft.kind = 'alert';
  draft.channel = hit.channel;
  draft['rule.name'] = storable(hit.title ?? 'a rule without a title');
  put(draft, 'rule.id', hit.id);
  put(draft, 'event.id', hit.eventId);
  put(draft, 'event.severity', hit.severity);
  put(draft, 'threat.technique.id', hit.techniques);
  put(draft, 'threat.tactic.name', hit.tactics);
  put(draft, 'message', hit.description);
  return event(draft);
}

/** What records that are no event themselves say of a process: a failed logon, a service that was installed. */
function describe(record: WindowsRecord): OpenDraft | string {
  const draft = startDraft(record, 'alert');
  if (typeof draft === 'string') return draft;
  const id = entityId(record, 'ProcessGuid') ?? entityId(record, 'SourceProcessGUID');
  put(draft, 'process.entity_id', id);
  put(draft, 'process.pid', count(record.data.ProcessId) ?? count(record.data.SourceProcessId));
  put(
    draft,
    'process.executable',
    image(record, 'Image') ?? image(record, 'SourceImage') ?? image(record, 'ProcessName'),
  );
  put(draft, 'process.command_line', text(record, 'CommandLine'));
  put(draft, 'user.name', text(record, 'SubjectUserName') ?? text(record, 'TargetUserName'));
  put(draft, 'file.path', text(record, 'TargetFilename'));
  put(draft, 'source.ip', text(record, 'IpAddress'));
  return draft;
}
