import { formatMicros } from '../../base/time';
import type { LogRecord } from '../../events/record';
import type { SigmaRecord, SigmaSource } from '../record';
import { type FieldValue, type Logsource, UNKNOWN } from '../rule';
import { aliasesOf } from './aliases';
import { categoriesOfClass, type Variant } from './categories';
import { addTexts, fieldValue, looseName, ownReader } from './fieldText';
import { timeOfLog } from './logTime';
import { type PublishedFields, publishedFields } from './publishedFields';
import { CHANNELS_OF_SERVICE, knownChannel } from './services';

/** What a class of Windows records is; `eventId` undefined for what is left of a channel, or of all channels. */
export type WindowsClass = {
  readonly channel: string;
  readonly eventId: number | undefined;
  readonly variant: Variant | undefined;
};

const NONE: ReadonlySet<string> = new Set();
const NO_ALIASES: ReadonlyMap<string, LogReader> = new Map();

type LogReader = (record: LogRecord) => FieldValue;

/** How rules see the records of one class of the Windows event log. */
export function windowsSource(key: string, title: string, of: WindowsClass): SigmaSource {
  const lower = of.channel.toLowerCase();
  const services = knownChannel(lower)?.services ?? NONE;
  const categories = new Set(
    of.eventId === undefined ? [] : categoriesOfClass(lower, of.eventId, of.variant),
  );
  const aliases = of.eventId === undefined ? NO_ALIASES : aliasesOf(lower, of.eventId);
  const published: PublishedFields = of.eventId === undefined ? {} : publishedFields(lower, of.eventId);
  const source: SigmaSource = {
    key,
    title,
    takes: (logsource) => takes(logsource, lower, services, categories),
    reader: (field) => {
      const loose = looseName(field);
      // A record's line of that name is meant, unless the name is the System part's own.
      const alias = field === 'Provider_Name' ? undefined : aliases.get(loose);
      const read = alias ?? SYSTEM.get(loose);
      if (read !== undefined) return ofLog(read);
      if (NOT_KEPT.has(loose)) return ofLog(notKept(field));
      if (published.never?.has(loose) || published.only?.has(loose) === false) return undefined;
      const own = ownReader(field);
      return ofLog((record) => own(record.data));
    },
    values: ({ log }) => (log === undefined ? [] : everyText(log)),
  };
  CLASSES.set(source, of);
  return source;
}

const CLASSES = new WeakMap<SigmaSource, WindowsClass>();

/** Which Windows records a class is about; undefined for events of products. */
export function windowsClassOf(source: SigmaSource): WindowsClass | undefined {
  return CLASSES.get(source);
}

function takes(
  { product, category, service }: Logsource,
  channel: string,
  services: ReadonlySet<string>,
  categories: ReadonlySet<string>,
): boolean {
  if (product !== undefined && product !== 'windows') return false;
  if (category !== undefined && !categories.has(category)) return false;
  if (service === undefined) return product !== undefined || category !== undefined;
  // A service that Sigma does not know may be a channel by its own name.
  return services.has(service) || (service === channel && !CHANNELS_OF_SERVICE.has(service));
}

function ofLog(read: LogReader): (record: SigmaRecord) => FieldValue {
  return ({ log }) => (log === undefined ? undefined : read(log));
}

/** The System part by Sigma's names. */
const SYSTEM: ReadonlyMap<string, LogReader> = new Map<string, LogReader>([
  ['eventid', (record) => String(record.eventId)],
  ['channel', (record) => record.channel],
  // Of some collectors' exports nothing tells the provider.
  ['providername', (record) => fieldValue(record.provider) ?? ownProvider(record.data) ?? UNKNOWN],
  ['computer', hostOf],
  ['computername', hostOf],
  ['hostname', (record) => ownHost(record.data) ?? hostOf(record)],
  ['eventrecordid', (record) => fieldValue(record.recordId)],
  ['timecreated', timeOf],
  ['systemtime', timeOf],
  ['timecreatedsystemtime', timeOf],
]);

const ownProvider = ownReader('Provider_Name');
const ownHost = ownReader('HostName');

function hostOf(record: LogRecord): FieldValue {
  return fieldValue(record.host);
}

/** When the record was written, in UTC, as Windows writes it in the System part. */
function timeOf(record: LogRecord): FieldValue {
  const time = timeOfLog(record);
  return time === undefined ? UNKNOWN : formatMicros(time);
}

/** Parts of System that few collectors keep: unknown where the record does not have them among its fields. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  'level',
  'keywords',
  'task',
  'opcode',
  'securityuserid',
  'correlationactivityid',
  'correlationrelatedactivityid',
  'executionprocessid',
  'executionthreadid',
  'providerguid',
]);

function notKept(field: string): LogReader {
  const own = ownReader(field);
  return (record) => own(record.data) ?? UNKNOWN;
}

function everyText(log: LogRecord): readonly string[] {
  const texts: string[] = [];
  const { data, envelope } = log;
  if (envelope === undefined) addTexts(texts, data);
  else for (const name in data) if (!envelope.has(name)) addTexts(texts, data[name], 1);
  addTexts(texts, log.message);
  addTexts(texts, log.provider);
  texts.push(log.channel, String(log.eventId));
  addTexts(texts, log.host);
  return texts;
}
