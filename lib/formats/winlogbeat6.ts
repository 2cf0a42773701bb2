import type { ExportFormat, VendorRecord } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readWinlogbeat6 } from './windows/shapes/winlogbeat6';
import { detectByRecords, detectByText } from './windowsDetection';

/** Winlogbeat 5 and 6. */
export const winlogbeat6: ExportFormat = {
  id: 'winlogbeat6',
  title: 'Winlogbeat 5/6 (JSON)',
  detect: (sample) =>
    detectByRecords(sample, fits, 'event_id beside log_name') ??
    detectByText(sample, ['"event_id"', '"log_name"'], 'event_id and log_name'),
  decoder: createJsonDecoder,
  normalise: windowsNormaliser(readWinlogbeat6),
};

function fits(record: VendorRecord): boolean {
  return record.event_id !== undefined && (record.log_name !== undefined || record.source_name !== undefined);
}
