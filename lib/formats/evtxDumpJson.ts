import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readEvtxDump } from './windows/shapes/evtxDump';

/** Windows event XML as JSON: evtx_dump and its relatives, the envelope of MaxPatrol SIEM. */
export const evtxDumpJson: ExportFormat = {
  id: 'evtx-dump-json',
  title: 'Windows event XML as JSON (evtx_dump, MaxPatrol SIEM)',
  layouts: ['json', 'lines'],
  shape: 'Event.System.EventID',
  fits,
  marks: ['"Event"', '"System"', '"EventID"'],
  normalise: windowsNormaliser(readEvtxDump),
};

function fits(record: VendorRecord): boolean {
  return isObject(record.Event) && isObject(record.Event.System) && record['#source'] === undefined;
}
