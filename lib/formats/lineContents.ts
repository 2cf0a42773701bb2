import type { VendorRecord } from './exportFormat';
import { objectOf } from './vendorValues';
import { parseEventBlock, parseEventListing } from './windows/eventBlock';
import { eventRecord } from './windows/eventElement';
import { parseEventXml } from './windows/eventXml';

/**
 * The record in a line of text, or why there is none: JSON or event XML behind whatever header, Snare's tabs,
 * structured data of RFC 5424 (NXLog), `name=value`. Fields that are no JSON and no XML are put into the flat
 * shape of windows/shapes/flat.ts; machine and time come from the syslog header where they have none.
 */
export function readLine(line: string): VendorRecord | string {
  const text = line.trim();
  return (
    readJson(text) ??
    readXml(text) ??
    readSnare(text) ??
    readStructuredData(text) ??
    parseEventBlock(text) ??
    parseEventListing(text) ??
    readPairs(text) ??
    'a line that holds no record: no JSON, no event XML, no fields'
  );
}

/** How far into a line a record may begin. */
const HEADER_MAX = 512;

function readJson(text: string): VendorRecord | undefined {
  if (!text.endsWith('}')) return undefined;
  for (let at = text.indexOf('{'); at >= 0 && at < HEADER_MAX; at = text.indexOf('{', at + 1)) {
    const next = text.charAt(at + 1);
    if (next === '"' || next === ' ' || next === '}') return objectOf(text.slice(at));
  }
  return undefined;
}

function readXml(text: string): VendorRecord | string | undefined {
  const at = text.search(/<Event[ >]/);
  if (at < 0 || at > HEADER_MAX) return undefined;
  const parsed = parseEventXml(text.slice(at));
  return typeof parsed === 'string' ? parsed : eventRecord(parsed, 'xml');
}

/**
 * Snare: `MSWinEventLog`, then criticality, log, counter, time, number, source, user, kind of user, result,
 * machine, category, data, message, by tabs; rsyslog writes tabs as `#011`.
 */
function readSnare(text: string): VendorRecord | undefined {
  const at = text.indexOf('MSWinEventLog');
  if (at < 0 || at > HEADER_MAX) return undefined;
  const body = text.slice(at);
  const [, , log, counter, time, number, source, user, , , computer, , , message] = body.split(
    body.includes('\t') ? '\t' : '#011',
  );
  if (number === undefined || !/^\d{1,6}$/.test(number) || computer === undefined) return undefined;
  return compact({
    Channel: log,
    RecordNumber: counter,
    EventTime: time === undefined ? undefined : asctime(time),
    EventID: number,
    SourceName: source,
    AccountName: user,
    Hostname: computer,
    Message: message,
  });
}

/** `Fri Nov 20 09:16:31 2026` as ISO without a zone; any other text as it is. */
function asctime(time: string): string {
  const parts = /^(?:\w{3} )?(\w{3}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(time.trim());
  const month = MONTHS.indexOf(parts?.[1] ?? '');
  if (parts === null || month < 0) return time;
  return `${parts[4]}-${String(month + 1).padStart(2, '0')}-${(parts[2] ?? '').padStart(2, '0')} ${parts[3]}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `<14>1 2026-11-20T09:16:31.7+01:00 host source 4 - [NXLOG@14506 EventID="1" Channel="…"] message`. */
function readStructuredData(text: string): VendorRecord | undefined {
  const header = IETF.exec(text);
  if (header === null) return undefined;
  const fields: Record<string, unknown> = Object.create(null);
  let at = header[0].length - 1;
  while (text.charAt(at) === '[') {
    const end = readElement(text, at, fields);
    if (end === undefined) return undefined;
    at = end;
  }
  if (fields.EventID === undefined) return undefined;
  const [, time, host, application] = header;
  fields.EventTime ??= time;
  fields.Hostname ??= host;
  fields.SourceName ??= application;
  const message = text.slice(at).trim();
  if (message !== '') fields.Message ??= message;
  return fields;
}

const IETF = /^(?:\d{1,5} )?<\d{1,3}>\d{1,2} (\S{1,64}) (\S{1,255}) (\S{1,48}) \S{1,128} \S{1,64} \[/;

/** Reads one element of structured data from its bracket; answers where the text goes on behind it. */
function readElement(text: string, open: number, fields: Record<string, unknown>): number | undefined {
  PARAMETER.lastIndex = open + 1;
  const id = /[^ \]]{1,64}/y;
  id.lastIndex = open + 1;
  if (!id.test(text)) return undefined;
  let at = id.lastIndex;
  for (;;) {
    PARAMETER.lastIndex = at;
    const found = PARAMETER.exec(text);
    if (found === null) break;
    fields[found[1] ?? ''] = (found[2] ?? '').replaceAll(/\\(["\\\]])/g, '$1');
    at = PARAMETER.lastIndex;
  }
  return text.charAt(at) === ']' ? at + 1 : undefined;
}

const PARAMETER = / ([^\s=\]"]{1,64})="((?:[^"\\]|\\[\s\S])*)"/y;

/** `name=value` by tabs (QRadar's agent) or blanks, quoted or not; only what names an event's number counts. */
function readPairs(text: string): VendorRecord | undefined {
  if (!/\b(EventID|EventCode|EventIDCode)=/.test(text)) return undefined;
  const fields = text.includes('\t') ? tabPairs(text) : blankPairs(text);
  if (fields.EventID === undefined && fields.EventCode === undefined) return undefined;
  const host = RFC3164.exec(text)?.[1];
  return compact({
    ...fields,
    EventID: fields.EventID ?? fields.EventCode,
    Channel: fields.Channel ?? fields.AgentLogFile ?? fields.LogName,
    SourceName: fields.SourceName ?? fields.Source,
    Hostname: fields.Hostname ?? fields.OriginatingComputer ?? fields.ComputerName ?? fields.Computer ?? host,
    EventTime: fields.EventTime ?? epoch(fields.TimeGenerated),
    // These names belong to another format's tables.
    TimeGenerated: undefined,
    EventCode: undefined,
  });
}

const RFC3164 = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\S{1,40}) (\S{1,255}) /;

function epoch(seconds: unknown): unknown {
  return typeof seconds === 'string' && /^\d{9,10}$/.test(seconds) ? Number(seconds) : seconds;
}

function tabPairs(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  for (const part of text.split('\t')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).split(' ').at(-1) ?? '';
    if (equals > 0 && name !== '') fields[name] = part.slice(equals + 1);
  }
  return fields;
}

/** Unquoted values end at the next ` name=`; those of paths with blanks are whole for that reason. */
function blankPairs(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  const marks: RegExpExecArray[] = [];
  for (const mark of text.matchAll(/(?:^|[ ,;])([A-Za-z_][\w.]{0,63})=/g)) {
    marks.push(mark);
    if (marks.length >= PAIRS_MAX) break;
  }
  let covered = 0;
  marks.forEach((mark, i) => {
    const from = mark.index + mark[0].length;
    if (from < covered) return;
    const quote = text.charAt(from);
    if (quote === '"' || quote === "'") {
      const close = text.indexOf(quote, from + 1);
      covered = close < 0 ? text.length : close + 1;
      fields[mark[1] ?? ''] = text.slice(from + 1, close < 0 ? undefined : close);
    } else fields[mark[1] ?? ''] = text.slice(from, marks[i + 1]?.index ?? text.length).trim();
  });
  return fields;
}

const PAIRS_MAX = 500;

function compact(fields: VendorRecord): VendorRecord {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  );
}
