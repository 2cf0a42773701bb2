import type { ExportFormat } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { isTableRow, readTable } from './windows/shapes/table';

/** Get-WinEvent, Get-EventLog and Event Viewer, as CSV or JSON. */
export const windowsTable: ExportFormat = {
  id: 'windows-table',
  title: 'Get-WinEvent, Get-EventLog, Event Viewer (CSV, JSON)',
  layouts: ['json', 'csv', 'lines'],
  shape: "the columns of PowerShell's or Event Viewer's event tables",
  fits: isTableRow,
  normalise: windowsNormaliser(readTable),
};
