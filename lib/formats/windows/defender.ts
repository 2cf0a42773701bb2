import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, put, putUser, quarantined } from '../eventDraft';
import { severityOf, storable } from '../vendorValues';
import { ignored, startDraft } from './draft';
import { count } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * Microsoft Defender Antivirus on the machine itself (Windows Defender/Operational): what it found and what it
 * did about it, and attack surface reduction rules that fired, as alerts. `Process Name` is the process that
 * touched the file, `Path` what was found.
 */
export function normaliseDefender(record: WindowsRecord): NormalisedRecord {
  const what = ALERTS[record.eventId];
  if (what === undefined) return ignored(record);
  const draft = startDraft(record, 'alert');
  if (typeof draft === 'string') return quarantined(draft);
  const rule = field(record, 'Threat Name');
  draft['rule.name'] = rule ?? what;
  put(draft, 'rule.id', field(record, 'Threat ID') ?? field(record, 'ID'));
  put(draft, 'event.id', field(record, 'Detection ID'));
  put(draft, 'event.severity', severity(record));
  const image = field(record, 'Process Name');
  if (image !== undefined && image !== 'Unknown') draft['process.executable'] = image;
  putUser(draft, field(record, 'Detection User') ?? field(record, 'User'));
  setFound(draft, field(record, 'Path'));
  const parts = [
    what,
    field(record, 'Category Name'),
    field(record, 'Action Name'),
    field(record, 'Target Commandline'),
  ];
  draft.message = parts.filter((part) => part !== undefined && part !== rule).join(', ');
  return event(draft);
}

/** Event numbers that are alerts, and what they say. */
const ALERTS: Readonly<Record<number, string>> = {
  1006: 'malware was found by a scan',
  1007: 'malware was acted upon',
  1008: 'acting upon malware failed',
  1015: 'suspicious behaviour was found',
  1116: 'malware was found',
  1117: 'malware was acted upon',
  1118: 'acting upon malware failed',
  1119: 'acting upon malware failed critically',
  1121: 'an attack surface reduction rule blocked an operation',
  1122: 'an attack surface reduction rule would have blocked an operation',
  1123: 'controlled folder access blocked a change',
  1124: 'controlled folder access would have blocked a change',
};

/** A field by its name, which some collectors write without its blanks. */
function field(record: WindowsRecord, name: string): string | undefined {
  const { data } = record;
  const value = data[name] ?? data[name.replaceAll(' ', '_')] ?? data[name.replaceAll(' ', '')];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value !== '-' ? storable(value) : undefined;
}

/** Severity numbers of Defender: 1 low, 2 moderate, 4 high, 5 severe. Rules that blocked say none: medium. */
function severity(record: WindowsRecord): number | undefined {
  const name = field(record, 'Severity Name');
  const known = name === undefined ? undefined : severityOf(name);
  return (
    known ?? BY_NUMBER.get(field(record, 'Severity ID') ?? '') ?? (record.eventId >= 1121 ? 47 : undefined)
  );
}

const BY_NUMBER: ReadonlyMap<string, number> = new Map([
  ['1', 21],
  ['2', 47],
  ['4', 73],
  ['5', 99],
]);

/**
 * `file:_C:\a.exe; webfile:_C:\a.exe|https://…|pid:1,ProcessStart:2; process:_pid:3,ProcessStart:4`: the first
 * file, its address, the first process. A rule's Path is the bare path.
 */
function setFound(draft: OpenDraft, found: string | undefined): void {
  if (found === undefined) return;
  for (const part of found.split(';').slice(0, PARTS_MAX)) {
    const entry = part.trim();
    const mark = entry.indexOf(':_');
    const kind = mark < 0 ? 'file' : entry.slice(0, mark);
    const [path = '', ...rest] = (mark < 0 ? entry : entry.slice(mark + 2)).split('|');
    if (kind === 'process' || rest.length > 0) {
      const pid = count(/pid:(\d{1,10})/.exec(entry)?.[1]);
      if (pid !== undefined) draft['process.pid'] ??= pid;
    }
    const url = rest.find((one) => /^https?:/i.test(one));
    if (url !== undefined) draft['url.full'] ??= url;
    if (FILES.has(kind) && path !== '') draft['file.path'] ??= path.replace(/->.*$/s, '');
  }
}

const PARTS_MAX = 200;
const FILES: ReadonlySet<string> = new Set(['file', 'containerfile', 'webfile']);
