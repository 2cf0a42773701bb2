import { MICROS_PER_DAY, MICROS_PER_MINUTE, MICROS_PER_SECOND, type Micros } from '../base/time';
import { canonicalPath, fileName, samePath } from '../events/paths';
import type { FileEvent, HostIndex, NamingStart } from './hostIndex';
import type { Strength } from './strength';

/** One step by which a file came from another. */
export type ProvenanceHop = { readonly text: string; readonly strength: Strength };

/** A file that came from the first one, with the steps in between. */
export type DerivedFile = {
  readonly file: FileEvent;
  readonly hops: readonly ProvenanceHop[];
  /** The files on the way, this one last. */
  readonly files: readonly FileEvent[];
};

/** How far back a file may have been opened or unpacked from (people open yesterday's download). */
const LIFE = MICROS_PER_DAY;
/** A page makes its file soon after it is opened. */
const PAGE_LIFE = 10 * MICROS_PER_MINUTE;
const DEPTH = 4;
/** Files followed from one; an archive of thousands is followed for its first ones, in time order. */
const BREADTH = 64;
const TOLERANCE = 10 * MICROS_PER_SECOND;

/**
 * Follows a file to what was made of it (ANALYTICS B.1 `derived_from`), through any kinds of step:
 *
 *     page.svg ──opened in a browser, which saved a file the page made──▸ page.zip
 *              ──unpacked by Explorer into Temp1_page.zip\──▸ page.js
 *
 * Steps: the mark of the web names the file as referrer (exact); a browser that had opened it saved a file
 * that a page made (inferred); an archiver told to open it wrote a file (exact); the extraction folder
 * carries its name (inferred); renamed (exact). Bounded in depth and breadth.
 */
export function derivedFiles(root: FileEvent, index: HostIndex): readonly DerivedFile[] {
  const found: DerivedFile[] = [];
  const seen = new Set<string>([root.path]);
  let frontier: readonly DerivedFile[] = [{ file: root, hops: [], files: [] }];
  for (let depth = 0; depth < DEPTH && frontier.length > 0; depth++) {
    const next: DerivedFile[] = [];
    for (const from of frontier) {
      for (const step of stepsFrom(from.file, index)) {
        if (seen.has(step.file.path) || found.length >= BREADTH) continue;
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
  return found;
}

/** Process starts that name a path, by image or argument, best grade first is not implied: time order. */
export function startsNamingPath(
  path: string,
  from: Micros,
  to: Micros,
  index: HostIndex,
): readonly { readonly start: NamingStart; readonly strength: Strength }[] {
  const found: { start: NamingStart; strength: Strength }[] = [];
  for (const start of index.startsNaming(fileName(path))) {
    if (start.event.time < from || start.event.time > to) continue;
    const strength = namingStrength(start, path);
    if (strength !== undefined) found.push({ start, strength });
  }
  return found;
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

function* stepsFrom(file: FileEvent, index: HostIndex): Generator<{ file: FileEvent; hop: ProvenanceHop }> {
  const since = file.event.time - TOLERANCE;
  const until = file.event.time + LIFE;
  const within = (other: FileEvent): boolean =>
    other.event.time >= since && other.event.time <= until && other.path !== file.path;
  const name = fileName(file.path);

  for (const other of index.filesReferredBy(name)) {
    const referrer = other.event['file.origin_referrer_url'];
    if (
      !within(other) ||
      referrer === undefined ||
      samePath(canonicalPath(referrer).path, file.path) === undefined
    )
      continue;
    yield {
      file: other,
      hop: {
        text: `${fileName(other.path)} carries a mark of the web whose referrer is ${name}`,
        strength: 'exact',
      },
    };
  }
  for (const other of index.filesNamed(name)) {
    const before = other.event['file.Ext.original.path'];
    if (
      !within(other) ||
      before === undefined ||
      samePath(canonicalPath(before).path, file.path) === undefined
    )
      continue;
    yield { file: other, hop: { text: `${name} was renamed to ${fileName(other.path)}`, strength: 'exact' } };
  }
  for (const other of index.filesExtractedFrom(name)) {
    if (within(other))
      yield {
        file: other,
        hop: {
          text: `${fileName(other.path)} lies in the folder that ${name} was unpacked to`,
          strength: 'inferred',
        },
      };
  }
  for (const { start, strength } of startsNamingPath(file.path, since as Micros, until as Micros, index)) {
    if (start.role === 'argument') yield* stepsThroughProcess(file, start, strength, index);
  }
}

/** Files written by the process that was told to open this one: an archiver, or the browser family that shows it. */
function* stepsThroughProcess(
  file: FileEvent,
  start: NamingStart,
  strength: Strength,
  index: HostIndex,
): Generator<{ file: FileEvent; hop: ProvenanceHop }> {
  const opener = index.lineage.processOf(start.event);
  if (opener === undefined) return;
  const opened = fileName(file.path);
  const image = index.nodeOf(opener)?.image;
  if (image !== undefined && (index.lists.get('archiver') ?? []).includes(fileName(image))) {
    for (const act of index.actsOf(opener)) {
      const path = act['file.path'];
      if ((act.kind !== 'file_create' && act.kind !== 'file_rename') || path === undefined) continue;
      const written = canonicalPath(path);
      yield {
        file: { event: act, path: written.path, stream: written.stream },
        hop: {
          text: `${fileName(image)}, opened on ${opened}, wrote ${fileName(written.path)}`,
          strength: strength === 'exact' ? 'exact' : 'inferred',
        },
      };
    }
  }
  const family = index.browserFamily(opener);
  if (family === undefined) return;
  for (const made of index.pageMade) {
    if (made.event.time < start.event.time - TOLERANCE) continue;
    if (made.event.time > start.event.time + PAGE_LIFE) break;
    if (index.browserFamily(index.lineage.processOf(made.event)) !== family) continue;
    yield {
      file: made,
      hop: {
        text: `${family}, showing ${opened}, saved ${fileName(made.path)}, which a page made (${made.event['file.origin_url']})`,
        strength: 'inferred',
      },
    };
  }
}
