import { micros } from '../../base/time';
import type { EndpointEvent, EntityId } from '../../events/endpointEvent';
import { canonicalPath, fileName } from '../../events/paths';
import type { Hop, Match } from '../chain';
import { extractionOf } from '../files/extractionFolder';
import { derivedFiles, namingStrength } from '../files/provenance';
import { type Source, sourcesOf } from '../files/sources';
import { writersOf } from '../files/writers';
import type { FileEvent, HostIndex, NamingStart } from '../host/hostIndex';
import type { PathEntry } from '../host/pathIndex';
import { type Strength, weakest } from '../strength';
import { actsOf, type Candidate, fits, LINEAGE_TOLERANCE, nameOf, type Wanted } from './candidate';
import { upward } from './lineageRelations';

/** Relations through files: who wrote, named, ran or unpacked what an earlier stage is about. */

export function* sameFile(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  const cut = index.files.cutAt(file.path);
  if (cut !== undefined) wanted.cut?.(cut);
  for (const { entry, same } of index.files.at(file.path))
    yield fileRun(entry.events, wanted, [
      { text: `on the same file ${fileName(file.path)}`, strength: same },
    ]);
}

export function* namesFile(
  from: Match,
  wanted: Wanted,
  index: HostIndex,
  role: NamingStart['role'] | undefined,
): Generator<Candidate> {
  const file = fileOf(from);
  if (file !== undefined && wanted.on.has('process_start'))
    yield* startsOn(file.path, wanted, index, role, [], []);
}

export function* namesDerivedFile(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined || !wanted.on.has('process_start')) return;
  const { files, cut } = derivedFiles(file, index);
  if (cut !== undefined) wanted.cut?.(cut);
  for (const derived of files) {
    const via = derived.files.map((step) => step.event);
    yield* startsOn(derived.file.path, wanted, index, undefined, derived.hops, via);
  }
}

/**
 * File events on a file that the stage's process is, or names in its command line; where there are none of it, or
 * none but Explorer's own, on what it was unpacked, copied or mounted from.
 */
export function* namedBy(
  process: EntityId | undefined,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  if (process === undefined) return;
  const start = index.startOf(process) ?? (from.event?.kind === 'process_start' ? from.event : undefined);
  if (start === undefined) return;
  for (const naming of index.namingsOf(start)) {
    let seen = false;
    for (const run of filesNamed(naming, wanted, index, [])) {
      seen ||= !('run' in run) || !isMovedByShell(run.run, naming.path, index);
      yield run;
    }
    if (!seen) yield* filesBehind(naming, wanted, index);
  }
}

/** Records of a file to look at before it is said that only Explorer wrote it. */
const LOOKED_AT = 16;

/**
 * Explorer put the file where it is, in no extraction folder of its own and with no mark of the web: where it came
 * from, something else must tell.
 */
function isMovedByShell(events: readonly EndpointEvent[], path: string, index: HostIndex): boolean {
  if (extractionOf(path) !== undefined) return false;
  return events.slice(0, LOOKED_AT).every((event) => {
    const image = index.nodeOf(index.lineage.processOf(event))?.image ?? event['process.executable'];
    return fileName(image ?? '') === 'explorer.exe' && event['file.zone_identifier'] === undefined;
  });
}

export function* derivedFrom(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  const { files, cut } = derivedFiles(file, index);
  if (cut !== undefined) wanted.cut?.(cut);
  for (const derived of files) {
    const { event } = derived.file;
    if (!fits(event, wanted)) continue;
    yield {
      event,
      evidence: event,
      process: index.lineage.processOf(event),
      strength: weakest(derived.hops.map((hop) => hop.strength)),
      hops: derived.hops,
    };
  }
}

/**
 * The process that wrote the stage's file, or wrote what the file came out of: its own start where there is one,
 * by way of what it wrote.
 */
export function* writerOf(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  const told = new Set<EntityId>();
  for (const source of traced(file, wanted, index)) {
    for (const { writer, event } of writersOf(source.path, from.time, index, wanted.cut)) {
      if (told.has(writer)) continue;
      told.add(writer);
      const hops: Hop[] = [...source.hops, { text: `it wrote ${fileName(source.path)}`, strength: 'exact' }];
      const start = wanted.on.has('process_start') ? index.startOf(writer) : undefined;
      yield {
        event: start ?? event,
        evidence: start ?? event,
        process: writer,
        strength: weakest(hops.map((hop) => hop.strength)),
        hops,
        ...(start === undefined ? {} : { via: [event] }),
      };
    }
  }
}

/** File events on the archives that the stage's file says it was unpacked from. */
export function* archiveOf(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  for (const source of traced(file, wanted, index)) {
    if (source.path === file.path) continue;
    for (const { entry, same } of index.files.at(source.path))
      if (same === 'exact') yield fileRun(entry.events, wanted, source.hops);
  }
}

