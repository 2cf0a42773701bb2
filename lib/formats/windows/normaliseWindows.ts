import type { NormalisedRecord } from '../../events/record';
import type { VendorRecord } from '../exportFormat';
import { ignored } from './draft';
import { normalisePowerShell } from './powershell';
import { normaliseSecurity } from './security';
import { readEvtxDump } from './shapes/evtxDump';
import { readFlat } from './shapes/flat';
import { readWinlogbeat } from './shapes/winlogbeat';
import { readWinlogbeat6 } from './shapes/winlogbeat6';
import { normaliseSysmon } from './sysmon';
import { normaliseSystem } from './system';
import { POWERSHELL, SECURITY, SYSMON, SYSTEM, type WindowsRecord, type WindowsShape } from './windowsRecord';

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

/** By channel to the mapping of its event numbers; other channels are ignored by name. */
export function normaliseWindows(record: WindowsRecord): NormalisedRecord {
  switch (record.channel) {
    case SYSMON:
      return normaliseSysmon(record);
    case SECURITY:
      return normaliseSecurity(record);
    case POWERSHELL:
      return normalisePowerShell(record);
    case SYSTEM:
      return normaliseSystem(record);
    case '':
      return {
        outcome: 'quarantined',
        reason: `Windows event ${record.eventId} names no channel and no provider`,
      };
    default:
      return ignored(record);
  }
}

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
