import { POWERSHELL, SECURITY, SYSMON } from './channels';
import { sysmonOrder } from './dataNames';
import { CONNECTION, LABELS_OF_MESSAGES, SECURITY_LAYOUTS } from './messageLayouts';

/**
 * EventData read out of the rendered message, for exports that keep nothing else (Get-WinEvent to CSV, Event
 * Viewer, Splunk's WinEventLog, Snare). Sysmon's messages are English and name each value as EventData does.
 * Security's are in the machine's language, with one value to a line in an order that no language changes:
 * lines are counted, not read. On a single line (Snare) only English labels tell where a value ends.
 * Undefined when the message holds no values.
 */
export function dataOfMessage(
  channel: string,
  eventId: number,
  message: string,
): Readonly<Record<string, string>> | undefined {
  if (message.length > MESSAGE_MAX) return undefined;
  if (channel === SYSMON) {
    const order = sysmonOrder(eventId);
    if (order === undefined) return undefined;
    return message.includes('\n') ? sysmonLines(message, order) : singleLine(message, order, order);
  }
  if (channel === SECURITY) {
    const layouts = SECURITY_LAYOUTS[eventId];
    if (layouts === undefined) return undefined;
    if (!message.includes('\n')) {
      const whole = layouts[0];
      return whole === undefined ? undefined : singleLine(message, whole.map(labelOf), whole);
    }
    return byOrder(valuesOf(message), layouts);
  }
  if (channel === POWERSHELL && eventId === 4104) return scriptBlock(message);
  return undefined;
}

const MESSAGE_MAX = 1024 * 1024;

/** `Name: value` lines; a line that begins with none of the event's names goes on the value before it. */
function sysmonLines(
  message: string,
  order: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const data: Record<string, string> = {};
  let last: string | undefined;
  for (const line of message.split('\n')) {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    const colon = text.indexOf(':');
    const name = colon < 0 ? '' : text.slice(0, colon).trim();
    if (order.includes(name)) {
      data[name] = text.slice(colon + 1).replace(/^ /, '');
      last = name;
    } else if (last !== undefined && text !== '') data[last] = `${data[last]}\n${text}`;
  }
  return last === undefined ? undefined : data;
}

/** `Label: value Label: value …` on one line: each label is looked for behind the one before. */
function singleLine(
  message: string,
  labels: readonly string[],
  names: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const data: Record<string, string> = {};
  let open: { readonly name: string; readonly from: number } | undefined;
  let at = 0;
  const close = (end: number): void => {
    if (open === undefined) return;
    const value = message.slice(open.from, end).trim();
    data[open.name] = withoutHeading(value);
  };
  for (let i = 0; i < labels.length; i++) {
    const mark = `${labels[i] ?? ''}:`;
    const found = message.indexOf(mark, at);
    if (found < 0 || (found > 0 && !/[\s.:]/.test(message.charAt(found - 1)))) continue;
    close(found);
    open = { name: names[i] ?? '', from: found + mark.length };
    at = open.from;
  }
  if (open === undefined) return undefined;
  const explanation = EXPLANATIONS.map((text) => message.indexOf(text, at)).filter((place) => place >= 0);
  close(Math.min(message.length, ...explanation));
  return data;
}

/** Headings of the next section and sentences of explanation that stand behind a value on one line. */
function withoutHeading(value: string): string {
  for (const heading of HEADINGS) if (value.endsWith(heading)) return value.slice(0, -heading.length).trim();
  return value;
}

const HEADINGS = [
  'Target Subject:',
  'Process Information:',
  'Creator Subject:',
  'Logon Information:',
  'New Logon:',
  'Network Information:',
  'Filter Information:',
  'Detailed Authentication Information:',
  'Access Request Information:',
  'Object:',
  'Change Information:',
  // `Creator Process ID:` is found by its end.
  'Creator',
];
const EXPLANATIONS = [
  'Token Elevation Type indicates',
  'This event is generated',
  'The subject fields indicate',
];

