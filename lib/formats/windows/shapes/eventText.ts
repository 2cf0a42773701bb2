import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { eventRecord } from '../eventElement';
import { parseEventXml } from '../eventXml';
import type { WindowsRecord } from '../windowsRecord';
import { readEvtxDump } from './evtxDump';

/** Members in which collectors keep the event's XML as text (`System` is Fluent Bit's). */
const MEMBERS = [
  '_raw',
  'System',
  'xml_string',
  'xml',
  'Xml',
  'message',
  'Message',
  'event_original',
  'full_log',
  'full_message',
  'body',
  'raw',
  'EventXml',
  'EventXML',
];

/** The event's XML text in a record that holds it, else undefined. Looks at a few members' first characters. */
export function eventXmlText(record: VendorRecord): string | undefined {
  for (const name of MEMBERS) {
    const text = record[name];
    if (typeof text === 'string' && startsAsEvent(text)) return text;
  }
  const event = record.event;
  const original = isObject(event) ? event.original : (record['event.original'] ?? event);
  return typeof original === 'string' && startsAsEvent(original) ? original : undefined;
}

function startsAsEvent(text: string): boolean {
  return text.charCodeAt(0) === 60 && (text.startsWith('<Event ') || text.startsWith('<Event>'));
}

/** Records that hold the event's XML as text: Splunk's XmlWinEventLog, Plaso, collectors that keep the original. */
export function readEventText(record: VendorRecord): WindowsRecord | undefined {
  const text = eventXmlText(record);
  if (text === undefined) return undefined;
  const event = parseEventXml(text);
  return typeof event === 'string' ? undefined : readEvtxDump(eventRecord(event, 'xml'));
}
