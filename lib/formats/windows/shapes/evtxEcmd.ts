import type { VendorRecord } from '../../exportFormat';
import { objectOf } from '../../vendorValues';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';
import { dataOf } from './evtxDump';

/**
 * EvtxECmd's tables (Eric Zimmerman), CSV or JSON: System's parts as columns, EventData as JSON text in
 * `Payload`. The columns `PayloadData1`… are a summary for people and are not read.
 */
export function readEvtxEcmd(record: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(record.EventId);
  const payload = objectOf(record.Payload);
  if (eventId === undefined) return undefined;
  return {
    channel: channelOf(record.Channel, record.Provider),
    eventId,
    provider: record.Provider,
    host: record.Computer,
    time: record.TimeCreated,
    recordId: record.EventRecordId,
    data: payload === undefined ? {} : dataOf(payload),
    message: undefined,
    writerPid: record.ProcessId,
    writer: { sid: record.UserId },
    nxlog: false,
  };
}

/** Whether a record is a row of EvtxECmd. */
export function isEvtxEcmd(record: VendorRecord): boolean {
  return (
    record.EventId !== undefined &&
    record.Channel !== undefined &&
    record.TimeCreated !== undefined &&
    (record.EventRecordId !== undefined || record.Payload !== undefined)
  );
}
