import type { NormalisedRecord } from '../events/record';
import { quarantined } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { parseEventXml } from './windows/eventXml';
import { normaliseWindows, windowsNormaliser } from './windows/normaliseWindows';
import { eventXmlText, readEventText } from './windows/shapes/eventText';
import { readEvtxDump } from './windows/shapes/evtxDump';

/** Windows event XML: a file of `<Event>` elements, or records of a collector that hold one as text. */
export const windowsEventXml: ExportFormat = {
  id: 'windows-event-xml',
  title: 'Windows event XML (Event Viewer, wevtutil, Splunk XmlWinEventLog)',
  layouts: ['xml', 'json', 'csv', 'lines'],
  shape: 'an <Event> element',
  fits,
  marks: ['<Event', '<System'],
  normalise,
};

const normaliseText = windowsNormaliser(readEventText);

function normalise(record: VendorRecord): NormalisedRecord {
  const read = readEvtxDump(record);
  if (read !== undefined) return normaliseWindows(read);
  const text = eventXmlText(record);
  const parsed = text === undefined ? 'has no System part' : parseEventXml(text);
  return typeof parsed === 'string'
    ? quarantined(`event XML that cannot be read: ${parsed}`)
    : normaliseText(record);
}

/** Records that have their fields beside the original text are their collector's. */
function fits(record: VendorRecord): boolean {
  if (record['#source'] === 'xml') return true;
  if (record.winlog !== undefined || record['winlog.event_id'] !== undefined) return false;
  if (record.EventID !== undefined && record._raw === undefined) return false;
  return record.event_id === undefined && eventXmlText(record) !== undefined;
}
