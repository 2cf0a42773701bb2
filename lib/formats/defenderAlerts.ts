import type { NormalisedRecord } from '../events/record';
import { evidenceOf } from './defender/alert';
import { normaliseAlert } from './defender/alertEvent';
import { alertParts, alertsOf } from './defender/alertParts';
import { ignored, quarantined } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';

/**
 * Alerts and incidents of the Graph security API (alerts_v2, incidents), of the Defender XDR incidents API and
 * of the older Defender for Endpoint alerts API.
 */
export const defenderAlerts: ExportFormat = {
  id: 'defender-alerts',
  title: 'Microsoft Defender XDR: alerts and incidents (Graph and Defender APIs, JSON)',
  layouts: ['json', 'csv'],
  shape: 'the members of a Defender alert or incident',
  fits,
  marks: ['"serviceSource"', '"evidence"'],
  split: alertParts,
  normalise,
};

function fits(record: VendorRecord): boolean {
  return isAlert(record) || isIncident(record);
}

function isAlert(record: VendorRecord): boolean {
  const { id, alertId, machineId } = record;
  if (record['@odata.type'] === '#microsoft.graph.security.alert') return true;
  if (typeof machineId === 'string' && record.alertCreationTime !== undefined) return true;
  if (typeof alertId === 'string' && record.entities !== undefined)
    return record.devices !== undefined || record.serviceSource !== undefined;
  return (
    typeof id === 'string' &&
    record.serviceSource !== undefined &&
    (record.evidence !== undefined ||
      record.alertWebUrl !== undefined ||
      record.providerAlertId !== undefined)
  );
}

function isIncident(record: VendorRecord): boolean {
  if (record['@odata.type'] === '#microsoft.graph.security.incident') return true;
  if (record.incidentWebUrl !== undefined && record.displayName !== undefined) return true;
  return (
    typeof record.alerts === 'object' &&
    record.alerts !== null &&
    (record.incidentId !== undefined || record.incidentWebUrl !== undefined)
  );
}

function normalise(record: VendorRecord): NormalisedRecord {
  if (!isAlert(record) && (isIncident(record) || alertsOf(record) !== undefined))
    return ignored('incident without its alerts');
  if (record.title === undefined && evidenceOf(record).length === 0)
    return quarantined('not an alert: no title and no evidence');
  return normaliseAlert(record);
}
