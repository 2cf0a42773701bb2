import type { EndpointEvent, EntityId, EventId, EventKind } from '../events/endpointEvent';
import { canonicalPath, fileName } from '../events/paths';
import type { Lineage, ProcessNode } from '../lineage/lineage';
import type { Visibility } from '../visibility/visibility';
import { createDestinationJudge } from './destination';
import { filesNamedBy } from './fields';
import type { EnvironmentHistory } from './history';
import { type Lists, listOf } from './lists';
import { byNameOrShortName } from './shortNames';
import type { HostFacts } from './subject';

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
  /** Process starts that name a file of this name (lower case, without folder). */
  readonly startsNaming: (name: string) => readonly NamingStart[];
  /** File events on a file of this name (lower case, without folder and stream). */
  readonly filesNamed: (name: string) => readonly FileEvent[];
  /** File events whose mark of the web names this file as the referrer. */
  readonly filesReferredBy: (name: string) => readonly FileEvent[];
  /** File events inside an extraction folder that carries this archive's name. */
  readonly filesExtractedFrom: (archive: string) => readonly FileEvent[];
  /** Stream events whose mark of the web says a page made the file (about:, blob:, data:). */
  readonly pageMade: readonly FileEvent[];
  /** Touches of the COM class of the shell's windows: a request to Explorer to start something. */
  readonly shellRequests: readonly EndpointEvent[];
  /** Browser family (edge, firefox, …) of a process, if it is a browser. */
  readonly browserFamily: (process: EntityId | undefined) => string | undefined;
};

const FILE_KINDS: ReadonlySet<EventKind> = new Set([
  'file_create',
  'file_rename',
  'file_stream',
  'file_delete',
  'file_access',
]);

/** ShellWindows and ShellBrowserWindow: the COM classes by which a program has Explorer start another. */
const SHELL_CLASSES = ['9ba05972-f6a8-11cf-a442-00a0c90a8f39', 'c08afd90-f2a1-11d1-8455-00a0c91f3880'];

/**
 * Indexes one host. Input: its events sorted by compareEvents, on one clock, with their lineage and
 * visibility. One pass; memory grows with the events of the kinds given, not faster.
 */
export function indexHost(
  events: readonly EndpointEvent[],
  lineage: Lineage,
  visibility: Visibility,
  lists: Lists,
  history: EnvironmentHistory,
): HostIndex {
  const byKind = new Map<EventKind, EndpointEvent[]>();
  const acts = new Map<EntityId, EndpointEvent[]>();
  const starts = new Map<EntityId, EndpointEvent>();
  const files = new Map<string, FileEvent[]>();
  const referred = new Map<string, FileEvent[]>();
  const extracted = new Map<string, FileEvent[]>();
  const pageMade: FileEvent[] = [];
  const shellRequests: EndpointEvent[] = [];

  for (const event of events) {
    push(byKind, event.kind, event);
    const process = lineage.processOf(event);
    if (event.kind === 'process_start') {
      if (process !== undefined && !starts.has(process)) starts.set(process, event);
      continue;
    }
    if (process !== undefined) push(acts, process, event);
    if (FILE_KINDS.has(event.kind)) indexFile(event, files, referred, extracted, pageMade);
    else if (event.kind.startsWith('registry_') && touchesShellClass(event)) shellRequests.push(event);
  }
  const namingsOf = rememberNamings(lineage);
  const startsNaming = startsByName(byKind.get('process_start') ?? [], namingsOf);
  const families = browserFamilies(lists);
  const nodeOf = (process: EntityId | undefined): ProcessNode | undefined =>
    process === undefined ? undefined : lineage.processes.get(process);
  return {
    events,
    lists,
    lineage,
    visibility,
    history,
    destination: createDestinationJudge(events, lists),
    ofKind: (kind) => byKind.get(kind) ?? [],
    actsOf: (process) => acts.get(process) ?? [],
    startOf: (process) => starts.get(process),
    nodeOf,
    namingsOf,
    startsNaming,
    filesNamed: byNameOrShortName(() => files),
    filesReferredBy: (name) => referred.get(name) ?? [],
    filesExtractedFrom: (archive) => extracted.get(archive) ?? [],
    pageMade,
    shellRequests,
    browserFamily: (process) => {
      const image = nodeOf(process)?.image;
      return image === undefined ? undefined : families.get(fileName(image));
    },
  };
}

