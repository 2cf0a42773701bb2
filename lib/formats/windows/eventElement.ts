import type { VendorRecord } from '../exportFormat';

/** An element of an event's XML, from an event log file or from text. Names and values are the record's own. */
export type EventElement = {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly EventElement[];
  /** Its character data, children left out. */
  readonly text: string;
};

/** What kind of file an event's XML stood in; it tells the formats apart that share one shape. */
export type EventSource = 'evtx' | 'xml';

/**
 * The record of an `<Event>` element in the shape evtx_dump gives it: attributes under `#attributes`, the
 * named `<Data>` of EventData as members, nameless ones as the list `Data`. All values are text.
 * `#source` says where it stood.
 */
export function eventRecord(event: EventElement, source: EventSource): VendorRecord {
  const parts: Record<string, unknown> = {};
  for (const child of event.children) {
    if (child.name === 'EventData') parts.EventData = namedData(child);
    else if (PARTS.has(child.name)) parts[child.name] = contentOf(child);
  }
  return { Event: parts, '#source': source };
}

const PARTS: ReadonlySet<string> = new Set([
  'System',
  'UserData',
  'RenderingInfo',
  'DebugData',
  'ProcessingErrorData',
]);

/** EventData by the names of its `<Data>`; a name that comes twice keeps both, the second as `name_1`. */
export function namedData(element: EventElement): VendorRecord {
  const data: Record<string, unknown> = {};
  const nameless: string[] = [];
  for (const child of element.children) {
    const name = child.name === 'Data' ? attribute(child, 'Name') : child.name;
    if (name === undefined) nameless.push(child.text);
    else if (name !== '__proto__') {
      let free = name;
      for (let n = 1; Object.hasOwn(data, free) && n < 100; n++) free = `${name}_${n}`;
      data[free] = child.children.length === 0 ? child.text : contentOf(child);
    }
  }
  if (nameless.length > 0) data.Data = nameless;
  return data;
}

function contentOf(element: EventElement): unknown {
  const attributes = element.attributes.filter(([name]) => name !== 'xmlns');
  if (attributes.length === 0 && element.children.length === 0) return element.text;
  const value: Record<string, unknown> = {};
  if (attributes.length > 0) {
    const named: Record<string, unknown> = {};
    for (const [name, text] of attributes) if (name !== '__proto__') named[name] = text;
    value['#attributes'] = named;
  }
  const text = element.children.length === 0 ? element.text : element.text.trim();
  if (text !== '') value['#text'] = text;
  for (const child of element.children) {
    if (child.name === '__proto__') continue;
    const before = Object.hasOwn(value, child.name) ? value[child.name] : undefined;
    if (before === undefined) value[child.name] = contentOf(child);
    else if (Array.isArray(before)) before.push(contentOf(child));
    else value[child.name] = [before, contentOf(child)];
  }
  return value;
}

function attribute(element: EventElement, name: string): string | undefined {
  for (const [key, value] of element.attributes) if (key === name) return value;
  return undefined;
}

/** The element as XML text, on one line, as `wevtutil` prints it. */
export function renderElement(element: EventElement): string {
  let tag = `<${element.name}`;
  for (const [name, value] of element.attributes) tag += ` ${name}='${escapeXml(value, VALUE_MARKS)}'`;
  if (element.children.length === 0 && element.text === '') return `${tag}/>`;
  let inner = escapeXml(element.text, TEXT_MARKS);
  for (const child of element.children) inner += renderElement(child);
  return `${tag}>${inner}</${element.name}>`;
}

function escapeXml(text: string, marks: RegExp): string {
  return text.replace(marks, (character) => ESCAPES[character] ?? '');
}

const TEXT_MARKS = /[<>&]/g;
const VALUE_MARKS = /[<>&']/g;

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;' };
