import { canonicalJson } from '../../base/canonicalJson';
import { cutText } from '../../base/cutText';
import type { Digest } from '../../base/digest';
import { remember } from '../../base/remember';
import { type Micros, micros } from '../../base/time';
import { eventId, idOfContent } from '../../events/eventId';
import { normaliseHostName } from '../../events/hostName';
import type { LogRecord, NormalisedRecord } from '../../events/record';
import type { SigmaRecord, SigmaSource } from '../record';
import type { FieldValue } from '../rule';
import { UNKNOWN } from '../rule';
import { fieldValue, firstText } from './fieldText';
import { timeOfLog } from './logTime';
import { sayingOf } from './saying';

/** What a hit says of where and when it was, and which process it is about. Absent parts the record did not say. */
export type HitFacts = {
  /** As `host` of an event: lower case. */
  readonly host: string;
  readonly time: Micros;
  /** As `process.entity_id` of an event: lower case, without braces. */
  readonly entityId?: string;
  readonly pid?: number;
  readonly image?: string;
  readonly commandLine?: string;
  readonly user?: string;
};

const TEXT_MAX = 1000;
const COMMAND_LINE_MAX = 8192;

/**
 * Where a record stands and which process it is about; of what one process did to another (Sysmon 8 and 10) the one that
 * did it. Of an event the event says it, so that a hit and the event agree. Texts can be stored as they are.
 */
export function hitFacts(record: SigmaRecord): HitFacts {
  const { event, log, source } = record;
  const read = readersOf(source);
  const time = event?.recorded ?? (log === undefined ? undefined : timeOfLog(log)) ?? micros(0);
  const entityId = event?.['process.entity_id'] ?? entityIdOf(read.entityId(record));
  const pid = event?.['process.pid'] ?? pidOf(read.pid(record));
  const image = event?.['process.executable'] ?? read.image(record);
  const commandLine = event?.['process.command_line'] ?? read.commandLine(record);
  const user = read.user(record);
  return {
    host: hostOfRecord(record),
    time,
    ...(entityId === undefined ? {} : { entityId }),
    ...(pid === undefined ? {} : { pid }),
    ...(image === undefined ? {} : { image: told(image, TEXT_MAX) }),
    ...(commandLine === undefined ? {} : { commandLine: told(commandLine, COMMAND_LINE_MAX) }),
    ...(user === undefined ? {} : { user: told(user, TEXT_MAX) }),
  };
}

/** The machine of a record, as events name it; empty where nothing names one. */
export function hostOfRecord({ event, log }: SigmaRecord): string {
  return event?.host ?? (log === undefined ? undefined : hostOfLog(log)) ?? '';
}

/** The machine of a record of a log, as events name it; undefined where the record names none. */
export function hostOfLog({ host }: LogRecord): string | undefined {
  return typeof host === 'string' ? hostNamed(host) : undefined;
}

/** Asked for every record, of a few machines. */
const hostNamed = remember((host): string | undefined => {
  const name = normaliseHostName(host);
  return name === '' || name === '-' ? undefined : storable(name);
});

type TextReader = (record: SigmaRecord) => string | undefined;

type Readers = Readonly<Record<'entityId' | 'pid' | 'image' | 'commandLine' | 'user', TextReader>>;

const READERS = new WeakMap<SigmaSource, Readers>();

function readersOf(source: SigmaSource): Readers {
  const known = READERS.get(source);
  if (known !== undefined) return known;
  const readers: Readers = {
    entityId: firstOf(source, 'SourceProcessGuid', 'ProcessGuid'),
    // 4688 names the process that started apart from the one that started it.
    pid: firstOf(source, 'NewProcessId', 'SourceProcessId', 'ProcessId'),
    image: firstOf(source, 'SourceImage', 'Image', 'ProcessName'),
    commandLine: firstOf(source, 'CommandLine'),
    user: firstOf(source, 'SourceUser', 'User', 'SubjectUserName', 'TargetUserName'),
  };
  READERS.set(source, readers);
  return readers;
}

/** The first of the fields that says something. */
function firstOf(source: SigmaSource, ...fields: readonly string[]): TextReader {
  const readers = fields.map((field) => source.reader(field)).filter((read) => read !== undefined);
  return (record) => {
    for (const read of readers) {
      const text = firstText(read(record));
      if (text !== undefined && text !== '' && text !== '-') return text;
    }
    return undefined;
  };
}

function entityIdOf(guid: string | undefined): string | undefined {
  const bare = guid?.replace(/^\{|\}$/g, '').toLowerCase();
  return bare === undefined || bare.length < 32 || bare.startsWith('00000000-0000-0000-0000-0000')
    ? undefined
    : told(bare, 100);
}

function pidOf(text: string | undefined): number | undefined {
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(number) && number > 0 && number < 2 ** 32 ? number : undefined;
}

/** Cut, and without what PostgreSQL cannot hold: as `storable` of the formats. */
function told(text: string, length: number): string {
  return storable(cutText(text, length));
}

function storable(text: string): string {
  const whole = (text as WellFormable).toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\u2400') : whole;
}

/** ES2024; in every Node we support. */
type WellFormable = string & { toWellFormed(): string };

/**
 * The record's values of some fields, for correlation and for baselines: several texts joined by `;`, each value cut to
 * 1,000 characters. What the record does not have, or could not have, is left out.
 */
export function fieldsOf(record: SigmaRecord, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const name of names) {
    const text = joined(record.source.reader(name)?.(record));
    if (text !== undefined) found[name] = told(text, TEXT_MAX);
  }
  return found;
}

function joined(value: FieldValue): string | undefined {
  if (value === undefined || value === UNKNOWN) return undefined;
  return typeof value === 'string' ? value : value.join(';');
}

/**
 * The UUID of a record for its hits: of an event the event's own id, of a record that became none one made in the same
 * way of what it says, so that the same record in any file, order or container has the same.
 */
export function recordKey(outcome: NormalisedRecord, digest: Digest): string {
  if (outcome.outcome === 'event') return eventId(outcome.event, digest);
  const written = outcome.outcome === 'ignored' ? outcome.written : undefined;
  const time = written === undefined ? undefined : timeOfLog(written);
  if (written === undefined) return idOfContent(micros(0), canonicalJson(outcome), digest);
  const { channel, eventId: number, recordId } = written;
  const place = [
    ...[hostOfLog(written) ?? '', channel.toLowerCase(), number],
    ...[fieldValue(recordId) ?? '', time ?? ''],
  ];
  return idOfContent(time ?? micros(0), canonicalJson([place, sayingOf(written)]), digest);
}
