import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf, eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * The event's XML turned to JSON: `{"Event":{"System":…,"EventData":…}}`, as evtx_dump writes it (attributes
 * under `#attributes`), and its relatives (attributes as `@Name` or plain members, `Data` as a list of
 * `{Name, text}`).
 */
export function readEvtxDump(record: VendorRecord): WindowsRecord | undefined {
  const event = record.Event;
  const system = isObject(event) ? event.System : undefined;
  if (!isObject(event) || !isObject(system)) return undefined;
  const eventId = eventNumber(content(system.EventID));
  if (eventId === undefined) return undefined;
  return {
    channel: channelOf(content(system.Channel), attribute(system.Provider, 'Name')),
    eventId,
    host: content(system.Computer),
    time: attribute(system.TimeCreated, 'SystemTime'),
    recordId: content(system.EventRecordID),
    data: dataOf(event),
    message: undefined,
    writerPid: attribute(system.Execution, 'ProcessID'),
    writer: { sid: attribute(system.Security, 'UserID') },
    nxlog: false,
  };
}

function dataOf(event: VendorRecord): VendorRecord {
  const eventData = event.EventData;
  if (isObject(eventData)) {
    const list = eventData.Data;
    if (!Array.isArray(list)) return eventData;
    const data: Record<string, unknown> = {};
    for (const entry of list as unknown[]) {
      const name = attribute(entry, 'Name');
      if (typeof name === 'string') data[name] = content(entry);
    }
    return data;
  }
  // UserData holds one element, named after the template (LogFileCleared).
  const userData = event.UserData;
  const inner = isObject(userData) ? Object.values(userData).find(isObject) : undefined;
  return inner ?? {};
}

/** An element's text: itself, or beside its attributes. */
function content(node: unknown): unknown {
  return isObject(node) ? (node['#text'] ?? node.text ?? node.$t) : node;
}

function attribute(node: unknown, name: string): unknown {
  if (!isObject(node)) return undefined;
  const attributes = node['#attributes'];
  return isObject(attributes) ? attributes[name] : (node[`@${name}`] ?? node[name]);
}