/** Index of the first event at or after a time; events sorted by time. */
export function firstAtOrAfter(events: readonly { readonly time: number }[], time: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.time ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Reading a command line for files is dear; most starts are never asked for theirs. */
function rememberNamings(lineage: Lineage): (start: EndpointEvent) => readonly NamingStart[] {
  const known = new Map<EventId, readonly NamingStart[]>();
  return (start) => {
    const found = known.get(start.id);
    if (found !== undefined) return found;
    const process = lineage.processOf(start);
    const named = namedByStart(start, process === undefined ? undefined : lineage.processes.get(process));
    known.set(start.id, named);
    return named;
  };
}

/** Built when first asked: a host on which no file is followed never needs it. */
function startsByName(
  starts: readonly EndpointEvent[],
  namingsOf: (start: EndpointEvent) => readonly NamingStart[],
): (name: string) => readonly NamingStart[] {
  return byNameOrShortName(() => {
    const index = new Map<string, NamingStart[]>();
    for (const start of starts)
      for (const naming of namingsOf(start)) push(index, fileName(naming.path), naming);
    return index;
  });
}

function namedByStart(event: EndpointEvent, node: ProcessNode | undefined): readonly NamingStart[] {
  const named: NamingStart[] = [];
  const seen = new Set<string>();
  const image = event['process.executable'];
  if (image !== undefined) {
    const { path } = canonicalPath(image);
    seen.add(path);
    named.push({ event, path, written: image, role: 'image', resolved: false });
  }
  const directory = event['process.working_directory'] ?? node?.workingDirectory;
  for (const { path, written, resolved } of filesNamedBy(event['process.command_line'], directory)) {
    if (seen.has(path) || fileName(path).length < 3) continue;
    seen.add(path);
    named.push({ event, path, written, role: 'argument', resolved });
  }
  return named;
}

function indexFile(
  event: EndpointEvent,
  files: Map<string, FileEvent[]>,
  referred: Map<string, FileEvent[]>,
  extracted: Map<string, FileEvent[]>,
  pageMade: FileEvent[],
): void {
  const written = event['file.path'];
  if (written === undefined) return;
  const { path, stream } = canonicalPath(written);
  const file: FileEvent = { event, path, stream };
  push(files, fileName(path), file);
  const before = event['file.Ext.original.path'];
  if (before !== undefined && fileName(before) !== fileName(path)) push(files, fileName(before), file);
  const referrer = event['file.origin_referrer_url'];
  if (referrer !== undefined && /^file:/i.test(referrer))
    push(referred, fileName(canonicalPath(referrer).path), file);
  const origin = event['file.origin_url'];
  if (origin !== undefined && /^(about:|blob:|data:)/i.test(origin)) pageMade.push(file);
  const archive = archiveOfFolder(path);
  if (archive !== undefined) push(extracted, archive, file);
}

/**
 * The archive whose name an extraction folder carries: Explorer's `Temp1_name.zip\\` and `<guid>_name.zip.xyz\\`.
 * 7-Zip's and WinRAR's folders carry none; there the process names the archive.
 */
function archiveOfFolder(path: string): string | undefined {
  const at = path.indexOf('\\temp\\');
  if (at === -1) return undefined;
  const rest = path.slice(at + 6);
  const numbered = /^temp\d+_([^\\]+)\\/.exec(rest);
  if (numbered !== null) return numbered[1];
  return /^[0-9a-f-]{36}_([^\\]+?\.(?:zip|rar|7z))(?:\.[^\\]*)?\\/.exec(rest)?.[1];
}

function touchesShellClass(event: EndpointEvent): boolean {
  const path = event['registry.path']?.toLowerCase();
  return path !== undefined && SHELL_CLASSES.some((id) => path.includes(id));
}

function browserFamilies(lists: Lists): ReadonlyMap<string, string> {
  const families = new Map<string, string>();
  for (const entry of listOf(lists, 'browser_family')) {
    const [family = '', names = ''] = entry.split(':');
    for (const name of names.split(',')) families.set(name.trim(), family);
  }
  return families;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
