import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';
import { dataOf, readSystem } from './evtxDump';

/**
 * Velociraptor's parse_evtx and the artifacts built on it: `System` and `EventData` at the top (EventID as
 * `{Value}`, SystemTime in epoch seconds with a fraction). Hunt artifacts keep EventTime, Computer, Channel and
 * EventID beside EventData instead of System.
 */
export function readVelociraptor(record: VendorRecord): WindowsRecord | undefined {
  if (isObject(record.System)) return readSystem(record.System, record);
  const eventId = eventNumber(record.EventID);
  if (eventId === undefined || !isObject(record.EventData)) return undefined;
  const provider = record.Provider ?? record.ProviderName ?? record.SourceName;
  return {
    channel: channelOf(record.Channel ?? record.LogName, provider),
    eventId,
    provider,
    host: record.Computer ?? record.Fqdn ?? record.Hostname,
    time:
      record.EventTime ?? record.TimeCreated ?? record._EventTime ?? record.Timestamp ?? record['@timestamp'],
    recordId: record.EventRecordID ?? record.RecordNumber ?? record.RecordId,
    data: dataOf(record),
    message: record.Message,
    writerPid: undefined,
    writer: { sid: record.UserSID },
    nxlog: false,
  };
}
