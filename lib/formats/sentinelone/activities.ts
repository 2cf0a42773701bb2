import type { NormalisedRecord } from '../../events/record';
import { event, ignoredDevice, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { digestOf, isoTime, objectOf, textAt } from '../vendorValues';
import { type Fields, foldRecord, textIn } from './fields';
import { normaliseAnnouncedAlert } from './starAlerts';
import { confidenceSeverity } from './threats';

/**
 * An activity of the console. Those that announce a detection are alerts, for exports that hold nothing else
 * of it; the threat itself, if it is exported too, has the same event.id. All others are ignored by number,
 * and say which machine an agent id is.
 */
export function normaliseActivity(record: VendorRecord): NormalisedRecord {
  const type = textAt(record, 'activityType', 'activitytype') ?? '';
  const data = objectOf(record.data) ?? {};
  const agentId = textAt(record, 'agentId', 'agentid');
  if (type === STAR_ALERT) return normaliseAnnouncedAlert(data, agentId);
  const fields = foldRecord(data);
  if (DETECTIONS.has(type) && textIn(fields, 'computerName') !== undefined)
    return announcedThreat(record, fields, agentId, type);
  return ignoredDevice(`SentinelOne activity ${type}`, agentId, textIn(fields, 'computerName'));
}

/** `Custom Rules - New Alert`. */
const STAR_ALERT = '3608';

/** New threats: malicious mitigated, malicious, blocked before it ran, suspicious, by a custom rule, by the cloud. */
const DETECTIONS: ReadonlySet<string> = new Set(['18', '19', '20', '4003', '4107', '4111']);

function announcedThreat(
  record: VendorRecord,
  data: Fields,
  agentId: string | undefined,
  type: string,
): NormalisedRecord {
  const draft = startEvent({
    kind: 'alert',
    host: textIn(data, 'computerName'),
    deviceId: agentId,
    time: isoTime(textAt(record, 'createdAt', 'createdat')),
    channel: 'SentinelOne/Alerts',
    code: `activity ${type}`,
  });
  if (typeof draft === 'string') return quarantined(draft);
  put(draft, 'rule.name', textIn(data, 'fileDisplayName', 'threatClassification'));
  put(draft, 'event.id', textAt(record, 'threatId', 'threatid'));
  put(draft, 'event.severity', confidenceSeverity(textIn(data, 'confidenceLevel')));
  put(draft, 'message', textAt(record, 'primaryDescription', 'primarydescription'));
  put(draft, 'file.path', textIn(data, 'filePath'));
  put(draft, 'file.hash.sha1', digestOf(textIn(data, 'fileContentHash'), 40));
  return event(draft);
}
