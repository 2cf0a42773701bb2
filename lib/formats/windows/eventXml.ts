import { storable } from '../vendorValues';
import type { EventElement } from './eventElement';

/** An element while it is being read. */
type Open = {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: EventElement[];
  text: string;
};

/**
 * Reads one element of event XML (`<Event>…</Event>`, `<EventData>…`), or says why it cannot be read.
 *
 * A reader of its own because a general one took more than twice the time (measured with saxes), and
 * because Windows writes what XML forbids (control characters of command lines). Only the five predefined
 * entities and character references are resolved; a document type is passed over: nothing is fetched and
 * nothing expands. Time is linear in the text.
 */
export function parseEventXml(text: string): EventElement | string {
  const stack: Open[] = [];
  let elements = 0;
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    const around = stack.at(-1);
    if (around !== undefined && open !== at)
      around.text += unescapeXml(text.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    const next = text.charCodeAt(open + 1);
    if (next === EXCLAMATION && text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open + 9);
      if (around !== undefined) around.text += text.slice(open + 9, end < 0 ? undefined : end);
      if (end < 0) break;
      at = end + 3;
    } else if (next === EXCLAMATION || next === QUESTION) {
      at = passOver(text, open);
      if (at < 0) break;
    } else if (next === SLASH) {
      const end = text.indexOf('>', open + 2);
      if (end < 0) break;
      const name = text.slice(open + 2, end).trimEnd();
      const done = stack.pop();
      if (done === undefined || done.name !== name)
        return `not well-formed XML: </${shown(name)}> closes nothing`;
      const outer = stack.at(-1);
      if (outer === undefined) return done;
      outer.children.push(done);
      at = end + 1;
    } else {
      if (++elements > ELEMENTS_MAX || stack.length >= DEPTH_MAX)
        return 'has more elements than an event has';
      const tag = readTag(text, open + 1);
      if (typeof tag === 'string') return tag;
      const element: Open = { name: tag.name, attributes: tag.attributes, children: [], text: '' };
      at = tag.end;
      if (!tag.empty) stack.push(element);
      else if (around === undefined) return element;
      else around.children.push(element);
    }
  }
  const unclosed = stack.at(-1);
  return unclosed === undefined
    ? 'holds no XML element'
    : `not well-formed XML: <${shown(unclosed.name)}> is not closed`;
}

type Tag = {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly empty: boolean;
  /** Where the text goes on behind the tag. */
  readonly end: number;
};

/** Reads `Name a='1' b="2">` from behind its `<`. */
function readTag(text: string, from: number): Tag | string {
  let at = from;
  while (at < text.length && !endsName(text.charCodeAt(at))) at++;
  const name = text.slice(from, at);
  if (name === '') return 'not well-formed XML: a "<" without a name';
  const attributes: (readonly [string, string])[] = [];
  for (;;) {
    while (isBlank(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    if (code === GREATER) return { name, attributes, empty: false, end: at + 1 };
    if (code === SLASH && text.charCodeAt(at + 1) === GREATER)
      return { name, attributes, empty: true, end: at + 2 };
    const start = at;
    while (at < text.length && !endsName(text.charCodeAt(at))) at++;
    const key = text.slice(start, at);
    while (isBlank(text.charCodeAt(at))) at++;
    const quote = text.charCodeAt(at) === EQUALS ? nextQuote(text, at + 1) : -1;
    const close = quote < 0 ? -1 : text.indexOf(text[quote] as string, quote + 1);
    if (key === '' || close < 0 || attributes.length >= ATTRIBUTES_MAX)
      return `not well-formed XML: the attributes of <${shown(name)}> cannot be read`;
    attributes.push([key, unescapeXml(text.slice(quote + 1, close))]);
    at = close + 1;
  }
}

/** Where the quote stands that opens an attribute's value; -1 if none does. */
function nextQuote(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  const code = text.charCodeAt(at);
  return code === QUOTE || code === APOSTROPHE ? at : -1;
}

/** Behind a comment, a processing instruction or a document type; -1 if it does not end. */
function passOver(text: string, open: number): number {
  if (text.startsWith('<!--', open)) return behind(text, '-->', open + 4);
  if (text.charCodeAt(open + 1) === QUESTION) return behind(text, '?>', open + 2);
  const end = text.indexOf('>', open);
  const subset = text.indexOf('[', open);
  if (subset < 0 || end < 0 || subset > end) return end < 0 ? -1 : end + 1;
  const close = text.indexOf(']', subset);
  return close < 0 ? -1 : behind(text, '>', close);
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** Resolves the predefined entities and character references; what is neither stays as it is written. */
export function unescapeXml(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, resolve) : text;
}

const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;

function resolve(whole: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return ENTITIES[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The beginning of a name, for a reason. */
function shown(name: string): string {
  return storable(name.slice(0, 40));
}

function endsName(code: number): boolean {
  return isBlank(code) || code === GREATER || code === SLASH || code === EQUALS || code === LESS;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;
const EXCLAMATION = 33;
const QUESTION = 63;
const ELEMENTS_MAX = 20_000;
const ATTRIBUTES_MAX = 1000;
const DEPTH_MAX = 64;
