import { MICROS_PER_MINUTE } from '../../base/time';
import type { EndpointEvent, EntityId } from '../../events/endpointEvent';
import { canonicalPath, fileExtension, fileName, samePath } from '../../events/paths';
import { folderOf, toFileEvent } from '../host/fileIndex';
import type { FileEvent, HostIndex, NamingStart } from '../host/hostIndex';
import { listOf } from '../lists';
import { filesNamedBy } from '../predicate/fields';
import type { Strength } from '../strength';
import { extractionOf } from './extractionFolder';
import { type FileStep, filesBetween, stepsTo, TOLERANCE } from './fileStep';

/** An archiver whose own start was not recorded unpacks soon after another program was told of the archive. */
const UNPACKED_WITHIN = 10 * MICROS_PER_MINUTE;

/** Whether a file is one that is unpacked, by its extension. */
function isArchive(path: string, index: HostIndex): boolean {
  return listOf(index.lists, 'archive_ext').includes(fileExtension(path));
}

/** What lies in an extraction folder that carries the archive's name, or was written by an archiver opened on it. */
export function* filesUnpackedFrom(file: FileEvent, index: HostIndex): Generator<FileStep> {
  const name = fileName(file.path);
  yield* stepsTo(
    index.filesExtractedFrom(name),
    file,
    (other) => `${fileName(other.path)} lies in the folder that ${name} was unpacked to`,
    'inferred',
  );
  if (!isArchive(file.path, index)) return;
  yield* stepsTo(
    unpackedBelow(index).get(withoutExtension(file.path)) ?? [],
    file,
    (other) =>
      `${fileName(other.path)} was written into the folder that is called as ${name} and lies beside it`,
    'inferred',
  );
  for (const { process, image } of unrecordedArchiversOn(file.path, index)) {
    yield* stepsTo(
      index.filesWrittenBy(process),
      file,
      (other) =>
        `${image}, opened on ${name} by what its child\u2019s record says of it, wrote ${fileName(other.path)}`,
      'inferred',
    );
  }
}

/** What an archiver that was told to open the file wrote. */
export function* filesUnpackedBy(
  file: FileEvent,
  start: NamingStart,
  strength: Strength,
  index: HostIndex,
): Generator<FileStep> {
  const opener = index.lineage.processOf(start.event);
  const name = fileName(file.path);
  const image = fileName(index.nodeOf(opener)?.image ?? '');
  if (opener !== undefined && isArchiver(image, index)) {
    yield* stepsTo(
      index.filesWrittenBy(opener),
      file,
      (other) => `${image}, opened on ${name}, wrote ${fileName(other.path)}`,
      strength === 'exact' ? 'exact' : 'inferred',
    );
  } else if (isArchive(file.path, index) && strength !== 'weak') {
    // Another program was told of the archive: an archiver that was running already may have unpacked it.
    const until = start.event.time + UNPACKED_WITHIN;
    for (const other of filesBetween(unpackedByUnrecorded(index), start.event.time - TOLERANCE, until)) {
      const archiver = fileName(index.nodeOf(index.lineage.processOf(other.event))?.image ?? '');
      yield {
        file: other,
        hop: {
          text: `${archiver}, whose own start was not recorded, unpacked ${fileName(other.path)} just after ${image} was started on ${name}`,
          strength: 'inferred',
        },
      };
    }
  }
}

/** The archive that the process which wrote a file was opened on, as its start or its child's record says. */
function* archivesOpenedBy(
  writer: EntityId,
  index: HostIndex,
): Generator<{ readonly path: string; readonly strength: Strength }> {
  const image = fileName(index.nodeOf(writer)?.image ?? '');
  if (!isArchiver(image, index)) return;
  const start = index.startOf(writer);
  if (start !== undefined) {
    for (const { path, role, resolved } of index.namingsOf(start))
      if (role === 'argument' && isArchive(path, index))
        yield { path, strength: resolved ? 'inferred' : 'exact' };
    return;
  }
  for (const { path } of filesNamedBy(index.nodeOf(writer)?.commandLine, undefined))
    if (isArchive(path, index)) yield { path, strength: 'inferred' };
}

/** Folders above a file that may be called as its archive is. */
const FOLDERS_ABOVE = 4;

const BELOW = new WeakMap<HostIndex, ReadonlyMap<string, readonly FileEvent[]>>();

/**
 * What Explorer and archivers wrote, by the folders above it: "Extract all" and "Extract to" make a folder of the
 * archive's name beside it, and the archiver's command line names no archive then. In time order.
 */
function unpackedBelow(index: HostIndex): ReadonlyMap<string, readonly FileEvent[]> {
  const known = BELOW.get(index);
  if (known !== undefined) return known;
  const below = new Map<string, FileEvent[]>();
  for (const kind of ['file_create', 'file_rename'] as const)
    for (const event of index.ofKind(kind)) {
      const path = writtenByUnpacker(event, index) ? toFileEvent(event)?.path : undefined;
      if (path === undefined) continue;
      for (const folder of foldersAbove(path)) {
        const files = below.get(folder);
        if (files === undefined) below.set(folder, [{ event, path, stream: undefined }]);
        else files.push({ event, path, stream: undefined });
      }
    }
  for (const files of below.values()) files.sort((a, b) => a.event.time - b.event.time);
  BELOW.set(index, below);
  return below;
}

