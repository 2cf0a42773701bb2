import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/** Winlogbeat up to 6.x: `event_id`, `log_name`, `computer_name`, `event_data`; `host.name` and `beat` are the collector. */
export function readWinlogbeat6(record: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(record.event_id);
  if (eventId === undefined) return undefined;
  const data = record.event_data ?? record.user_data;
  const user = record.user;
  const read: WindowsRecord = {
    channel: channelOf(record.log_name, record.source_name),
    eventId,
    provider: record.source_name,
    host: record.computer_name,
    time: record['@timestamp'],
    recordId: record.record_number,
    data: isObject(data) ? data : NOTHING,
    message: record.message,
    writerPid: record.process_id,
    nxlog: false,
  };
  if (!isObject(user)) return read;
  return { ...read, writer: { sid: user.identifier, name: user.name, domain: user.domain } };
}

const NOTHING: VendorRecord = {};
