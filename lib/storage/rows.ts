import { micros } from '../base/time';
import {
  type EndpointEvent,
  EVENT_KINDS,
  type EventId,
  type EventKind,
  NUMBER_FIELDS,
  type RecordedField,
  TEXT_FIELDS,
} from '../events/endpointEvent';
import type { Column, ColumnType, Value } from './copyBinary';

/** Columns whose name is not the field's name in snake case. */
const RENAMED: Partial<Record<RecordedField, string>> = {
  'file.Ext.original.path': 'file_original_path',
  // `host_id` is the number of our own host row.
  'host.id': 'host_id_text',
};

/** Column of a field: `process.parent.entity_id` → `process_parent_entity_id`. */
export function columnOf(field: RecordedField): string {
  return RENAMED[field] ?? field.replaceAll('.', '_').toLowerCase();
}

/** Where an event's record stands and its text is kept. */
export type EventPlace = {
  readonly importId: number;
  /** Number of the import's member and of the record within it. */
  readonly member: number;
  readonly recordIndex: number;
  /** Raw chunk that holds the text; absent when the upload itself can be opened at `rawAt`. */
  readonly rawChunk?: number;
  readonly rawAt: number;
  readonly rawLength: number;
};

/** An event ready to be stored. */
export type EventRow = {
  readonly event: EndpointEvent;
  readonly hostId: number;
  readonly channelId: number;
  readonly place: EventPlace;
};

const FIXED: readonly Column[] = [
  { name: 'id', type: 'uuid' },
  { name: 'time', type: 'int8' },
  { name: 'recorded', type: 'int8' },
  { name: 'reported', type: 'int8' },
  { name: 'record_id', type: 'int8' },
  { name: 'host_id', type: 'int4' },
  { name: 'import_id', type: 'int4' },
  { name: 'member', type: 'int4' },
  { name: 'record_index', type: 'int4' },
  { name: 'kind', type: 'int2' },
  { name: 'channel_id', type: 'int4' },
  { name: 'sensor_clock', type: 'bool' },
  { name: 'code', type: 'text' },
];

const RAW: readonly Column[] = [
  { name: 'raw_at', type: 'int8' },
  { name: 'raw_length', type: 'int4' },
  { name: 'raw_chunk', type: 'int4' },
];

/** Number fields beyond 32 bits. */
const LONG_FIELDS: ReadonlySet<RecordedField> = new Set(['process.start', 'process.parent.start']);

const FIELDS: readonly { readonly field: RecordedField; readonly name: string; readonly type: ColumnType }[] =
  [
    ...NUMBER_FIELDS.map((field) => ({
      field,
      name: columnOf(field),
      type: LONG_FIELDS.has(field) ? ('int8' as const) : ('int4' as const),
    })),
    ...TEXT_FIELDS.map((field) => ({ field, name: columnOf(field), type: 'text' as const })),
  ];

/** All columns of `events`, in the order toValues gives them. */
export const EVENT_COLUMNS: readonly Column[] = [...FIXED, ...RAW, ...FIELDS];

/** The columns an event is rebuilt from, in the order toEvent takes them; where its text is kept is not among them. */
export const READ_COLUMNS: readonly Column[] = [
  ...FIXED,
  ...FIELDS,
  { name: 'attributed_entity_id', type: 'text' },
];

/** SQL of the process an event (alias `e`) belongs to: what correlation found, else what was recorded. */
export const EVENT_PROCESS = 'coalesce(e.attributed_entity_id, e.process_entity_id)';

const KIND_INDEX = new Map<EventKind, number>(EVENT_KINDS.map((kind, index) => [kind, index]));

/** Number under which a kind is stored: its place in EVENT_KINDS. */
export function kindNumber(kind: EventKind): number {
  return KIND_INDEX.get(kind) ?? -1;
}

/** The kind of a stored number; throws on a number this version does not know. */
export function kindOf(index: number): EventKind {
  const kind = EVENT_KINDS[index];
  if (kind === undefined) throw new Error(`unknown event kind ${index} in the database`);
  return kind;
}

/** The values of one row, in the order of EVENT_COLUMNS. A fresh array for each row. */
export function toValues(row: EventRow): readonly Value[] {
  const { event, place } = row;
  const values: Value[] = [
    event.id,
    event.time,
    event.recorded,
    event.reported,
    event.recordId,
    row.hostId,
    place.importId,
    place.member,
    place.recordIndex,
    kindNumber(event.kind),
    row.channelId,
    event.clock === 'source',
    event.code,
    place.rawAt,
    place.rawLength,
    place.rawChunk,
  ];
  for (let i = 0; i < FIELDS.length; i++) {
    const entry = FIELDS[i] as (typeof FIELDS)[number];
    const value = event[entry.field];
    // A number a vendor wrote beyond 32 bits is no pid and no port; its text stays in the raw record.
    values.push(entry.type === 'int4' && typeof value === 'number' && !fitsInt4(value) ? null : value);
  }
  return values;
}

function fitsInt4(value: number): boolean {
  return Number.isInteger(value) && value >= -2_147_483_648 && value <= 2_147_483_647;
}

export type StoredEvent = {
  readonly event: EndpointEvent;
  readonly hostId: number;
  readonly importId: number;
  readonly member: number;
  readonly recordIndex: number;
};

/**
 * An event from the values of READ_COLUMNS. `host` and `channel` turn stored numbers into names. `intern`
 * may return an equal string that is already held, so that a thousand events share one image path.
 */
export function toEvent(
  values: readonly Value[],
  names: {
    readonly host: (hostId: number) => string;
    readonly channel: (channelId: number) => string;
    readonly intern?: (text: string) => string;
    /** Give the process the event was attributed to; correlation itself must see only what was recorded. */
    readonly attributed?: boolean;
  },
): StoredEvent {
  const event: Record<string, unknown> = {
    id: values[0] as EventId,
    kind: kindOf(values[9] as number),
    time: micros(values[1] as number),
    clock: values[11] === true ? 'source' : 'record',
    recorded: micros(values[2] as number),
    host: names.host(values[5] as number),
    channel: names.channel(values[10] as number),
    code: values[12],
  };
  if (values[3] !== null) event.reported = values[3];
  if (values[4] !== null) event.recordId = values[4];
  for (let i = 0; i < FIELDS.length; i++) {
    const value = values[FIXED.length + i];
    if (value === null || value === undefined) continue;
    event[(FIELDS[i] as (typeof FIELDS)[number]).field] =
      typeof value === 'string' && names.intern !== undefined ? names.intern(value) : value;
  }
  const attributed = values[FIXED.length + FIELDS.length];
  if (names.attributed === true && typeof attributed === 'string') event['process.entity_id'] = attributed;
  return {
    event: event as unknown as EndpointEvent,
    hostId: values[5] as number,
    importId: values[6] as number,
    member: values[7] as number,
    recordIndex: values[8] as number,
  };
}

/** READ_COLUMNS as the list of a SELECT over the alias `e`. */
export const READ_LIST = READ_COLUMNS.map((column) => `e."${column.name}"`).join(', ');