/** File events on what an ancestor was opened on: its command line names the document or archive. */
export function* openedByAncestor(
  process: EntityId | undefined,
  depth: number,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  for (const { id, hops } of upward(process, depth, index, micros(from.time + LINEAGE_TOLERANCE))) {
    const start = index.startOf(id);
    if (start === undefined) continue;
    for (const naming of index.namingsOf(start))
      if (naming.role === 'argument')
        yield* filesNamed(naming, wanted, index, hops, nameOf(index.nodeOf(id)));
  }
}

/** What an ancestor did to files. */
export function* writtenByAncestor(
  process: EntityId | undefined,
  depth: number,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  for (const { id, hops } of upward(process, depth, index, micros(from.time + LINEAGE_TOLERANCE))) {
    const all: Hop[] = [...hops, { text: `written by ${nameOf(index.nodeOf(id))}`, strength: 'exact' }];
    yield* actsOf(id, wanted, index, weakest(all.map((hop) => hop.strength)), all);
  }
}

function traced(file: FileEvent, wanted: Wanted, index: HostIndex): readonly Source[] {
  const { sources, cut } = sourcesOf(file, index);
  if (cut !== undefined) wanted.cut?.(cut);
  return sources;
}

/** File events on the file that a start names: of its path, or, where it names no folder, of its name anywhere. */
function* filesNamed(
  naming: NamingStart,
  wanted: Wanted,
  index: HostIndex,
  before: readonly Hop[],
  opener?: string,
): Generator<Candidate> {
  const told = (path: string, strength: Strength): readonly Hop[] => [
    ...before,
    {
      text: opener === undefined ? namingText(naming, path) : `${opener} was opened on ${fileName(path)}`,
      strength,
    },
  ];
  for (const { entry } of index.files.at(naming.path)) {
    const strength = namingStrength(naming, entry.path);
    if (strength !== undefined) yield fileRun(entry.events, wanted, told(entry.path, strength));
  }
  if (naming.path.includes('\\') || naming.role === 'image' || naming.path.length < 6) return;
  const { events } = index.files.named(naming.path);
  if (events.length > 0) yield fileRun(events, wanted, told(naming.path, 'weak'));
}

/** File events on what a file that has none itself came out of. */
function* filesBehind(naming: NamingStart, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const named: FileEvent = { event: naming.event, path: naming.path, stream: undefined };
  for (const source of traced(named, wanted, index)) {
    if (source.path === naming.path) continue;
    for (const { entry, same } of index.files.at(source.path)) {
      // A volume of unknown letter is only likely the same, even as itself.
      if (same !== 'exact' && entry.path !== source.path) continue;
      const strength: Strength = naming.resolved ? 'inferred' : 'exact';
      yield fileRun(entry.events, wanted, [
        { text: namingText(naming, naming.path), strength },
        ...source.hops,
      ]);
    }
  }
}

function* startsOn(
  path: string,
  wanted: Wanted,
  index: HostIndex,
  role: NamingStart['role'] | undefined,
  before: readonly Hop[],
  via: readonly EndpointEvent[],
): Generator<Candidate> {
  const name = fileName(path);
  const cut = index.starts.cutAt(path);
  if (cut !== undefined) wanted.cut?.(cut);
  const entries: PathEntry<NamingStart>[] = index.starts.at(path).map(({ entry }) => entry);
  // A name without a folder: found under itself, as it was written.
  if (name !== path && name.length >= 6) entries.push(...index.starts.at(name).map(({ entry }) => entry));
  for (const { values, events } of entries) {
    const [first] = values;
    if (first === undefined || (role !== undefined && first.role !== role)) continue;
    const strength = namingStrength(first, path);
    if (strength === undefined) continue;
    const hops: readonly Hop[] = [...before, { text: namingText(first, path), strength }];
    yield {
      run: events,
      from: wanted.from,
      to: wanted.to,
      strength: weakest(hops.map((hop) => hop.strength)),
      hops,
      ...(via.length === 0 ? {} : { via }),
    };
  }
}

function fileRun(run: readonly EndpointEvent[], wanted: Wanted, hops: readonly Hop[]): Candidate {
  return { run, from: wanted.from, to: wanted.to, strength: weakest(hops.map((hop) => hop.strength)), hops };
}

/** The file a match is about: its own, the one it names as a trace, or the one it was joined by. */
function fileOf(match: Match): FileEvent | undefined {
  if (match.file !== undefined) return match.file;
  const path = match.event?.['file.path'];
  if (match.event === undefined || path === undefined)
    return match.joined === undefined ? undefined : fileOf(match.joined);
  const canonical = canonicalPath(path);
  return { event: match.event, path: canonical.path, stream: canonical.stream };
}

function namingText(start: NamingStart, path: string): string {
  const name = fileName(path);
  if (start.role === 'image') return `${name} itself was run`;
  return `the command line names ${start.resolved ? `${name} (after putting in its folder)` : name}`;
}
