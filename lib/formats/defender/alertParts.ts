import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { evidenceKind, evidenceOf } from './alert';
import { listOf } from './row';

/**
 * An incident's alerts, an alert's processes (its files, if it has no process): one part each, the alert with
 * that piece of evidence and those that say where and who. Undefined for what is one alert about one thing.
 */
export function alertParts(record: VendorRecord): readonly VendorRecord[] | undefined {
  const alerts = alertsOf(record);
  if (alerts === undefined) {
    const parts = partsOf(record);
    return parts.length > 1 ? parts : undefined;
  }
  return alerts.flatMap(partsOf);
}

/** The alerts an incident holds; undefined for a record that is no incident. */
export function alertsOf(record: VendorRecord): readonly VendorRecord[] | undefined {
  if (record.alerts === undefined || record.evidence !== undefined) return undefined;
  return listOf(record.alerts).filter(isObject);
}

function partsOf(alert: VendorRecord): readonly VendorRecord[] {
  const evidence = evidenceOf(alert);
  const kinds = evidence.map(evidenceKind);
  const main = kinds.includes('process') ? 'process' : kinds.includes('file') ? 'file' : undefined;
  if (main === undefined || kinds.filter((kind) => kind === main).length < 2) return [alert];
  const context = evidence.filter((_, i) => kinds[i] !== main);
  const name = alert.evidence === undefined ? 'entities' : 'evidence';
  return evidence
    .filter((_, i) => kinds[i] === main)
    .map((item) => ({ ...alert, [name]: [item, ...context] }));
}
