import { decodeText, type SniffedEncoding, sniffEncoding } from './encoding';

/**
 * How a file is laid out, whatever product wrote it. `json`: lines, arrays, objects one after the other,
 * envelopes. `csv`: a heading and rows, separated by comma, semicolon, tab or bar. `xml`: `<Event>` elements.
 * `evtx`: a Windows event log file. `lines`: text in lines that hold records behind a syslog header, or none.
 */
export type Layout = 'json' | 'csv' | 'xml' | 'evtx' | 'lines';

/** Layout and encoding of a file, from its beginning (64 KiB or all of it). */
export type SniffedLayout = SniffedEncoding & { readonly layout: Layout };

/** Looks at the first characters and the first line; never fails: what is nothing else is `lines`. */
export function sniffLayout(head: Uint8Array): SniffedLayout {
  if (isEvtx(head)) return { layout: 'evtx', encoding: 'utf-8', bom: 0 };
  const sniffed = sniffEncoding(head);
  const text = decodeText(head.subarray(sniffed.bom), sniffed.encoding);
  return { ...sniffed, layout: layoutOf(text) };
}

/** True for the magic of a Windows event log file. */
export function isEvtx(head: Uint8Array): boolean {
  return EVTX_MAGIC.every((byte, i) => head[i] === byte);
}

const EVTX_MAGIC = [...'ElfFile\0'].map((character) => character.charCodeAt(0));

function layoutOf(text: string): Layout {
  const start = text.search(/\S/);
  if (start < 0) return 'json';
  const first = text[start];
  if (first === '{') return 'json';
  // A log's lines may begin with a time in brackets.
  if (first === '[') return /^\[\s*(?:[{["\]]|$)/.test(text.slice(start)) ? 'json' : 'lines';
  if (first === '<')
    return /^<(\?xml|!--|Events?[\s>])/.test(text.slice(start, start + 16)) ? 'xml' : 'lines';
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end < 0 ? undefined : end);
  // Fields with their names in the line, or Snare's: no heading.
  if (/MSWinEventLog|\bEvent(?:ID|Code)=/.test(line)) return 'lines';
  // A record within the first line: a syslog header stands before it.
  if (line.includes('{"') || line.includes('<Event') || /^[A-Z]{3,5}:\d\|/.test(line)) return 'lines';
  if (SINGLE_COLUMN.test(line)) return 'csv';
  const delimiter = csvDelimiter(text.slice(start));
  return delimiter !== undefined && isHeading(line, delimiter) ? 'csv' : 'lines';
}

/** The one table of a single column: a Splunk search reduced to its events as they came in. */
const SINGLE_COLUMN = /^"?_raw"?\s*$/;

/** A heading names two columns or more, in few words each; a line of prose with a comma in it does not. */
function isHeading(line: string, delimiter: string): boolean {
  if (/^sep=.\r?$/i.test(line)) return true;
  const names = line.split(delimiter).map((cell) => cell.replaceAll('"', '').trim());
  return names.filter((name) => name !== '').length >= 2 && names.every((name) => name.length <= NAME_MAX);
}

const NAME_MAX = 200;

/**
 * The character that separates the heading's columns: what Excel says (`sep=;`), else the candidate that
 * occurs most often outside quotes in the first line. Undefined when the line has none: it is no heading.
 */
export function csvDelimiter(text: string): string | undefined {
  const told = /^sep=(.)\r?\n/i.exec(text)?.[1];
  if (told !== undefined) return told;
  const counts = new Map(CANDIDATES.map((candidate) => [candidate, 0]));
  let quoted = false;
  for (const character of text.slice(0, HEADING_MAX)) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n') break;
    else if (counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [candidate, count] of counts) if (count > (counts.get(best ?? '') ?? 0)) best = candidate;
  return best;
}

const CANDIDATES = [',', ';', '\t', '|'];
const HEADING_MAX = 64 * 1024;
