import { MICROS_PER_MINUTE } from '../../base/time';
import { fileName, samePath } from '../../events/paths';
import { folderOf } from '../host/fileIndex';
import type { FileEvent, HostIndex, NamingStart } from '../host/hostIndex';
import type { PathEntry } from '../host/pathIndex';
import { type Strength, weaker } from '../strength';
import { copyVerb } from './copyTools';
import { type FileStep, filesBetween, LIFE, type StepCut, stepsTo, TOLERANCE } from './fileStep';

/** A copy is written soon after the tool starts. */
const COPIED_WITHIN = 10 * MICROS_PER_MINUTE;
/** Children of a shell that may be the tool itself. */
const CHILDREN = 16;
/** Content that lies at more places than this is everybody's (an empty file, a licence), and ties nothing. */
const PLACES = 32;
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * What a tool that was told to copy, move, decode or unpack the file wrote, itself or through a program it
 * started. Exact where the command line names both files.
 */
export function* filesCopiedFrom(
  file: FileEvent,
  start: NamingStart,
  strength: Strength,
  index: HostIndex,
): Generator<FileStep | StepCut> {
  const process = index.lineage.processOf(start.event);
  const line = start.event['process.command_line'];
  if (process === undefined || line === undefined) return;
  const node = index.nodeOf(process);
  const verb = copyVerb([node?.image ?? '', node?.originalFileName ?? ''], line);
  if (verb === undefined) return;
  // A name alone is only this file's where the line names its folder too, as robocopy's does.
  if (strength === 'weak' && !line.toLowerCase().includes(folderOf(file.path))) return;
  const from = start.event.time - TOLERANCE;
  const until = start.event.time + COPIED_WITHIN;
  const tool = fileName(node?.image ?? '');
  const children = index.lineage.children.get(process) ?? [];
  if (children.length > CHILDREN)
    yield {
      cut: `only the first ${CHILDREN} of ${children.length} programs that ${tool} started were looked at for copies`,
    };
  for (const writer of [process, ...children.slice(0, CHILDREN)]) {
    for (const made of filesBetween(index.filesWrittenBy(writer), from, until)) {
      if (made.path === file.path) continue;
      const named = index.namingsOf(start.event).some((one) => samePath(one.path, made.path) === 'exact');
      yield {
        file: made,
        hop: {
          text: `${tool}, told to ${verb} ${fileName(file.path)}, wrote ${fileName(made.path)}`,
          strength: weaker(strength === 'weak' ? 'inferred' : strength, named ? 'exact' : 'inferred'),
        },
      };
    }
  }
}

/** Files elsewhere with the same content, written afterwards: copies, whoever made them. */
export function* filesOfSameContent(file: FileEvent, index: HostIndex): Generator<FileStep> {
  const content = contentOf(file, index);
  if (content === undefined) return;
  yield* stepsTo(
    content.files,
    file,
    (other) => `${fileName(other.path)} has the same content (SHA-256) as ${fileName(file.path)}`,
    'inferred',
    file.event.time - TOLERANCE,
    content.until,
  );
}

/** Files that share a file's content, itself among them; undefined where its hash is not known or says nothing. */
export function contentOf(
  file: FileEvent,
  index: HostIndex,
): { readonly files: readonly FileEvent[]; readonly until: number } | undefined {
  const hash = hashOf(file, index);
  if (hash === undefined || hash === EMPTY) return undefined;
  const files = index.filesOfHash(hash);
  const places = new Set<string>();
  for (const { path } of files) {
    places.add(path);
    if (places.size > PLACES) return undefined;
  }
  return places.size < 2 ? undefined : { files, until: file.event.time + LIFE };
}

/** The hash in the file's own record, else in the first records of its path. */
function hashOf(file: FileEvent, index: HostIndex): string | undefined {
  const own = file.stream === undefined ? file.event['file.hash.sha256'] : undefined;
  if (own !== undefined) return own.toLowerCase();
  for (const { entry, same } of index.files.at(file.path)) {
    const hash = same === 'exact' ? firstHashOf(entry) : undefined;
    if (hash !== undefined) return hash;
  }
  return undefined;
}

/** Looked for once among the records of a path, of which there may be thousands without one. */
function firstHashOf(entry: PathEntry<FileEvent>): string | undefined {
  const known = HASHES.get(entry);
  if (known !== undefined) return known.hash;
  const hashed = entry.values.find(
    ({ event, stream }) => stream === undefined && event['file.hash.sha256'] !== undefined,
  );
  const hash = hashed?.event['file.hash.sha256']?.toLowerCase();
  HASHES.set(entry, { hash });
  return hash;
}

const HASHES = new WeakMap<PathEntry<FileEvent>, { readonly hash: string | undefined }>();
