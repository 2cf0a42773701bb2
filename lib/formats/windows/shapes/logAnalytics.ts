import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { objectOf } from '../../vendorValues';
import { channelOf, SECURITY } from '../channels';
import { ENVELOPE } from '../envelope';
import { namedData } from '../eventElement';
import { parseEventXml } from '../eventXml';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * Log Analytics (Microsoft Sentinel): the tables `SecurityEvent` (EventData's names are columns), `Event`
 * (EventData is XML in a column) and `WindowsEvent` (EventData is an object). TimeGenerated is UTC, also where
 * an export leaves the zone out; the portal's CSV calls it `TimeGenerated [UTC]`.
 */
export function readLogAnalytics(record: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(record.EventID ?? record.EventId);
  const time = record.TimeCreated ?? timeGenerated(record) ?? record.TimeCreatedUtc;
  if (eventId === undefined || timeGenerated(record) === undefined) return undefined;
  const provider = record.EventSourceName ?? record.Provider ?? record.Source;
  const channel = channelOf(record.Channel ?? record.EventLog, provider);
  return {
    // A SecurityEvent table from which a query took the columns that name the log.
    channel: channel === '' && record.EventData === undefined ? SECURITY : channel,
    eventId,
    provider,
    host: record.Computer,
    time,
    recordId: record.EventRecordId ?? record.EventRecordID,
    ...placedData(record),
    message: record.RenderedDescription ?? record.Message,
    writerPid: record.SystemProcessId,
    writer: { sid: record.SystemUserId },
    nxlog: false,
  };
}

/** The time an export of Log Analytics gives a row, whatever it calls the column. */
export function timeGenerated(record: VendorRecord): unknown {
  return record.TimeGenerated ?? record['TimeGenerated [UTC]'];
}

/** Where EventData's names stand among the columns, the others are the table's. */
function placedData(record: VendorRecord): Pick<WindowsRecord, 'data' | 'envelope'> {
  const data = dataOf(record);
  return isObject(record.EventData) ? { data } : { data, envelope: ENVELOPE };
}

function dataOf(record: VendorRecord): VendorRecord {
  const { EventData } = record;
  if (isObject(EventData)) return EventData;
  if (typeof EventData !== 'string') return record;
  if (EventData.startsWith('{')) return objectOf(EventData) ?? record;
  const parsed = parseEventXml(EventData);
  if (typeof parsed === 'string') return record;
  // `<DataItem …><EventData>…</EventData></DataItem>`, or EventData itself.
  const element =
    parsed.name === 'EventData' ? parsed : parsed.children.find((child) => child.name === 'EventData');
  const named = element ?? parsed.children[0]?.children[0];
  return named === undefined ? record : { ...record, ...namedData(named) };
}
