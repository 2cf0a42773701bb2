import type { QuerySource } from '../query/fields';
import { columnOf, EVENT_PROCESS } from './rows';

/**
 * SQL of the value an event (alias `e`) has of a source, NULL when it has none: the counterpart of
 * lib/query/values.ts. Of the host, channel and kind it is their number; imports are more than one value and have none.
 */
export function sourceSql(source: QuerySource): string {
  switch (source.from) {
    case 'field':
      return fieldSql(source.field);
    case 'name':
      return `NULLIF(${lastSegment(fieldSql(source.field))}, '')`;
    case 'fileName':
      return `NULLIF(${withoutStream(fieldSql(source.field))}, '')`;
    case 'extension': {
      const name = withoutStream(fieldSql(source.field));
      return `CASE WHEN strpos(${name}, '.') > 0 THEN NULLIF(split_part(${name}, '.', -1), '') END`;
    }
    case 'domain':
      return `NULLIF(substring(${fieldSql(source.field)} from ${URL_HOST}), '')`;
    case 'event':
      return PARTS[source.part];
  }
}

/** SQL of what values of a source are grouped by first: cheap for each event, with few different values. */
export function rawSql(source: QuerySource): string {
  return source.from === 'name' ? fieldSql(source.field) : sourceSql(source);
}

/** SQL of the value that a group of rawSql stands for, given the SQL of the group as text; names of kinds are ours. */
export function shownSql(source: QuerySource, raw: string): string {
  if (source.from === 'name') return `NULLIF(${lastSegment(raw)}, '')`;
  if (source.from === 'event' && source.part === 'channel')
    return `(SELECT c.name FROM channels c WHERE c.id = ${raw}::int)`;
  return raw;
}

/** SQL of what a field of a record is stored in; a process is the one the event was attributed to. */
export function fieldSql(field: Parameters<typeof columnOf>[0]): string {
  return field === 'process.entity_id' ? EVENT_PROCESS : `e.${columnOf(field)}`;
}

const PARTS = {
  time: 'e.time',
  recorded: 'e.recorded',
  id: 'e.id::text',
  kind: 'e.kind',
  code: 'e.code',
  host: 'e.host_id',
  channel: 'e.channel_id',
  record: 'e.record_id',
  import: 'e.import_id',
} as const;

/** As in lib/query/values.ts. */
const URL_HOST = String.raw`'^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)'`;

function lastSegment(path: string): string {
  return String.raw`split_part(replace(${path}, '/', '\'), '\', -1)`;
}

function withoutStream(path: string): string {
  return `split_part(${lastSegment(path)}, ':', 1)`;
}
