import type { VendorRecord } from '../../exportFormat';
import type { WindowsRecord } from '../windowsRecord';
import { readFlat } from './flat';
import { readWinlogbeat } from './winlogbeat';
import { readWinlogbeat6 } from './winlogbeat6';

/**
 * Graylog: GELF as NXLog sends it (`_EventID`, `_Channel`, EventData's names with an underscore before them,
 * `host` the machine), and what its Beats input makes of Winlogbeat (`winlogbeat_winlog_event_data_Image`,
 * `winlogbeat_event_data_Image` for Winlogbeat 6).
 */
export function readGraylog(record: VendorRecord): WindowsRecord | undefined {
  if (record._EventID !== undefined) {
    const flat = stripped(record, '_');
    return readFlat({
      Hostname: record.host,
      TimeCreated: record.timestamp,
      Message: record.full_message,
      ...flat,
    });
  }
  const beat = stripped(record, 'winlogbeat_');
  const time = beat['@timestamp'] ?? record.timestamp;
  if (beat.winlog_event_id === undefined) {
    return readWinlogbeat6({
      '@timestamp': time,
      message: record.message,
      ...beat,
      event_data: stripped(beat, 'event_data_'),
    });
  }
  const winlog = { ...stripped(beat, 'winlog_'), event_data: stripped(beat, 'winlog_event_data_') };
  return readWinlogbeat({ '@timestamp': time, message: record.message, winlog });
}

/** Whether a record has Graylog's names. */
export function isGraylog(record: VendorRecord): boolean {
  return (
    record._EventID !== undefined ||
    record.winlogbeat_winlog_event_id !== undefined ||
    record.winlogbeat_event_id !== undefined
  );
}

/** The members whose names begin with the prefix, without it. */
function stripped(record: VendorRecord, prefix: string): VendorRecord {
  const inner: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(record))
    if (name.startsWith(prefix)) inner[name.slice(prefix.length)] = value;
  return inner;
}
