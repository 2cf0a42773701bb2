import { EVENT_KINDS, type RecordedField } from '../events/endpointEvent';
import { type QueryFieldType, RECORDED } from './recordedFields';

/** What an event itself is, beside what its record says. */
export type EventPart =
  | 'time'
  | 'recorded'
  | 'id'
  | 'kind'
  | 'code'
  | 'host'
  | 'channel'
  | 'record'
  | 'import';

/** Where the values of a field are taken from. */
export type QuerySource =
  | { readonly from: 'field'; readonly field: RecordedField }
  /** Last segment of a path. */
  | { readonly from: 'name'; readonly field: RecordedField }
  /** The same without an alternate data stream, and the ending of that. */
  | { readonly from: 'fileName' | 'extension'; readonly field: RecordedField }
  /** Host of a URL. */
  | { readonly from: 'domain'; readonly field: RecordedField }
  | { readonly from: 'event'; readonly part: EventPart };

/** A field the query language knows. */
export type QueryField = {
  /** ECS name, or a short word for one or several of them. */
  readonly name: string;
  readonly type: QueryFieldType;
  /** What it is, in one line. */
  readonly text: string;
  /** All values there are, where that is fixed. */
  readonly values?: readonly string[];
  /** Several: satisfied when the value of one of them satisfies. */
  readonly sources: readonly QuerySource[];
  /** Values are paths or the like: a backslash before a wildcard is a separator. */
  readonly path?: true;
  /** Values are running text, in which a value is looked for anywhere. */
  readonly prose?: true;
};

const recorded = (field: RecordedField): QuerySource => ({ from: 'field', field });
const part = (name: EventPart): QuerySource => ({ from: 'event', part: name });

/** The vendor's own `event.id` of RECORDED is joined with ours, below. */
const RECORDED_FIELDS: readonly QueryField[] = (Object.keys(RECORDED) as RecordedField[])
  .filter((field) => field !== 'event.id')
  .map((field) => ({ name: field, sources: [recorded(field)], ...RECORDED[field] }));

const OWN_FIELDS: readonly QueryField[] = [
  {
    name: '@timestamp',
    type: 'time',
    text: 'When it happened, on the host’s one clock',
    sources: [part('time')],
  },
  {
    name: 'event.created',
    type: 'time',
    text: 'The log’s own time, as recorded',
    sources: [part('recorded')],
  },
  {
    name: 'event.kind',
    type: 'keyword',
    text: 'What happened: process_start, file_create, network_connect, …',
    values: EVENT_KINDS,
    sources: [part('kind')],
  },
  {
    name: 'event.code',
    type: 'keyword',
    text: 'The vendor’s event number or type, e.g. 1 or 4688',
    sources: [part('code')],
  },
  {
    name: 'event.id',
    type: 'keyword',
    text: 'Id of the event, Sequela’s or the vendor’s',
    sources: [part('id'), recorded('event.id')],
  },
  { name: '_id', type: 'keyword', text: 'Sequela’s id of the event', sources: [part('id')] },
  {
    name: 'event.dataset',
    type: 'keyword',
    text: 'Windows channel or product stream the record is from',
    sources: [part('channel')],
  },
  {
    name: 'winlog.record_id',
    type: 'number',
    text: 'Number of the record in its log',
    sources: [part('record')],
  },
  { name: 'host.name', type: 'keyword', text: 'Host, by any of its names', sources: [part('host')] },
  { name: 'import.id', type: 'number', text: 'Import that brought the record', sources: [part('import')] },
  {
    name: 'process.name',
    type: 'text',
    text: 'File name of the image',
    sources: [{ from: 'name', field: 'process.executable' }],
  },
  {
    name: 'process.parent.name',
    type: 'text',
    text: 'File name of the parent’s image',
    sources: [{ from: 'name', field: 'process.parent.executable' }],
  },
  {
    name: 'Target.process.name',
    type: 'text',
    text: 'File name of the image of the process acted upon',
    sources: [{ from: 'name', field: 'Target.process.executable' }],
  },
  {
    name: 'file.name',
    type: 'text',
    text: 'Name of the file, without folder and alternate data stream',
    sources: [{ from: 'fileName', field: 'file.path' }],
  },
  {
    name: 'file.extension',
    type: 'text',
    text: 'Ending of the file’s name, without the dot',
    sources: [{ from: 'extension', field: 'file.path' }],
  },
  {
    name: 'dll.name',
    type: 'text',
    text: 'File name of the loaded library',
    sources: [{ from: 'name', field: 'dll.path' }],
  },
  {
    name: 'url.domain',
    type: 'text',
    text: 'Host of the URL that was asked for',
    sources: [{ from: 'domain', field: 'url.full' }],
  },
];

/** Short words people type, and the fields they stand for; with several, any of them. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  image: ['process.executable', 'process.name'],
  parent: ['process.parent.executable', 'process.parent.name'],
  cmd: ['process.command_line'],
  command_line: ['process.command_line'],
  path: ['file.path'],
  file: ['file.path', 'file.name'],
  ip: ['destination.ip', 'source.ip'],
  port: ['destination.port', 'source.port'],
  domain: ['destination.domain', 'dns.question.name', 'url.domain'],
  url: ['url.full', 'file.origin_url', 'file.origin_referrer_url'],
  user: ['user.name'],
  host: ['host.name'],
  pid: ['process.pid'],
  kind: ['event.kind'],
  code: ['event.code'],
  channel: ['event.dataset'],
  'event.channel': ['event.dataset'],
  'winlog.channel': ['event.dataset'],
  time: ['@timestamp'],
  hash: [
    'process.hash.sha256',
    'process.hash.sha1',
    'process.hash.md5',
    'process.pe.imphash',
    'file.hash.sha256',
    'file.hash.sha1',
    'file.hash.md5',
  ],
};

const FULL: readonly QueryField[] = [...OWN_FIELDS, ...RECORDED_FIELDS];

const SHORT_FIELDS: readonly QueryField[] = Object.entries(SHORT).map(([name, stands]) => {
  const fields = stands.flatMap((full) => FULL.filter((field) => field.name === full));
  const first = fields[0] as QueryField;
  return {
    name,
    type: first.type,
    text: `Short for ${stands.length > 3 ? `${stands.slice(0, 3).join(', ')}, …` : stands.join(' or ')}`,
    ...(first.values === undefined ? {} : { values: first.values }),
    ...(first.path === undefined ? {} : { path: first.path }),
    sources: fields.flatMap((field) => field.sources),
  };
});

/** Every field the language knows: what the event is, what its record says, and the short words. */
export const QUERY_FIELDS: readonly QueryField[] = [...FULL, ...SHORT_FIELDS];

const BY_NAME: ReadonlyMap<string, QueryField> = new Map(
  QUERY_FIELDS.map((field) => [field.name.toLowerCase(), field]),
);

/** The field of a name in any case; undefined when there is none. */
export function queryField(name: string): QueryField | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** The fields that free text is looked for in. */
export const FREE_TEXT_FIELDS: readonly RecordedField[] = [
  'process.command_line',
  'process.executable',
  'process.parent.executable',
  'process.parent.command_line',
  'user.name',
  'file.path',
  'destination.ip',
  'destination.domain',
  'dns.question.name',
  'dns.answers',
  'url.full',
  'registry.path',
  'registry.data',
  'dll.path',
  'pipe.name',
  'rule.name',
  'process.hash.sha256',
  'file.hash.sha256',
  'file.origin_url',
  'process.entity_id',
  'powershell.script_block_text',
  'message',
  'task.name',
  'task.command',
  'service.name',
  'service.command',
];
