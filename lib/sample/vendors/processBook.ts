import type { EndpointEvent, EntityId } from '../../events/endpointEvent';

/** What a story's events tell of one process, so that each product can name it in its own way. */
export type BookedProcess = {
  readonly entityId: EntityId;
  readonly pid: number;
  readonly image: string;
  readonly commandLine: string;
  /** Micros. A process that was there before the story started an hour before it. */
  readonly startedAt: number;
  readonly user: string;
  readonly domain: string;
  readonly sha256: string;
  readonly integrity: string;
  readonly parent: EntityId | undefined;
};

/** The processes of a story of one host, by entity id. */
export type ProcessBook = {
  readonly of: (event: EndpointEvent) => BookedProcess;
  readonly get: (id: EntityId | undefined) => BookedProcess | undefined;
};

const HOUR = 3_600_000_000;

/** Reads the book out of a story's events; every process that acts or is named as a parent is in it. */
export function bookOf(events: readonly EndpointEvent[]): ProcessBook {
  const book = new Map<EntityId, BookedProcess>();
  const begin = Math.min(...events.map((event) => event.time)) - HOUR;
  for (const event of events) {
    const parent = event['process.parent.entity_id'];
    if (parent !== undefined && !book.has(parent)) {
      book.set(parent, {
        entityId: parent,
        pid: event['process.parent.pid'] ?? 1,
        image: event['process.parent.executable'] ?? '',
        commandLine: event['process.parent.command_line'] ?? '',
        startedAt: begin,
        ...account(event),
        sha256: '',
        integrity: 'medium',
        parent: undefined,
      });
    }
    const id = event['process.entity_id'];
    if (id === undefined || (book.has(id) && event.kind !== 'process_start')) continue;
    book.set(id, {
      entityId: id,
      pid: event['process.pid'] ?? 1,
      image: event['process.executable'] ?? '',
      commandLine: event['process.command_line'] ?? '',
      startedAt: event.kind === 'process_start' ? event.time : begin,
      ...account(event),
      sha256: event['process.hash.sha256'] ?? '',
      integrity: event['process.integrity_level'] ?? 'medium',
      parent,
    });
  }
  return {
    get: (id) => (id === undefined ? undefined : book.get(id)),
    of(event) {
      const process = book.get(event['process.entity_id'] as EntityId);
      if (process === undefined) throw new Error(`the story's ${event.kind} names no process`);
      return process;
    },
  };
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

/**
 * The mark of the web of each file, which some products keep on the file's own event: the stream that the
 * story wrote right after it.
 */
export function marksOf(events: readonly EndpointEvent[]): ReadonlyMap<string, EndpointEvent> {
  const marks = new Map<string, EndpointEvent>();
  for (const event of events) {
    const path = event['file.path'];
    if (event.kind === 'file_stream' && path !== undefined)
      marks.set(path.replace(/:Zone\.Identifier$/, ''), event);
  }
  return marks;
}

function account(event: EndpointEvent): { readonly user: string; readonly domain: string } {
  return { user: event['user.name'] ?? '', domain: event['user.domain'] ?? '' };
}
