import type { NormalisedRecord } from '../events/record';
import { quarantined } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { severityOf, textOf } from './vendorValues';
import { attackTags } from './windows/attackTags';
import { normaliseWindows } from './windows/normaliseWindows';
import { ruleAlert } from './windows/ruleAlert';
import { readEvtxDump } from './windows/shapes/evtxDump';

/**
 * Chainsaw's hunts: a rule and the event log record (or several) it matched. Each record is read as what it
 * is and, beside it, as an alert of the rule.
 */
export const windowsChainsaw: ExportFormat = {
  id: 'chainsaw',
  title: 'Chainsaw detections (JSON)',
  layouts: ['json'],
  shape: 'document.data.Event, or documents',
  fits: (record) => documentsOf(record).length > 0,
  marks: ['"document"', '"group"', '"data"'],
  split,
  normalise,
};

function documentsOf(record: VendorRecord): readonly VendorRecord[] {
  const { document, documents } = record;
  if (isObject(document)) return isMatch(document) ? [document] : [];
  if (!Array.isArray(documents)) return [];
  return (documents as unknown[]).filter((one): one is VendorRecord => isObject(one) && isMatch(one));
}

function isMatch(document: VendorRecord): boolean {
  return isObject(document.data) && isObject(document.data.Event);
}

function split(record: VendorRecord): readonly VendorRecord[] {
  return documentsOf(record).flatMap((document) => {
    const { documents: _, ...rest } = record;
    const alert = { ...rest, document, '#part': 'alert' };
    const read = isObject(document.data) ? readEvtxDump(document.data) : undefined;
    const isEvent = read !== undefined && normaliseWindows(read).outcome === 'event';
    return isEvent ? [{ ...rest, document, '#part': 'event' }, alert] : [alert];
  });
}

function normalise(record: VendorRecord): NormalisedRecord {
  const data = documentsOf(record)[0]?.data;
  const read = isObject(data) ? readEvtxDump(data) : undefined;
  if (read === undefined) return quarantined('a Chainsaw detection without a Windows event');
  if (record['#part'] === 'event') return normaliseWindows(read);
  const tags = attackTags(record.tags);
  return ruleAlert(read, {
    channel: 'Chainsaw/Alerts',
    title: textOf(record.name),
    id: textOf(record.id),
    severity: severityOf(textOf(record.level)),
    techniques: tags.techniques,
    tactics: tags.tactics,
  });
}
