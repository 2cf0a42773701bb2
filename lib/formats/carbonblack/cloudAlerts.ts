import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { countAt, digestOf, severityOf, textAt, textOf } from '../vendorValues';
import { deviceIn, hasProcess, hostIn, putCloudParent, putCloudProcess } from './cloudProcesses';
import { tacticName } from './tactics';
import { addressOf, timeOf } from './values';

/**
 * An alert of Carbon Black Cloud: the alerts API 6 and 7, the data forwarder's alerts of both schemas, and its
 * `watchlist.hit`. It is about `process_*`; its time is that of the first event it is about.
 */
export function normaliseCloudAlert(record: VendorRecord): NormalisedRecord {
  const type = textAt(record, 'type') ?? 'alert';
  if (hostIn(record) === undefined && deviceIn(record) === undefined)
    return ignored(`${type} without a device`);
  const draft = startEvent({
    kind: 'alert',
    host: hostIn(record),
    deviceId: deviceIn(record),
    time: timeIn(record),
    channel: 'Carbon Black Cloud/Alerts',
    code: type,
  });
  if (typeof draft === 'string') return quarantined(draft);
  putRule(draft, record);
  putTechniques(draft, record);
  if (hasProcess(record, 'process')) {
    putCloudProcess(draft, record, 'process');
    putCloudParent(draft, record, 'parent');
  } else put(draft, 'process.executable', textAt(record, 'threat_cause_actor_name'));
  put(draft, 'file.path', textAt(record, 'blocked_name'));
  put(draft, 'file.hash.sha256', digestOf(record.blocked_sha256, 64));
  put(draft, 'file.hash.md5', digestOf(record.blocked_md5, 32));
  put(draft, 'destination.ip', addressOf(record.netconn_remote_ip ?? record.netconn_remote_ipv4));
  put(draft, 'destination.port', countAt(record, 'netconn_remote_port'));
  put(draft, 'destination.domain', textAt(record, 'netconn_remote_domain', 'netconn_domain'));
  return event(draft);
}

function timeIn(record: VendorRecord): ReturnType<typeof timeOf> {
  for (const name of TIMES) {
    const time = timeOf(record[name]);
    if (time !== undefined) return time;
  }
  return undefined;
}

const TIMES = [
  'first_event_timestamp',
  'first_event_time',
  'detection_timestamp',
  'create_time',
  'backend_timestamp',
];

function putRule(draft: OpenDraft, record: VendorRecord): void {
  const reason = textAt(record, 'reason');
  const watchlists = record.watchlists;
  const watchlist: unknown = Array.isArray(watchlists) ? watchlists[0] : undefined;
  const watchlistName = isObject(watchlist) ? textOf(watchlist.name) : undefined;
  put(
    draft,
    'rule.name',
    textAt(record, 'report_name', 'rule_name', 'tms_rule_name') ??
      watchlistName ??
      reason ??
      textAt(record, 'reason_code'),
  );
  put(draft, 'rule.id', textAt(record, 'report_id', 'rule_id', 'tms_rule_id', 'reason_code'));
  put(draft, 'event.id', textAt(record, 'id', 'alert_id'));
  put(draft, 'event.url', textAt(record, 'alert_url'));
  put(draft, 'event.severity', gradeOf(countAt(record, 'severity')));
  // Alerts of version 6 of watchlists have the sentence in reason_code.
  put(draft, 'message', reason ?? textAt(record, 'reason_code', 'report_description'));
}

/** Carbon Black grades 1 to 10: taken as 1-3 low, 4-6 medium, 7-8 high, 9-10 critical. */
function gradeOf(grade: number | undefined): number | undefined {
  if (grade === undefined) return undefined;
  if (grade <= 3) return severityOf('low');
  if (grade <= 6) return severityOf('medium');
  return severityOf(grade <= 8 ? 'high' : 'critical');
}

function putTechniques(draft: OpenDraft, record: VendorRecord): void {
  const found = new Set<string>();
  const told = textAt(record, 'attack_technique')?.toUpperCase();
  if (told !== undefined) found.add(told);
  const words = [...listOf(record.ttps), ...listOf(record.report_tags), ...indicatorTtps(record)];
  for (const word of words) {
    const match = /^(?:MITRE_)?T(\d{4})(?:[._](\d{3}))?(?:_|$)/i.exec(word);
    if (match !== null) found.add(`T${match[1]}${match[2] === undefined ? '' : `.${match[2]}`}`);
  }
  if (found.size > 0) draft['threat.technique.id'] = [...found].join(';');
  const tactic = textAt(record, 'attack_tactic');
  if (tactic !== undefined) draft['threat.tactic.name'] = tacticName(tactic);
}

function indicatorTtps(record: VendorRecord): readonly string[] {
  const list = Array.isArray(record.threat_indicators) ? record.threat_indicators.slice(0, 100) : [];
  return list.flatMap((one) => (isObject(one) ? listOf(one.ttps) : []));
}

function listOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value.slice(0, 200) : [value];
  return list.map(textOf).filter((text) => text !== undefined);
}