function writtenByUnpacker(event: EndpointEvent, index: HostIndex): boolean {
  const image = index.nodeOf(index.lineage.processOf(event))?.image ?? event['process.executable'];
  const name = fileName(image ?? '');
  return name === 'explorer.exe' || isArchiver(name, index);
}

/** Canonical folders above a file, the nearest first. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  let folder = folderOf(path);
  while (folders.length < FOLDERS_ABOVE && folder.split('\\').length > 3) {
    folders.push(folder);
    folder = folderOf(folder);
  }
  return folders;
}

function withoutExtension(path: string): string {
  return path.slice(0, path.length - fileExtension(path).length - 1);
}

/** Archives beside a folder above the file that are called as it is. */
function* archivesBeside(path: string, index: HostIndex): Generator<string> {
  for (const folder of foldersAbove(path))
    for (const extension of listOf(index.lists, 'archive_ext')) {
      const archive = `${folder}.${extension}`;
      for (const _ of index.files.at(archive)) {
        yield archive;
        break;
      }
    }
}

function isArchiver(image: string, index: HostIndex): boolean {
  return listOf(index.lists, 'archiver').includes(image);
}

type Unrecorded = {
  /** Archivers without a start record, by the archive that others' records say they were opened on. */
  readonly byArchive: ReadonlyMap<string, readonly { readonly process: EntityId; readonly image: string }[]>;
  /** Files in archivers' own temporary folders that such processes wrote, in time order. */
  readonly unpacked: readonly FileEvent[];
};

const UNRECORDED = new WeakMap<HostIndex, Unrecorded>();

function unrecordedArchiversOn(
  path: string,
  index: HostIndex,
): readonly { readonly process: EntityId; readonly image: string }[] {
  const { byArchive } = unrecorded(index);
  return byArchive.size === 0 ? [] : (byArchive.get(path) ?? []);
}

function unpackedByUnrecorded(index: HostIndex): readonly FileEvent[] {
  return unrecorded(index).unpacked;
}

function unrecorded(index: HostIndex): Unrecorded {
  const known = UNRECORDED.get(index);
  if (known !== undefined) return known;
  const byArchive = new Map<string, { process: EntityId; image: string }[]>();
  const unpacked: FileEvent[] = [];
  for (const [process, node] of index.lineage.processes) {
    const image = fileName(node.image ?? '');
    if (index.startOf(process) !== undefined || !isArchiver(image, index)) continue;
    for (const { path } of filesNamedBy(node.commandLine, undefined)) {
      if (!isArchive(path, index)) continue;
      const list = byArchive.get(path);
      if (list === undefined) byArchive.set(path, [{ process, image }]);
      else list.push({ process, image });
    }
    // One whose archive is known needs no guess.
    if (node.commandLine !== undefined && byArchive.size > 0) continue;
    for (const file of index.filesWrittenBy(process))
      if (extractionOf(file.path)?.by?.includes(image)) unpacked.push(file);
  }
  unpacked.sort((a, b) => a.event.time - b.event.time || (a.event.id < b.event.id ? -1 : 1));
  const found = { byArchive, unpacked };
  UNRECORDED.set(index, found);
  return found;
}

/** The archives that a file's folder, its writer or its own mark of the web say it was unpacked from. */
export function* archivesOf(
  path: string,
  index: HostIndex,
): Generator<{ readonly path: string; readonly text: string; readonly strength: Strength }> {
  const name = fileName(path);
  const folder = extractionOf(path);
  if (folder?.archive !== undefined) {
    const paths = new Set(index.files.named(folder.archive).values.map((file) => file.path));
    for (const archive of paths)
      yield {
        path: archive,
        text: `${name} lies in the folder that ${folder.archive} was unpacked to`,
        strength: 'inferred',
      };
  }
  const writers = new Set<EntityId>();
  let unpacked = false;
  for (const { entry } of index.files.at(path)) {
    for (const { event } of entry.values) {
      const referrer = event['file.origin_referrer_url'];
      const page = referrer === undefined ? undefined : canonicalPath(referrer).path;
      if (page !== undefined && /^[a-z?]:\\/.test(page) && isArchive(page, index))
        yield {
          path: page,
          text: `the mark of the web of ${name} says it came from ${fileName(page)}`,
          strength: samePath(page, page) ?? 'inferred',
        };
      const writer = index.lineage.processOf(event);
      if (event.kind !== 'file_create' && event.kind !== 'file_rename') continue;
      if (writer !== undefined) writers.add(writer);
      unpacked ||= writtenByUnpacker(event, index);
    }
  }
  if (unpacked)
    for (const archive of archivesBeside(path, index))
      yield {
        path: archive,
        text: `${name} was written into the folder that is called as ${fileName(archive)} and lies beside it`,
        strength: 'inferred',
      };
  for (const writer of writers) {
    for (const archive of archivesOpenedBy(writer, index))
      yield {
        path: archive.path,
        text: `${fileName(index.nodeOf(writer)?.image ?? '')}, opened on ${fileName(archive.path)}, wrote ${name}`,
        strength: archive.strength,
      };
  }
}
