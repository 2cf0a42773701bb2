import type { Micros } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, quarantined, startEvent } from '../eventDraft';
import type { ExportFormat, VendorRecord } from '../exportFormat';
import { textOf } from '../vendorValues';
import { unwrap, WRAPPERS_MAX } from '../wrappers';
import { createConditions } from './conditions';
import { createTimeReader, type TimeReader } from './mappedTime';
import { createSetter, type ValueOf } from './mappedValues';
import type { MappedField, Mapping } from './mapping';
import { leafAt } from './recordPaths';

/** Format ids of mappings begin with it. */
export const MAPPING_PREFIX = 'mapping:';

/**
 * The formats of saved mappings, in the order they are to be asked: of two that both fit a record, the one
 * that asks for more of it comes first.
 */
export function mappedFormats(mappings: readonly Mapping[]): readonly ExportFormat[] {
  return [...mappings]
    .sort((a, b) => b.shape.length - a.shape.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map(mappedFormat);
}

/** A mapping as a format: recognised by its shape, every record accounted for. */
export function mappedFormat(mapping: Mapping): ExportFormat {
  const { id, name, version, shape } = mapping;
  const normalise = createMapper(mapping);
  return {
    id: `${MAPPING_PREFIX}${id}`,
    title: `${name} (mapping, version ${version})`,
    layouts: ['json', 'csv', 'xml', 'lines'],
    shape: `the ${shape.length} fields of the mapping ${name}, version ${version}`,
    fits: (record) => shape.length > 0 && shape.every((path) => leafAt(record, path) !== undefined),
    normalise: (record) => normalise(layerOf(mapping, record)),
  };
}

/** The record, or what is wrapped in it where only that has the time. */
function layerOf(mapping: Mapping, record: VendorRecord): VendorRecord {
  const time = mapping.fields['@timestamp'];
  let inner: VendorRecord | undefined = record;
  for (let layer = 0; time !== undefined && inner !== undefined && layer <= WRAPPERS_MAX; layer++) {
    if (leafAt(inner, time) !== undefined) return inner;
    inner = unwrap(inner);
  }
  return record;
}

function createMapper(mapping: Mapping): (record: VendorRecord) => NormalisedRecord {
  const { fields, constants } = mapping;
  const time = createTimeReader(mapping.time);
  const put = createSetter(
    new Set([...Object.keys(fields), ...Object.keys(constants)] as MappedField[]),
    time,
  );
  const kindOf = createConditions(mapping);
  const channel = `Mapped/${mapping.name}`;
  return (record) => {
    const given: ValueOf = (field) => {
      const path = fields[field];
      const value = path === undefined ? undefined : leafAt(record, path);
      return value ?? constants[field];
    };
    const code = textOf(given('event.code'));
    const kind = kindOf(record);
    if (kind === undefined || kind === 'ignored') return ignored(`${mapping.name} ${code ?? 'of no rule'}`);
    const draft = startEvent({
      kind,
      host: textOf(given('host.name')),
      deviceId: textOf(given('host.id')),
      time: readTime(mapping, record, given, time),
      channel: kind === 'alert' ? `${channel}/Alerts` : channel,
      code: code ?? kind,
    });
    if (typeof draft === 'string') return quarantined(explain(draft, mapping, given));
    put(draft, given);
    moveObject(kind, draft);
    const lack = lackOf(kind, draft);
    return lack === undefined ? event(draft) : quarantined(`${code ?? kind}: a ${kind} without ${lack}`);
  };
}

/**
 * Products with one member for whatever was acted on (`Path`, `Target`, `Domain`) have it mapped once; what it
 * is depends on the kind.
 */
function moveObject(kind: EventKind, draft: OpenDraft): void {
  const move = OBJECTS.find(([start]) => kind.startsWith(start));
  if (move === undefined) return;
  const [, from, to] = move;
  if (draft[to] !== undefined || draft[from] === undefined) return;
  draft[to] = draft[from];
  delete draft[from];
}

const OBJECTS = [
  ['registry_', 'file.path', 'registry.path'],
  ['image_load', 'file.path', 'dll.path'],
  ['pipe_', 'file.path', 'pipe.name'],
  ['dns_query', 'destination.domain', 'dns.question.name'],
] as const;

function readTime(
  mapping: Mapping,
  record: VendorRecord,
  given: ValueOf,
  time: TimeReader,
): Micros | undefined {
  const { date } = mapping.time;
  if (date === undefined) return time(given('@timestamp'));
  // A date that the record lacks must not leave a time of day to be read alone.
  return time(given('@timestamp'), leafAt(record, date) ?? '');
}

/** Where to look when time or host are missing: the path that was asked, and what stood there. */
function explain(refusal: string, { fields }: Mapping, given: ValueOf): string {
  const field: MappedField = refusal.includes('no time') ? '@timestamp' : 'host.name';
  const path = fields[field];
  if (path === undefined) return `${refusal} (no field is mapped to ${field})`;
  const value = textOf(given(field));
  return value === undefined
    ? `${refusal} ("${path}" is empty)`
    : `${refusal} ("${path}" is ${JSON.stringify(value.slice(0, 60))})`;
}

/** What an event of a kind must name to be of use; undefined when it does. */
function lackOf(kind: EventKind, draft: OpenDraft): string | undefined {
  const needs = NEEDS.get(kind);
  return needs === undefined || needs.some((field) => draft[field] !== undefined)
    ? undefined
    : needs.join(' or ');
}

const PROCESS = ['process.executable', 'process.command_line', 'process.entity_id', 'process.pid'] as const;
const REGISTRY = ['registry.path'] as const;
const FILE = ['file.path'] as const;
const PIPE = ['pipe.name'] as const;

/** One of the fields named is enough. Kinds that are not here need nothing beyond time and host. */
const NEEDS: ReadonlyMap<EventKind, readonly (keyof OpenDraft)[]> = new Map<
  EventKind,
  readonly (keyof OpenDraft)[]
>([
  ['process_start', PROCESS],
  ['process_end', PROCESS],
  ['file_create', FILE],
  ['file_rename', FILE],
  ['file_delete', FILE],
  ['file_stream', FILE],
  ['file_access', FILE],
  ['file_time', FILE],
  ['network_connect', ['destination.ip', 'destination.domain', 'source.ip', 'url.full']],
  ['dns_query', ['dns.question.name']],
  ['image_load', ['dll.path']],
  ['registry_add', REGISTRY],
  ['registry_set', REGISTRY],
  ['registry_delete', REGISTRY],
  ['registry_rename', REGISTRY],
  ['registry_access', REGISTRY],
  ['pipe_create', PIPE],
  ['pipe_connect', PIPE],
  ['script_block', ['powershell.script_block_text']],
  ['alert', ['rule.name', 'message', 'rule.id']],
]);
