import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * The event's XML as names and values: `{"Event":{"System":…,"EventData":…}}`, as evtx_dump writes it
 * (attributes under `#attributes`, or beside the element as `Provider_attributes`), its relatives (attributes
 * as `@Name` or plain members, `Data` as a list of `{Name, text}`), and our own readers of event log files
 * and XML.
 */
export function readEvtxDump(record: VendorRecord): WindowsRecord | undefined {
  const event = record.Event;
  const system = isObject(event) ? event.System : undefined;
  if (!isObject(event) || !isObject(system)) return undefined;
  return readSystem(system, event);
}

/** Reads the System part, whoever wrote it, and the data beside it in `event`. */
export function readSystem(system: VendorRecord, event: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(content(system.EventID));
  if (eventId === undefined) return undefined;
  const rendering = event.RenderingInfo;
  const provider = attribute(system, 'Provider', 'Name');
  return {
    channel: channelOf(content(system.Channel), provider),
    eventId,
    provider,
    host: content(system.Computer),
    time: attribute(system, 'TimeCreated', 'SystemTime') ?? content(system.TimeCreated),
    recordId: content(system.EventRecordID),
    data: dataOf(event),
    message: (isObject(rendering) ? content(rendering.Message) : undefined) ?? event.Message,
    writerPid: attribute(system, 'Execution', 'ProcessID'),
    writer: { sid: attribute(system, 'Security', 'UserID') },
    nxlog: false,
  };
}

/** The EventData of an event, or what stands in its UserData, by names. */
export function dataOf(event: VendorRecord): VendorRecord {
  const eventData = event.EventData;
  if (isObject(eventData)) {
    const list = eventData.Data;
    if (isObject(list)) return { ...eventData, ...namedList([list]) };
    return Array.isArray(list) ? namedList(list) : eventData;
  }
  if (Array.isArray(eventData)) return namedList(eventData);
  // UserData holds one element, named after the template (LogFileCleared).
  const userData = event.UserData;
  if (!isObject(userData)) return {};
  return Object.values(userData).find(isObject) ?? userData;
}

/** A list of `{Name, text}`; nameless entries stay as the list `Data`. */
function namedList(list: readonly unknown[]): VendorRecord {
  const data: Record<string, unknown> = Object.create(null);
  const nameless: unknown[] = [];
  for (const entry of list) {
    const name = own(entry, 'Name');
    if (typeof name === 'string') data[name] = content(entry);
    else nameless.push(content(entry));
  }
  if (nameless.length > 0) data.Data = nameless;
  return data;
}

/** An element's text: itself, or beside its attributes. */
function content(node: unknown): unknown {
  if (!isObject(node)) return node;
  return node['#text'] ?? node.text ?? node.$t ?? node.Value ?? node.value ?? node._;
}

/** An attribute of a member: within it, or beside it as `Provider_attributes` and `Provider.Name`. */
function attribute(parent: VendorRecord, member: string, name: string): unknown {
  const node = parent[member];
  if (isObject(node)) return own(node, name);
  const beside = parent[`${member}_attributes`];
  return isObject(beside) ? beside[name] : parent[`${member}.${name}`];
}

function own(node: unknown, name: string): unknown {
  if (!isObject(node)) return undefined;
  const attributes = node['#attributes'] ?? node.$;
  return isObject(attributes) ? attributes[name] : (node[`@${name}`] ?? node[name]);
}
