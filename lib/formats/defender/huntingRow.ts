import type { NormalisedRecord } from '../../events/record';
import { event, ignored, quarantined, startEvent } from '../eventDraft';
import { storable } from '../vendorValues';
import { type Action, actionOf } from './actions';
import { channelOf } from './channels';
import { inspectedQuery } from './connections';
import { normaliseEvidenceRow } from './evidenceRow';
import { cell, type HuntingRow, timeOf } from './row';
import { isEventTable } from './tables';

/**
 * Makes of a row what its ActionType says. `table` is its table's name, where the export tells; `channel`
 * the channel of an export that holds all tables as one (the device timeline).
 */
export function normaliseRow(row: HuntingRow, table?: string, channel?: string): NormalisedRecord {
  if (table === 'AlertEvidence' || (table === undefined && cell(row, 'EntityType') !== undefined))
    return normaliseEvidenceRow(row);
  if (table === 'AlertInfo' || (table === undefined && isAlertInfo(row))) return ignored('AlertInfo');
  if (table !== undefined && !isEventTable(table)) return ignoredRow(row, table);
  const told = cell(row, 'ActionType');
  const type = told ?? likelyAction(row, table);
  if (type === undefined) {
    if (table === undefined && isInventory(row)) return ignoredRow(row, 'DeviceInfo');
    return quarantined(`${table ?? 'Defender row'}: no ActionType, so it cannot be told what happened`);
  }
  const action = actionOf(type);
  if (action === undefined || isForeignQuery(row, type))
    return ignoredRow(row, table === undefined ? type : `${table} ${type}`);
  return normaliseAction(row, action, told ?? action.table, channel ?? channelOf(table ?? action.table));
}

function normaliseAction(row: HuntingRow, action: Action, code: string, channel: string): NormalisedRecord {
  const draft = startEvent({
    kind: action.kind,
    host: cell(row, 'DeviceName'),
    deviceId: cell(row, 'DeviceId'),
    time: timeOf(row),
    channel,
    code,
  });
  if (typeof draft === 'string') return quarantined(draft);
  const report = Number(cell(row, 'ReportId'));
  if (Number.isSafeInteger(report) && report > 0) draft.recordId = report;
  const refusal = action.set(draft, row);
  return refusal === undefined ? event(draft) : quarantined(`${code}: ${refusal}`);
}

/** A row that is no event may still tell a device's name, which rows that give only its id lack. */
export function ignoredRow(row: HuntingRow, type: string): NormalisedRecord {
  const id = cell(row, 'DeviceId')?.trim().toLowerCase();
  const name = cell(row, 'DeviceName')?.trim().toLowerCase();
  const plain = ignored(type);
  if (id === undefined || name === undefined || id === '' || name === '') return plain;
  return plain.outcome === 'ignored'
    ? { ...plain, device: { id: storable(id), name: storable(name) } }
    : plain;
}

/** Queries that others sent to this host (it is a DNS server) are not its own. */
function isForeignQuery(row: HuntingRow, type: string): boolean {
  return type === 'DnsConnectionInspected' && inspectedQuery(row) === undefined;
}

function isAlertInfo(row: HuntingRow): boolean {
  return cell(row, 'AlertId') !== undefined && cell(row, 'ActionType') === undefined;
}

/**
 * A query's `project` may have dropped ActionType. Two tables hold one kind of thing, and a new process or a
 * connection shows by its columns; whether a file or key came or went does not.
 */
function likelyAction(row: HuntingRow, table: string | undefined): string | undefined {
  if (table === 'DeviceProcessEvents') return 'ProcessCreated';
  if (table === 'DeviceImageLoadEvents') return 'ImageLoaded';
  const has = (...columns: readonly string[]): boolean => columns.some((one) => cell(row, one) !== undefined);
  const connected = has('RemoteIP', 'RemoteUrl') && has('RemotePort', 'LocalPort', 'Protocol');
  if (table === 'DeviceNetworkEvents') return connected ? 'ConnectionFound' : undefined;
  if (table !== undefined || has('RegistryKey', 'PreviousRegistryKey', 'LogonType', 'FileOriginUrl'))
    return undefined;
  if (connected) return 'ConnectionFound';
  return has('ProcessCommandLine', 'ProcessId') && !has('RemoteIP', 'RemoteUrl', 'AdditionalFields')
    ? 'ProcessCreated'
    : undefined;
}

function isInventory(row: HuntingRow): boolean {
  return ['OSPlatform', 'OnboardingStatus', 'SensorHealthState', 'PublicIP', 'DeviceType'].some(
    (column) => cell(row, column) !== undefined,
  );
}
