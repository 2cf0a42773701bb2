import type { EndpointEvent, EntityId, EventKind } from '../../events/endpointEvent';
import { canonicalPath, fileName } from '../../events/paths';
import type { Lineage } from '../../lineage/lineage';
import { extractionOf } from '../files/extractionFolder';
import type { FileEvent, HostIndex } from './hostIndex';
import { indexPaths } from './pathIndex';

const FILE_KINDS: ReadonlySet<EventKind> = new Set([
  'file_create',
  'file_rename',
  'file_stream',
  'file_delete',
  'file_access',
]);

const WRITES: ReadonlySet<EventKind> = new Set(['file_create', 'file_rename']);

type FileLookups = Pick<
  HostIndex,
  | 'files'
  | 'renames'
  | 'referred'
  | 'filesExtractedFrom'
  | 'filesOfHash'
  | 'filesWrittenBy'
  | 'filesIn'
  | 'pageMade'
>;

/**
 * A host's file events by what relations ask for. Input in time order, and so is every answer. Nothing is
 * built before the first question: a host on which no file is followed costs nothing.
 */
export function indexFiles(
  events: readonly EndpointEvent[],
  lineage: Lineage,
  browserFamily: HostIndex['browserFamily'],
): FileLookups {
  const all = once(() => events.flatMap((event) => toFileEvent(event) ?? []));
  const written = once(() => all().filter(({ event }) => WRITES.has(event.kind)));
  const byWriter = once(() => groupBy(written(), ({ event }) => lineage.processOf(event)));
  const byArchive = once(() => groupBy(all(), ({ path }) => extractionOf(path)?.archive));
  const byHash = once(() =>
    groupBy(all(), ({ event, stream }) =>
      // A stream event of a named stream hashes the stream, not the file.
      stream === undefined ? event['file.hash.sha256']?.toLowerCase() : undefined,
    ),
  );
  const byFolder = once(() => groupBy(written(), ({ path }) => folderOf(path)));
  const made = once(() =>
    groupBy(
      all().filter(({ event }) => /^(?:about|blob|data):/i.test(event['file.origin_url'] ?? '')),
      ({ event }) => browserFamily(lineage.processOf(event)),
    ),
  );
  return {
    files: indexPaths(all, ({ path }) => ({ path, tag: '' })),
    renames: indexPaths(
      () => all().filter(({ event }) => event['file.Ext.original.path'] !== undefined),
      ({ event }) => ({ path: canonicalPath(event['file.Ext.original.path'] ?? '').path, tag: '' }),
    ),
    referred: indexPaths(
      () => all().filter(({ event }) => referrerOf(event) !== undefined),
      ({ event }) => ({ path: referrerOf(event) ?? '', tag: '' }),
    ),
    filesExtractedFrom: (archive) => byArchive().get(archive) ?? [],
    filesOfHash: (hash) => byHash().get(hash.toLowerCase()) ?? [],
    filesWrittenBy: (process: EntityId) => byWriter().get(process) ?? [],
    filesIn: (folder) => byFolder().get(folder) ?? [],
    pageMade: (family) => made().get(family) ?? [],
  };
}

/** A file event with its path in canonical form; undefined for any other event. */
export function toFileEvent(event: EndpointEvent): FileEvent | undefined {
  const written = event['file.path'];
  if (written === undefined || !FILE_KINDS.has(event.kind)) return undefined;
  const { path, stream } = canonicalPath(written);
  return { event, path, stream };
}

/** Canonical folder of a canonical path, without its closing backslash. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('\\')));
}

/**
 * The local file that a mark of the web names as where its file came from: the page that was open, or the
 * archive it was unpacked from (Explorer and 7-Zip write the archive's plain path there).
 */
function referrerOf(event: EndpointEvent): string | undefined {
  const referrer = event['file.origin_referrer_url'];
  if (referrer === undefined || !/^(?:file:|[a-z]:[\\/]|\\\\)/i.test(referrer)) return undefined;
  const { path } = canonicalPath(referrer);
  return fileName(path) === '' ? undefined : path;
}

function once<Value>(build: () => Value): () => Value {
  let built: { readonly value: Value } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}

function groupBy<Key>(
  files: readonly FileEvent[],
  keyOf: (file: FileEvent) => Key | undefined,
): ReadonlyMap<Key, readonly FileEvent[]> {
  const groups = new Map<Key, FileEvent[]>();
  for (const file of files) {
    const key = keyOf(file);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return groups;
}