/**
 * The values of a message of one value to a line, in order: `\tLabel:\t\tvalue`, with section headings
 * (`Subject:`) and a first sentence left out. Ends at the explanation that follows, which has no labels.
 */
function valuesOf(message: string): readonly string[] {
  const values: string[] = [];
  for (const line of message.split('\n')) {
    const text = line.trimEnd();
    if (text === '') continue;
    const indented = line.startsWith('\t') || line.startsWith(' ');
    const colon = labelEnd(text);
    if (colon < 0) {
      // Before the first value: the sentence that says what happened. After it: a list going on, or the explanation.
      if (values.length > 0 && !indented) break;
      continue;
    }
    const rest = text.slice(colon + 1);
    const value = rest.trim();
    if (!indented) {
      // A heading, or the sentence that some languages close with a colon.
      if (value === '') continue;
      // Values stand behind tabs; a sentence of the explanation with a colon in it goes on behind a blank.
      if (!/^(\t| {2})/.test(rest)) {
        if (values.length > 0) break;
        continue;
      }
    }
    values.push(value);
  }
  return values;
}

/** Where a line's label ends; -1 if it has none. Labels are short; a full-width colon ends them in Chinese. */
function labelEnd(line: string): number {
  const plain = line.indexOf(':');
  const wide = line.indexOf('：');
  const end = plain < 0 ? wide : wide < 0 ? plain : Math.min(plain, wide);
  return end > LABEL_MAX ? -1 : end;
}

const LABEL_MAX = 64;

/**
 * Names for values by the layout that has as many and whose ids and logon sessions are some: versions of
 * Windows left out one line or another, and a wrong guess would name the wrong parent. What follows a
 * connection's addresses differs most and is not needed: there the beginning is enough.
 */
function byOrder(
  values: readonly string[],
  layouts: readonly (readonly string[])[],
): Readonly<Record<string, string>> | undefined {
  const layout = layouts.find((one) => {
    const enough = one === CONNECTION ? values.length >= one.length : values.length === one.length;
    return enough && one.every((name, i) => NUMBERS[name]?.test(values[i] ?? '') !== false);
  });
  if (layout === undefined) return undefined;
  const data: Record<string, string> = {};
  for (let i = 0; i < layout.length; i++) data[layout[i] ?? ''] = values[i] ?? '';
  return data;
}

const NUMBER = /^(0x[0-9a-f]{1,16}|\d{1,20})$/i;
const SESSION = /^(0x[0-9a-f]{1,16}|-|)$/i;

/** What the values of some names look like, by which a layout is told from another of the same length. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  ProcessId: NUMBER,
  ProcessID: NUMBER,
  NewProcessId: NUMBER,
  SubjectLogonId: SESSION,
  TargetLogonId: SESSION,
};

/** `Creating Scriptblock text (1 of 3):`, the script, `ScriptBlock ID: …`, `Path: …`, in any language. */
function scriptBlock(message: string): Readonly<Record<string, string>> | undefined {
  const lines = message.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const part = /\((\d{1,6}) ?\D{1,12}? ?(\d{1,6})\)/.exec(lines[0] ?? '');
  if (part === null || lines.length < 3) return undefined;
  const id = lines.findLastIndex((line) =>
    /[:：]\s*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\s*$/i.test(line),
  );
  if (id < 1) return undefined;
  const path = lines[id + 1] ?? '';
  return {
    MessageNumber: part[1] ?? '',
    MessageTotal: part[2] ?? '',
    ScriptBlockText: lines.slice(1, id).join('\n').trimEnd(),
    ScriptBlockId: (lines[id] ?? '').slice(-36).trim(),
    Path: path.slice(labelEnd(path) + 1).trim(),
  };
}

/** The English label of a name in Security's messages. */
function labelOf(name: string): string {
  return LABELS_OF_MESSAGES.get(name) ?? name;
}
