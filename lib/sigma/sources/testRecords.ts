import type { NormalisedRecord } from '../../events/record';
import { normaliseWindows } from '../../formats/windows/normaliseWindows';
import type { WindowsRecord } from '../../formats/windows/windowsRecord';
import type { SigmaRecord } from '../record';
import type { FieldValue } from '../rule';
import { sigmaRecordOf } from './sigmaRecord';

export const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

/** What normalising makes of a record of a Windows log; by default of a machine called PC1. */
export function testOutcome(
  channel: string,
  eventId: number,
  data: Record<string, unknown>,
  rest: Partial<WindowsRecord> = {},
): NormalisedRecord {
  return normaliseWindows({
    channel,
    eventId,
    host: 'PC1.Corp.Example',
    time: '2026-03-02T10:00:00.500Z',
    recordId: 7,
    data,
    message: undefined,
    writerPid: undefined,
    nxlog: false,
    ...rest,
  });
}

/** The same as rules see it. */
export function testRecord(
  channel: string,
  eventId: number,
  data: Record<string, unknown>,
  rest: Partial<WindowsRecord> = {},
): SigmaRecord {
  const record = sigmaRecordOf(testOutcome(channel, eventId, data, rest));
  if (record === undefined) throw new Error('no record for rules');
  return record;
}

/** What rules read of a field; `never` where no record of the class can have it. */
export function readValue(record: SigmaRecord, field: string): FieldValue | 'never' {
  const read = record.source.reader(field);
  return read === undefined ? 'never' : read(record);
}

const ACTOR = {
  UtcTime: '2026-03-02 10:00:00.400',
  ProcessGuid: '{A1B2C3D4-0000-69A5-0A00-000000000700}',
  ProcessId: '4242',
  Image: 'C:\\Tools\\a.exe',
};

/** A record of Sysmon with the process that acted. */
export function sysmonRecord(eventId: number, data: Record<string, unknown>): SigmaRecord {
  return testRecord(SYSMON, eventId, { ...ACTOR, ...data });
}

/** A log source of Windows as rules name it. */
export const windows = (category: string) => ({ product: 'windows', category });
