import type { ExportFormat, VendorRecord } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readLogAnalytics, timeGenerated } from './windows/shapes/logAnalytics';

/** Windows events out of Log Analytics, by query, by data export, or in the portal's CSV. */
export const windowsLogAnalytics: ExportFormat = {
  id: 'windows-log-analytics',
  title: 'Log Analytics SecurityEvent, Event, WindowsEvent (CSV, JSON)',
  layouts: ['json', 'csv'],
  shape: 'EventID and Computer beside TimeGenerated',
  fits,
  marks: ['"EventID"', '"TimeGenerated"'],
  normalise: windowsNormaliser(readLogAnalytics),
};

function fits(record: VendorRecord): boolean {
  return (
    record.EventID !== undefined && timeGenerated(record) !== undefined && record.MachineName === undefined
  );
}
