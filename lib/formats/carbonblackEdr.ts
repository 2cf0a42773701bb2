import type { NormalisedRecord } from '../events/record';
import { normaliseEdrEvent } from './carbonblack/edrEvents';
import { normaliseEdrHit, splitHit } from './carbonblack/edrHits';
import { ignoredDevice } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { textAt } from './vendorValues';

/** Carbon Black EDR (Response): the event forwarder's JSON of raw sensor events, watchlist and feed hits, alerts. */
export const carbonblackEdr: ExportFormat = {
  id: 'carbonblack-edr',
  title: 'Carbon Black EDR event forwarder (JSON)',
  layouts: ['json'],
  shape: 'a type such as ingress.event.procstart, or a watchlist or feed hit',
  fits: (record) => groupOf(record) !== undefined,
  marks: ['"process_guid"', 'ingress.event.'],
  split: (record) => (groupOf(record) === 'hit' ? splitHit(record) : undefined),
  normalise,
};

type Group = 'event' | 'hit' | 'binary';

function groupOf(record: VendorRecord): Group | undefined {
  const { type, alert_type: alertType } = record;
  if (typeof type === 'string') {
    if (type.startsWith('ingress.event.')) return 'event';
    if (/^(watchlist|alert\.watchlist)\.(storage\.)?hit\./.test(type)) return 'hit';
    if (/^feed\.(\d+\.)?(ingress|storage|query)\.hit\./.test(type)) return 'hit';
    if (/^(binaryinfo|binarystore)\./.test(type)) return 'binary';
    return undefined;
  }
  if (typeof alertType === 'string') return /^(watchlist|feed)\./.test(alertType) ? 'hit' : undefined;
  // Forwarders before 3.0 wrote hits without their type.
  const isServer = record.cb_version !== undefined || record.server_name !== undefined;
  const isHit = record.watchlist_id !== undefined || record.feed_id !== undefined;
  const hasTarget = Array.isArray(record.docs) || record.process_id !== undefined || record.md5 !== undefined;
  return isHit && hasTarget && (isServer || record.report_id !== undefined) ? 'hit' : undefined;
}

function normalise(record: VendorRecord): NormalisedRecord {
  const group = groupOf(record);
  if (group === 'event') return normaliseEdrEvent(record);
  if (group === 'hit') return normaliseEdrHit(record);
  return ignoredDevice(
    textAt(record, 'type') ?? 'Carbon Black EDR record',
    textAt(record, 'sensor_id'),
    textAt(record, 'computer_name', 'hostname'),
  );
}
