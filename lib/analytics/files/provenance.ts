import type { Micros } from '../../base/time';
import { fileName, samePath } from '../../events/paths';
import type { Hop } from '../chain';
import { type FileEvent, firstAtOrAfter, type HostIndex, type NamingStart } from '../host/hostIndex';
import type { NamedEntry } from '../host/pathIndex';
import type { Strength } from '../strength';
import { filesCopiedFrom, filesOfSameContent } from './copies';
import { filesOnMountedDrive } from './diskImages';
import { type FileStep, LIFE, type StepCut, stepsTo, TOLERANCE } from './fileStep';
import { filesMadeByPage } from './pageMade';
import { filesRenamedFrom } from './renames';
import { filesUnpackedBy, filesUnpackedFrom } from './unpacking';

/** A file that came from the first one, with the steps in between. */
export type DerivedFile = {
  readonly file: FileEvent;
  readonly hops: readonly Hop[];
  /** The files on the way, this one last. */
  readonly files: readonly FileEvent[];
};

/** What came of a file, and what of it was left unfollowed, in a sentence. */
export type Derivation = { readonly files: readonly DerivedFile[]; readonly cut: string | undefined };

const DEPTH = 4;
/** Files followed from one; an archive of thousands is followed for its first ones, in time order. */
const BREADTH = 64;
/** Steps looked at from one file that lead nowhere new. */
const STEPS_TRIED = 1024;

const KNOWN = new WeakMap<HostIndex, Map<string, Derivation>>();

/**
 * Follows a file to what was made of it (ANALYTICS B.1 `derived_from`), through any kinds of step:
 *
 *     page.svg ──opened in a browser, which saved a file the page made──▸ page.zip
 *              ──unpacked by Explorer into Temp1_page.zip\──▸ page.js
 *              ──copied by cmd.exe──▸ update.js
 *
 * Steps: the mark of the web names the file as referrer; a browser that had opened it saved a file that a page
 * made; an archiver told to open it wrote a file, or its extraction folder carries its name; renamed, with or
 * without a record of it; copied, by command or by content; mounted as a drive. Bounded in depth and breadth;
 * what a bound cut is said.
 */
export function derivedFiles(root: FileEvent, index: HostIndex): Derivation {
  let known = KNOWN.get(index);
  if (known === undefined) {
    known = new Map();
    KNOWN.set(index, known);
  }
  const key = `${root.event.id} ${root.path}`;
  let derivation = known.get(key);
  if (derivation === undefined) {
    derivation = follow(root, index);
    known.set(key, derivation);
  }
  return derivation;
}

function follow(root: FileEvent, index: HostIndex): Derivation {
  const found: DerivedFile[] = [];
  const seen = new Set<string>([root.path]);
  let frontier: readonly DerivedFile[] = [{ file: root, hops: [], files: [] }];
  let cut: string | undefined;
  for (let depth = 0; depth < DEPTH && frontier.length > 0 && found.length < BREADTH; depth++) {
    const next: DerivedFile[] = [];
    for (const from of frontier) {
      let tried = 0;
      for (const step of stepsFrom(from.file, index)) {
        if ('cut' in step) {
          cut ??= step.cut;
          continue;
        }
        if (++tried > STEPS_TRIED || found.length >= BREADTH) {
          cut ??= `more came of ${fileName(root.path)} than was followed: ${found.length} files, the earliest first`;
          break;
        }
        if (seen.has(step.file.path)) continue;
        seen.add(step.file.path);
        const derived = {
          file: step.file,
          hops: [...from.hops, step.hop],
          files: [...from.files, step.file],
        };
        found.push(derived);
        next.push(derived);
      }
    }
    frontier = next;
  }
  if (frontier.length > 0 && found.length < BREADTH && cut === undefined && goesOn(frontier, seen, index))
    cut = `what came of ${fileName(root.path)} was followed for ${DEPTH} steps; there are more`;
  return { files: found, cut };
}

/** Whether anything came of the files at which the depth ended. */
function goesOn(frontier: readonly DerivedFile[], seen: ReadonlySet<string>, index: HostIndex): boolean {
  for (const { file } of frontier.slice(0, 4)) {
    let tried = 0;
    for (const step of stepsFrom(file, index)) {
      if (!('cut' in step) && !seen.has(step.file.path)) return true;
      if (++tried > 16) break;
    }
  }
  return false;
}

/** Process starts that name a path, by image or argument, each with how sure that is. */
export function* startsNamingPath(
  path: string,
  from: Micros,
  to: Micros,
  index: HostIndex,
): Generator<{ readonly start: NamingStart; readonly strength: Strength }> {
  for (const { entry } of index.starts.at(path)) yield* namingsWithin(entry, path, from, to);
  const name = fileName(path);
  // A name without a folder: found under itself, as it was written.
  if (name !== path && name.length >= 6)
    for (const { entry } of index.starts.at(name)) {
      // The image of a start is a whole path or says nothing of this file.
      if (!entry.tag.startsWith('image')) yield* namingsWithin(entry, path, from, to);
    }
}

function* namingsWithin(
  { values, events }: NamedEntry<NamingStart>,
  path: string,
  from: Micros,
  to: Micros,
): Generator<{ readonly start: NamingStart; readonly strength: Strength }> {
  for (let i = firstAtOrAfter(events, from); i < values.length; i++) {
    const start = values[i];
    if (start === undefined || start.event.time > to) return;
    const strength = namingStrength(start, path);
    if (strength !== undefined) yield { start, strength };
  }
}

/** Grade of "this start names that path": full path exact; folder or variable put in, or 8.3: inferred; name only: weak. */
export function namingStrength(start: NamingStart, path: string): Strength | undefined {
  const same = samePath(start.path, path);
  if (same !== undefined) return same === 'exact' && !start.resolved ? 'exact' : 'inferred';
  const bare = !start.path.includes('\\');
  return bare && start.role === 'argument' && start.path === fileName(path) && start.path.length >= 6
    ? 'weak'
    : undefined;
}

function* stepsFrom(file: FileEvent, index: HostIndex): Generator<FileStep | StepCut> {
  const since = (file.event.time - TOLERANCE) as Micros;
  const until = (file.event.time + LIFE) as Micros;
  const name = fileName(file.path);
  const cut = index.starts.cutAt(file.path) ?? index.referred.cutAt(file.path);
  if (cut !== undefined) yield { cut };
  for (const { entry, same } of index.referred.at(file.path)) {
    yield* stepsTo(
      entry.values,
      file,
      (other) => `${fileName(other.path)} carries a mark of the web whose referrer is ${name}`,
      same,
    );
  }
  yield* filesRenamedFrom(file, index);
  yield* filesUnpackedFrom(file, index);
  const opened = startsNamingPath(file.path, since, until, index);
  for (const { start, strength } of opened) {
    if (start.role !== 'argument') continue;
    yield* filesUnpackedBy(file, start, strength, index);
    yield* filesMadeByPage(file, start, index);
    yield* filesCopiedFrom(file, start, strength, index);
  }
  yield* filesOfSameContent(file, index);
  yield* filesOnMountedDrive(file, index);
}
