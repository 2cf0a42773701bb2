import type { EventView } from '@/lib/contracts/events';
import { type QuerySource, queryField } from '@/lib/query/fields';
import { derivedValue } from '@/lib/query/values';
import { KIND_WORDS } from '../timeline/markShape';
import { fieldText, whatHappened } from './whatHappened';

/** A column of what happened in one line: not a field, but the telling fields of each kind. */
export const WHAT = 'what';

export const DEFAULT_COLUMNS: readonly string[] = [
  '@timestamp',
  'host.name',
  'event.kind',
  'process.name',
  'user.name',
  WHAT,
];

/** What a cell shows of an event: a field's value, kinds in words; undefined where the record did not say. */
export function columnText(event: EventView, column: string): string | undefined {
  if (column === WHAT) return whatHappened(event);
  return column === 'event.kind' ? KIND_WORDS[event.kind] : columnValue(event, column);
}

/** The value of a field as a query would name it; with several sources the first that has one. */
export function columnValue(event: EventView, column: string): string | undefined {
  for (const source of queryField(column)?.sources ?? []) {
    const value = sourceValue(event, source);
    if (value !== undefined) return value;
  }
  return undefined;
}

function sourceValue(event: EventView, source: QuerySource): string | undefined {
  if (source.from === 'event') return PARTS[source.part](event);
  const text = fieldText(event, source.field);
  // By the query's own rule: a cell shows what a search for it finds.
  return text === undefined || source.from === 'field' ? text : derivedValue(source.from, text);
}

const PARTS: Readonly<
  Record<Extract<QuerySource, { from: 'event' }>['part'], (event: EventView) => string | undefined>
> = {
  time: (event) => event.time,
  recorded: (event) => event.recorded,
  id: (event) => event.id,
  kind: (event) => event.kind,
  code: (event) => event.code,
  host: (event) => event.host,
  channel: (event) => event.channel,
  record: (event) => (event.recordId === null ? undefined : String(event.recordId)),
  import: (event) => event.importId,
};

/** Columns of a CSV: what happened stands for the fields it is told from. */
export function exportColumns(columns: readonly string[]): string[] {
  return [...new Set(columns.flatMap((column) => (column === WHAT ? TOLD_FROM : [column])))];
}

const TOLD_FROM = [
  'process.command_line',
  'file.path',
  'destination.domain',
  'destination.ip',
  'destination.port',
  'dns.question.name',
  'registry.path',
];

/** Width of a column as CSS grid takes it. */
export function columnWidth(column: string): string {
  if (column === WHAT) return 'minmax(320px, 3fr)';
  if (column === '@timestamp' || column === 'event.created') return '176px';
  if (/\.(port|pid|code)$|zone_identifier|severity/.test(column)) return '76px';
  if (/\.ip$/.test(column)) return '132px';
  if (/entity_id|hash|imphash|_id$|\.id$/.test(column)) return 'minmax(180px, 1fr)';
  if (/command_line|path|executable|script_block|url|message|referrer/.test(column))
    return 'minmax(240px, 2fr)';
  return 'minmax(120px, 1fr)';
}

/** Heading of a column: fields by their own name, so that it is what one types. */
export function columnTitle(column: string): string {
  if (column === WHAT) return 'What happened';
  return column === '@timestamp' ? 'Time' : column;
}
