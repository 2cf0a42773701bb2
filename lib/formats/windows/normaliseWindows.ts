import type { NormalisedRecord } from '../../events/record';
import type { VendorRecord } from '../exportFormat';
import { normaliseApplication } from './application';
import { normaliseBits } from './bits';
import {
  APPLICATION,
  BITS,
  DEFENDER,
  DPAPI,
  DPAPI_DEBUG,
  POWERSHELL,
  SECURITY,
  SYSMON,
  SYSTEM,
  TASK_SCHEDULER,
} from './channels';
import { namesByPosition } from './dataNames';
import { normaliseDefender } from './defender';
import { normaliseDpapi } from './dpapi';
import { ignored, placeInLog, timeOf } from './draft';
import { dataOfMessage } from './messageText';
import { normalisePowerShell } from './powershell';
import { normaliseSecurity } from './security';
import { normaliseSensorChange } from './sensorChange';
import { readEvtxDump } from './shapes/evtxDump';
import { readFlat } from './shapes/flat';
import { readWinlogbeat } from './shapes/winlogbeat';
import { readWinlogbeat6 } from './shapes/winlogbeat6';
import { normaliseSysmon } from './sysmon';
import { normaliseSystem } from './system';
import { normaliseTaskScheduler } from './tasks';
import type { WindowsRecord, WindowsShape } from './windowsRecord';
import { writtenRecord } from './writtenRecord';

/**
 * The normaliser of a format whose records mostly have one shape. A file may mix shapes (two collectors into
 * one index), so a record of another one is read as what it is.
 */
export function windowsNormaliser(shape: WindowsShape): (record: VendorRecord) => NormalisedRecord {
  return (record) => {
    let read = shape(record);
    if (read === undefined) read = readAnyShape(record);
    return read === undefined ? NOT_WINDOWS : normaliseWindows(read);
  };
}

/**
 * By channel to the mapping of its event numbers; other channels are ignored by name. What becomes no event says where
 * it stood in its log, so that the log's numbers can be told to be complete. The record itself goes along (`written`).
 */
export function normaliseWindows(record: WindowsRecord): NormalisedRecord {
  const whole = completeData(record);
  const made = normaliseSensorChange(record) ?? byChannel(whole);
  if (made.outcome === 'event')
    return { outcome: 'event', event: made.event, written: writtenRecord(whole, made.event.recorded) };
  const log = placeInLog(record);
  if (made.outcome === 'quarantined') return log === undefined ? made : { ...made, log };
  const written = writtenRecord(whole, log?.recorded ?? timeOf(record.time));
  return log === undefined ? { ...made, written } : { ...made, log, written };
}

function byChannel(record: WindowsRecord): NormalisedRecord {
  switch (record.channel) {
    case SYSMON:
      return normaliseSysmon(record);
    case SECURITY:
      return normaliseSecurity(record);
    case POWERSHELL:
      return normalisePowerShell(record);
    case SYSTEM:
      return normaliseSystem(record);
    case DEFENDER:
      return normaliseDefender(record);
    case APPLICATION:
      return normaliseApplication(record);
    case TASK_SCHEDULER:
      return normaliseTaskScheduler(record);
    case BITS:
      return normaliseBits(record);
    case DPAPI:
    case DPAPI_DEBUG:
      return normaliseDpapi(record);
    case '':
      return {
        outcome: 'quarantined',
        reason: `Windows event ${record.eventId} names no channel and no provider`,
      };
    default:
      return ignored(record);
  }
}

/**
 * A record whose EventData came without names, or not at all, with what its values' order or its rendered
 * message tell. Any other record is returned as it is, after three look-ups.
 */
export function completeData(record: WindowsRecord): WindowsRecord {
  const { channel, eventId, data, values, message } = record;
  const key = KEYS.get(channel);
  if (key === undefined) return record;
  for (const name of key) if (data[name] !== undefined) return record.nxlog ? withProcessId(record) : record;
  const names = values === undefined ? undefined : namesByPosition(channel, eventId, values);
  if (names !== undefined && values !== undefined) {
    const named: Record<string, unknown> = { ...data };
    for (let i = 0; i < names.length && i < values.length; i++) named[names[i] as string] = values[i];
    return { ...record, data: named };
  }
  const told = typeof message === 'string' ? dataOfMessage(channel, eventId, message) : undefined;
  return told === undefined ? record : { ...record, data: { ...data, ...told } };
}

/**
 * NXLog's own ProcessID takes the place of EventData's ProcessId, in which Security names the acting process or
 * the parent: it is left in the message only.
 */
function withProcessId(record: WindowsRecord): WindowsRecord {
  const { channel, eventId, data, message } = record;
  if (channel !== SECURITY || data.ProcessId !== undefined || typeof message !== 'string') return record;
  const told = dataOfMessage(channel, eventId, message);
  const id = told?.ProcessId ?? told?.ProcessID;
  return id === undefined ? record : { ...record, data: { ...data, ProcessId: id } };
}

/** A record of the channel that has one of these has its EventData. */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  [SYSMON, ['ProcessGuid', 'UtcTime', 'Image']],
  [SECURITY, ['SubjectUserSid', 'SubjectUserName', 'Application', 'NewProcessName']],
  [POWERSHELL, ['ScriptBlockText', 'ContextInfo', 'Payload']],
]);

/** The record in whichever shape it has, or undefined if it is no Windows event. */
export function readAnyShape(record: VendorRecord): WindowsRecord | undefined {
  for (const shape of SHAPES) {
    const read = shape(record);
    if (read !== undefined) return read;
  }
  return undefined;
}

const SHAPES: readonly WindowsShape[] = [readFlat, readWinlogbeat, readWinlogbeat6, readEvtxDump];

const NOT_WINDOWS: NormalisedRecord = {
  outcome: 'quarantined',
  reason: 'not a Windows event record: no EventID',
};
