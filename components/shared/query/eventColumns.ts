import type { EventView } from '@/lib/contracts/events';
import { type QuerySource, queryField } from '@/lib/query/fields';
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
  if (text === undefined || source.from === 'field') return text;
  if (source.from === 'domain') return hostOf(text);
  const name = lastPart(text);
  if (source.from === 'name') return name;
  const file = withoutStream(name);
  return source.from === 'fileName' ? file : ending(file);
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

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

/** A file's name without the alternate data stream in it. */
function withoutStream(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(0, colon);
}

function ending(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? undefined : name.slice(dot + 1);
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname || undefined : undefined;
}
