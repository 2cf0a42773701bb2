import type { ExportFormat, VendorRecord } from './exportFormat';
import { namesAgent } from './harfanglab/records';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readWinlogbeat6 } from './windows/shapes/winlogbeat6';

/** Winlogbeat 5 and 6. */
export const winlogbeat6: ExportFormat = {
  id: 'winlogbeat6',
  title: 'Winlogbeat 5/6 (JSON)',
  layouts: ['json'],
  shape: 'event_id beside log_name',
  fits,
  marks: ['"event_id"', '"log_name"'],
  normalise: windowsNormaliser(readWinlogbeat6),
};

function fits(record: VendorRecord): boolean {
  return (
    record.event_id !== undefined &&
    (record.log_name !== undefined || record.source_name !== undefined) &&
    // HarfangLab passes the event log on under the same names.
    !namesAgent(record)
  );
}
