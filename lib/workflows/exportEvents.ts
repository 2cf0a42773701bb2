import { AppError } from '../base/appError';
import { formatMicros, micros } from '../base/time';
import { type QueryField, queryField } from '../query/fields';
import { valuesOf } from '../query/values';
import { type EventFilter, hostsToSearch } from '../storage/eventFilter';
import { type EventKey, type FoundEvent, findEventKeys, loadEvents } from '../storage/events';
import { changeStamp } from '../storage/hosts';
import { csvLine } from './csvLine';
import { type EventScope, toEventFilter } from './eventScope';
import { toEventView } from './eventView';

export type EventExport = {
  readonly name: string;
  readonly type: string;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

type Format = 'csv' | 'json' | 'ndjson';

const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};

const DEFAULT_COLUMNS =
  '@timestamp,host.name,event.kind,event.dataset,event.code,user.name,process.executable,process.command_line,process.pid,process.entity_id,process.parent.executable,file.path,destination.ip,destination.port,destination.domain,dns.question.name,registry.path,registry.data,_id';

/** Events written at once, and events found in one search: their names are small, and a search may read all there is. */
const PAGE = 1000;
const FOUND_AT_ONCE = 50_000;

const CHANGED =
  'The export was broken off: an import or a correlation changed the hosts it reads, so that the rest could lack events or hold them twice. Export again when no import is at work.';

/**
 * All events that match, written page by page as they are taken: memory is one page and the names of those found. The
 * first are found before this returns, so that a query that cannot be answered is refused and not a broken file. A file
 * that could not be ended says so in its last line, and its download fails. Throws `bad_request`, `too_large`.
 */
export async function exportEvents(
  query: EventScope & {
    readonly format: Format;
    readonly order?: 'newest' | 'oldest' | undefined;
    readonly columns?: string | undefined;
  },
): Promise<EventExport> {
  const columns = readColumns(query.columns ?? DEFAULT_COLUMNS);
  const newestFirst = query.order !== 'oldest';
  const filter = await toEventFilter(query);
  const hostIds = await hostsToSearch(filter);
  const stamp = await changeStamp(hostIds);
  const first = await findEventKeys(filter, { limit: FOUND_AT_ONCE, newestFirst });
  const stillSame = async () => (await changeStamp(hostIds)) === stamp;
  return {
    name: `${nameOf(query)}.${query.format}`,
    type: TYPES[query.format],
    content: written(pages(filter, newestFirst, first, stillSame), query.format, columns),
  };
}

/**
 * Each search goes on at the time and id the one before ended with, which correlation may move meanwhile: once hosts
 * have changed, what would follow could lack events or hold them twice. Throws `conflict` instead.
 */
async function* pages(
  filter: EventFilter,
  newestFirst: boolean,
  first: readonly EventKey[],
  stillSame: () => Promise<boolean>,
): AsyncGenerator<readonly FoundEvent[], void, undefined> {
  for (let keys = first; keys.length > 0; ) {
    for (let at = 0; at < keys.length; at += PAGE) yield await loadEvents(keys.slice(at, at + PAGE));
    const after = keys.at(-1);
    if (keys.length < FOUND_AT_ONCE || after === undefined) return;
    keys = await findEventKeys(filter, { limit: FOUND_AT_ONCE, newestFirst, after });
    if (!(await stillSame())) throw new AppError('conflict', CHANGED);
  }
}

async function* written(
  found: AsyncIterable<readonly FoundEvent[]>,
  format: Format,
  columns: readonly QueryField[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder();
  // Names of ours, as programs expect them: nothing in them to be made harmless.
  if (format === 'csv') yield bytes.encode(`${columns.map((column) => column.name).join(',')}\r\n`);
  if (format === 'json') yield bytes.encode('[');
  let separator = '\n';
  try {
    for await (const page of found) {
      if (page.length === 0) continue;
      if (format === 'csv') {
        yield bytes.encode(page.map((event) => csvLine(cellsOf(event, columns))).join(''));
        continue;
      }
      const items = page.map((event) => JSON.stringify(toEventView(event)));
      yield bytes.encode(format === 'json' ? separator + items.join(',\n') : `${items.join('\n')}\n`);
      separator = ',\n';
    }
  } catch (error) {
    if (error instanceof AppError) yield bytes.encode(lastLine(format, separator, error.message));
    throw error;
  }
  if (format === 'json') yield bytes.encode('\n]\n');
}

/** Why a file ends before its end; a JSON array is left open, so that no program takes it for whole. */
function lastLine(format: Format, separator: string, error: string): string {
  if (format === 'csv') return csvLine([error]);
  return format === 'json' ? separator + JSON.stringify({ error }) : `${JSON.stringify({ error })}\n`;
}

/** Of a word for several fields, the first that the event has. */
function cellsOf(found: FoundEvent, columns: readonly QueryField[]): readonly string[] {
  const context = { hostNames: [found.canonical.name], imports: [found.importId] };
  return columns.map((column) => {
    const [value] = column.sources.flatMap((source) => valuesOf(source, found.event, context));
    if (value === undefined) return '';
    return column.type === 'time' && typeof value === 'number' ? formatMicros(micros(value)) : String(value);
  });
}

function readColumns(names: string): readonly QueryField[] {
  const columns = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return columns.map((name) => {
    const field = queryField(name);
    if (field === undefined)
      throw new AppError('bad_request', `There is no field "${name}" to make a column of.`, {
        errors: [{ path: 'columns', message: `${name} is not a field` }],
      });
    return field;
  });
}

/** What is in the file, as a file can be called. */
function nameOf({ q, host, kind, from, to }: EventScope): string {
  const parts = [host, kind, q, from, to].map((part) =>
    (part ?? '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40),
  );
  return ['events', ...parts.filter((part) => part !== '')].join('_').slice(0, 140);
}
