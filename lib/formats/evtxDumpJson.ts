import type { ExportFormat } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readEvtxDump } from './windows/shapes/evtxDump';
import { detectByRecords, detectByText } from './windowsDetection';

/** Windows event XML as JSON: evtx_dump and its relatives. */
export const evtxDumpJson: ExportFormat = {
  id: 'evtx-dump-json',
  title: 'Windows event XML as JSON (evtx_dump)',
  detect: (sample) =>
    detectByRecords(sample, (record) => readEvtxDump(record) !== undefined, 'Event.System.EventID') ??
    detectByText(sample, ['"Event"', '"System"', '"EventID"'], 'Event, System and EventID'),
  decoder: createJsonDecoder,
  normalise: windowsNormaliser(readEvtxDump),
};
