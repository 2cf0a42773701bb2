import type { NormalisedRecord } from '../events/record';
import { normaliseCloudAlert } from './carbonblack/cloudAlerts';
import { normaliseCloudEvent } from './carbonblack/cloudEvents';
import {
  deviceIn,
  guidIn,
  hasProcess,
  hostIn,
  putCloudParent,
  putCloudProcess,
} from './carbonblack/cloudProcesses';
import { timeOf } from './carbonblack/values';
import { event, ignored, ignoredDevice, put, quarantined, startEvent } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { textAt } from './vendorValues';

/** Carbon Black Cloud: the data forwarder's events, alerts and watchlist hits, the alerts API, process searches. */
export const carbonblackCloud: ExportFormat = {
  id: 'carbonblack-cloud',
  title: 'Carbon Black Cloud data forwarder, alerts, process search (JSON, CSV)',
  layouts: ['json', 'csv'],
  shape: 'endpoint.event.* with process_guid, or an alert of an organisation key',
  fits: (record) => groupOf(record) !== undefined,
  marks: ['"process_guid"', 'endpoint.event.'],
  normalise,
};

type Group = 'event' | 'alert' | 'process' | 'audit' | 'device';

function groupOf(record: VendorRecord): Group | undefined {
  const { type } = record;
  if (typeof type === 'string' && type.startsWith('endpoint.event.')) return 'event';
  if (type === 'watchlist.hit') return 'alert';
  if (record.process_guid !== undefined && isCloudRecord(record)) {
    if (typeof record.event_type === 'string' || Array.isArray(record.event_type)) return 'event';
    if (typeof type !== 'string') return 'process';
  }
  if (typeof type === 'string' && ALERT_TYPES.has(type) && record.org_key !== undefined) return 'alert';
  if (record.alert_url !== undefined && record.threat_id !== undefined && record.device_id !== undefined)
    return 'alert';
  const isAudit = record.flagged !== undefined && record.verbose !== undefined;
  if (isAudit && (record.loginName !== undefined || record.actor !== undefined)) return 'audit';
  if (record.sensor_version !== undefined && record.last_contact_time !== undefined) return 'device';
  return undefined;
}

/** EDR's records have a process_guid and an event_type, too. */
function isCloudRecord(record: VendorRecord): boolean {
  return (
    record.sensor_id === undefined &&
    record.cb_server === undefined &&
    (record.backend_timestamp !== undefined ||
      record.device_id !== undefined ||
      record.event_guid !== undefined ||
      record.org_id !== undefined)
  );
}

const ALERT_TYPES: ReadonlySet<string> = new Set([
  'CB_ANALYTICS',
  'WATCHLIST',
  'DEVICE_CONTROL',
  'HOST_BASED_FIREWALL',
  'CONTAINER_RUNTIME',
  'INTRUSION_DETECTION_SYSTEM',
  'NETWORK_TRAFFIC_ANALYSIS',
]);

function normalise(record: VendorRecord): NormalisedRecord {
  switch (groupOf(record)) {
    case 'event':
      return normaliseCloudEvent(record);
    case 'alert':
      return normaliseCloudAlert(record);
    case 'process':
      return normaliseProcess(record);
    case 'device':
      return ignoredDevice('Carbon Black Cloud device', textAt(record, 'id', 'device_id'), nameOf(record));
    default:
      return ignored('Carbon Black Cloud audit log');
  }
}

function nameOf(record: VendorRecord): string | undefined {
  const name = textAt(record, 'name', 'device_name');
  return name?.slice(name.lastIndexOf('\\') + 1);
}

/** A process as a search lists it: a summary of one that ran, so its start, at the time its guid tells. */
function normaliseProcess(record: VendorRecord): NormalisedRecord {
  if (!hasProcess(record, 'process')) return quarantined('process search: names no process');
  const summary = startEvent({
    kind: 'process_start',
    host: hostIn(record),
    deviceId: deviceIn(record),
    time:
      timeOf(record.process_start_time) ??
      guidIn(record, 'process')?.start ??
      timeOf(record.device_timestamp),
    channel: 'Carbon Black Cloud/Processes',
    code: 'process search',
  });
  if (typeof summary === 'string') return quarantined(summary);
  putCloudProcess(summary, record, 'process');
  putCloudParent(summary, record, 'parent');
  const start = summary['process.start'];
  if (start === undefined) put(summary, 'process.start', timeOf(record.process_start_time));
  return event(summary);
}
