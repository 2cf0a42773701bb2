import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf } from '../channels';
import { insertOf } from '../dataNames';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * OpenTelemetry's windowseventlog receiver (`event_id` as `{id, qualifiers}`, `system_time`, `provider.name`,
 * `event_data` with its values in a list `data` of single members) and Vector's source (`event_id`, `timestamp`,
 * `provider_name`, `string_inserts`), as the record itself or in its `body`.
 */
export function readOtel(record: VendorRecord): WindowsRecord | undefined {
  const body = isObject(record.body) ? record.body : record;
  const { event_id, provider } = body;
  const eventId = eventNumber(isObject(event_id) ? event_id.id : event_id);
  if (eventId === undefined) return undefined;
  const source = isObject(provider) ? provider.name : body.provider_name;
  const read: WindowsRecord = {
    channel: channelOf(body.channel, source),
    eventId,
    provider: source,
    host: body.computer,
    time: body.system_time ?? body.timestamp ?? record.timestamp,
    recordId: body.record_id,
    data: dataOf(body.event_data),
    message: body.rendered_message ?? body.message,
    writerPid: isObject(body.execution) ? body.execution.process_id : body.process_id,
    writer: { sid: isObject(body.security) ? body.security.user_id : body.user_id },
    nxlog: false,
  };
  const inserts = body.string_inserts;
  return Array.isArray(inserts) ? { ...read, values: inserts.map(insertOf) } : read;
}

/** Whether a record is one of these. */
export function isOtel(record: VendorRecord): boolean {
  const body = isObject(record.body) ? record.body : record;
  return body.event_id !== undefined && body.channel !== undefined && body.computer !== undefined;
}

function dataOf(eventData: unknown): VendorRecord {
  if (!isObject(eventData)) return {};
  if (!Array.isArray(eventData.data)) return eventData;
  const data: Record<string, unknown> = Object.create(null);
  for (const entry of eventData.data as unknown[])
    if (isObject(entry)) for (const [name, value] of Object.entries(entry)) data[name] = value;
  return data;
}
