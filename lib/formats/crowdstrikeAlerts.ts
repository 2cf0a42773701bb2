import type { NormalisedRecord } from '../events/record';
import { normaliseApiAlert, normaliseDetection } from './crowdstrike/apiAlert';
import { readExternalEvent } from './crowdstrike/externalEvent';
import { ignoredWith } from './crowdstrike/fields';
import { splitLead } from './crowdstrike/lead';
import { normaliseExternalEvent, splitHosts } from './crowdstrike/streamAlert';
import { quarantined } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { textOf } from './vendorValues';

/** CrowdStrike Falcon's alerts: Event Streams, the Alerts API and the former Detects API; and the Hosts API. */
export const crowdstrikeAlerts: ExportFormat = {
  id: 'crowdstrike-alerts',
  title: 'CrowdStrike Falcon Event Streams, Alerts API v2, Detects API v1 (JSON, CSV)',
  layouts: ['json', 'csv', 'lines'],
  shape: 'metadata.eventType with event, composite_id, or detection_id with behaviors',
  fits: (record) => shapeOf(record) !== undefined,
  marks: ['composite_id', 'falcon_host_link'],
  split,
  normalise,
};

type Shape = 'stream' | 'alert' | 'detection' | 'device';

function shapeOf(record: VendorRecord): Shape | undefined {
  if (textOf(record.composite_id) !== undefined && record.cid !== undefined) return 'alert';
  if (textOf(record.detection_id) !== undefined && Array.isArray(record.behaviors)) return 'detection';
  if (
    textOf(record.device_id) !== undefined &&
    textOf(record.hostname) !== undefined &&
    record.cid !== undefined
  )
    return 'device';
  return readExternalEvent(record) === undefined ? undefined : 'stream';
}

/** A lead by its indicators, a detection over several hosts by host, one of the former API by its behaviours. */
function split(record: VendorRecord): readonly VendorRecord[] | undefined {
  switch (shapeOf(record)) {
    case 'alert':
      return splitLead(record);
    case 'detection': {
      const behaviors: unknown = record.behaviors;
      return Array.isArray(behaviors) && behaviors.length > 1
        ? behaviors.map((one) => ({ ...record, behaviors: [one] }))
        : undefined;
    }
    case 'stream': {
      const inner = isObject(record.event) ? record.event : undefined;
      const fields = inner ?? record;
      const parts = splitLead(fields) ?? splitHosts(fields);
      return inner === undefined ? parts : parts?.map((event) => ({ ...record, event }));
    }
    default:
      return undefined;
  }
}

function normalise(record: VendorRecord): NormalisedRecord {
  switch (shapeOf(record)) {
    case 'alert':
      return normaliseApiAlert(record);
    case 'detection':
      return normaliseDetection(record);
    case 'device':
      return ignoredWith('Hosts API device', textOf(record.device_id), textOf(record.hostname));
    default: {
      const external = readExternalEvent(record);
      return external === undefined
        ? quarantined('not an alert of CrowdStrike Falcon')
        : normaliseExternalEvent(external);
    }
  }
}
