import type { NormalisedRecord } from '../events/record';
import { normaliseRow } from './defender/huntingRow';
import { holdsTables, rowsOfTables } from './defender/logAnalytics';
import { tableOf } from './defender/tables';
import { ignored } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { objectOf } from './vendorValues';

/**
 * Tables of Microsoft Defender XDR: results of Advanced Hunting (portal CSV, API JSON), the same tables from
 * Log Analytics and Sentinel, and the records of the Streaming API.
 */
export const defenderHunting: ExportFormat = {
  id: 'defender-hunting',
  title: 'Microsoft Defender XDR: Advanced Hunting, Streaming API, Sentinel tables (CSV, JSON)',
  layouts: ['json', 'csv'],
  shape: 'the columns of an Advanced Hunting table',
  fits,
  marks: [
    ['"AdvancedHunting-'],
    ['"tables"', '"columns"', '"rows"', '"DeviceName"'],
    ['"tables"', '"columns"', '"rows"', '"DeviceId"'],
  ],
  split: rowsOfTables,
  normalise,
};

function fits(record: VendorRecord): boolean {
  return streamedTable(record) !== undefined || isRow(record) || holdsTables(record);
}

function isRow(record: VendorRecord): boolean {
  const onDevice = typeof record.DeviceId === 'string' || typeof record.DeviceName === 'string';
  if (typeof record.AlertId === 'string') return has(record, ALERT_COLUMNS);
  if (tableOf(record) !== undefined) return onDevice || has(record, TIME_COLUMNS);
  if (typeof record.ActionType === 'string') return onDevice || has(record, ROW_COLUMNS);
  return onDevice && has(record, DEVICE_COLUMNS);
}

const TIME_COLUMNS = ['Timestamp', 'TimeGenerated', 'Timestamp [UTC]', 'TimeGenerated [UTC]'];
const ALERT_COLUMNS = ['EntityType', 'DetectionSource', 'ServiceSource', 'AttackTechniques', 'EvidenceRole'];
const ROW_COLUMNS = ['InitiatingProcessFileName', 'InitiatingProcessId', 'ReportId', 'AccountObjectId'];
const DEVICE_COLUMNS = [
  'InitiatingProcessFileName',
  'InitiatingProcessId',
  'InitiatingProcessCommandLine',
  'ProcessCommandLine',
  'RemoteIP',
  'RemoteUrl',
  'RegistryKey',
  'FolderPath',
  'OnboardingStatus',
  'OSPlatform',
  'SensorHealthState',
];

function has(record: VendorRecord, columns: readonly string[]): boolean {
  return columns.some((column) => record[column] !== undefined);
}

function normalise(record: VendorRecord): NormalisedRecord {
  if (holdsTables(record)) return ignored('Log Analytics answer without rows');
  const table = streamedTable(record);
  return table === undefined
    ? normaliseRow(record, tableOf(record))
    : normaliseRow(objectOf(record.properties) ?? undotted(record), table);
}

/** The table of a record of the Streaming API. */
function streamedTable(record: VendorRecord): string | undefined {
  const { category } = record;
  return typeof category === 'string' && category.startsWith(STREAMED)
    ? category.slice(STREAMED.length)
    : undefined;
}

const STREAMED = 'AdvancedHunting-';

/** Splunk and others write a streamed record's columns as `properties.DeviceName`. */
function undotted(record: VendorRecord): VendorRecord {
  const row: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(record))
    if (name.startsWith(DOTTED)) row[name.slice(DOTTED.length)] = value;
  return row;
}

const DOTTED = 'properties.';
