import type { EndpointEvent, EntityId, EventKind } from '../../events/endpointEvent';
import type { ProcessNode } from '../../lineage/lineage';
import type { Lists } from '../lists';
import type { HostFacts } from '../subject';
import type { PathIndex } from './pathIndex';

/** A process start that names a file, as image (`image`) or among its arguments. */
export type NamingStart = {
  readonly event: EndpointEvent;
  /** Canonical path it names. */
  readonly path: string;
  /** As written in the command line. */
  readonly written: string;
  readonly role: 'image' | 'argument';
  /** An environment variable or the working directory was put in to get the path. */
  readonly resolved: boolean;
};

/** A file event with its path in canonical form. */
export type FileEvent = {
  readonly event: EndpointEvent;
  readonly path: string;
  readonly stream: string | undefined;
};

/** One host's events, found by what relations ask for. All lists are in time order. */
export type HostIndex = HostFacts & {
  readonly events: readonly EndpointEvent[];
  readonly lists: Lists;
  readonly ofKind: (kind: EventKind) => readonly EndpointEvent[];
  /** What a process did (its own start not included). */
  readonly actsOf: (process: EntityId) => readonly EndpointEvent[];
  readonly startOf: (process: EntityId) => EndpointEvent | undefined;
  readonly nodeOf: (process: EntityId | undefined) => ProcessNode | undefined;
  /** The files one process start names: its image first, then its arguments. */
  readonly namingsOf: (start: EndpointEvent) => readonly NamingStart[];
  /** Process starts by the files they name; the tag tells image from argument. */
  readonly starts: PathIndex<NamingStart>;
  /** File events by the file they are on. */
  readonly files: PathIndex<FileEvent>;
  /** Renames by the path before. */
  readonly renames: PathIndex<FileEvent>;
  /** File events whose mark of the web names a file of this computer as referrer, by that file. */
  readonly referred: PathIndex<FileEvent>;
  /** File events inside an extraction folder that carries this archive's name. */
  readonly filesExtractedFrom: (archive: string) => readonly FileEvent[];
  /** Stream events by a browser family whose mark of the web says a page made the file (about:, blob:, data:). */
  readonly pageMade: (family: string) => readonly FileEvent[];
  /** File events that carry this SHA-256 of the file's content. */
  readonly filesOfHash: (sha256: string) => readonly FileEvent[];
  /** Files written in a folder (canonical, without closing backslash), not in those below it. */
  readonly filesIn: (folder: string) => readonly FileEvent[];
  /** Files a process wrote or renamed to. */
  readonly filesWrittenBy: (process: EntityId) => readonly FileEvent[];
  /** Events of a kind that share a trait of their processes: a session, a browser family, a person. */
  readonly ofKindWith: (kind: EventKind, trait: string) => readonly EndpointEvent[];
  /** Touches of the COM class of the shell's windows: a request to Explorer to start something. */
  readonly shellRequests: readonly EndpointEvent[];
  /** Browser family (edge, firefox, …) of a process, if it is a browser. */
  readonly browserFamily: (process: EntityId | undefined) => string | undefined;
};

/** Index of the first item at or after a time; items sorted by time. */
export function firstAtOrAfter(events: readonly EndpointEvent[], time: number): number;
export function firstAtOrAfter<Item>(
  items: readonly Item[],
  time: number,
  timeOf: (item: Item) => number,
): number;
export function firstAtOrAfter<Item>(
  items: readonly Item[],
  time: number,
  timeOf: (item: Item) => number = (item) => (item as EndpointEvent).time,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && timeOf(item) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
