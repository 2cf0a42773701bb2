import type { EntityId } from '../events/endpointEvent';
import { canonicalPath, fileName, samePath } from '../events/paths';
import { actsOf, type Candidate, fits, JOIN_TOLERANCE, nameOf, type Wanted } from './candidate';
import type { Hop, Match } from './chain';
import type { FileEvent, HostIndex, NamingStart } from './hostIndex';
import { upward } from './lineageRelations';
import { derivedFiles, namingStrength, startsNamingPath } from './provenance';
import { type Strength, weakest } from './strength';

/** Relations through files: who wrote, named, ran or unpacked what an earlier stage is about. */

export function* sameFile(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  for (const other of index.filesNamed(fileName(file.path))) {
    const same = samePath(other.path, file.path);
    if (same === undefined || !fits(other.event, wanted)) continue;
    yield fileCandidate(other, index, same, [
      { text: `on the same file ${fileName(file.path)}`, strength: same },
    ]);
  }
}

export function* namesFile(
  from: Match,
  wanted: Wanted,
  index: HostIndex,
  role: NamingStart['role'] | undefined,
): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined || !wanted.on.has('process_start')) return;
  for (const { start, strength } of startsNamingPath(file.path, wanted.from, wanted.to, index)) {
    if (role !== undefined && start.role !== role) continue;
    yield startCandidate(start, strength, index, [{ text: namingText(start, file.path), strength }]);
  }
}

export function* namesDerivedFile(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined || !wanted.on.has('process_start')) return;
  for (const derived of derivedFiles(file, index)) {
    for (const { start, strength } of startsNamingPath(derived.file.path, wanted.from, wanted.to, index)) {
      const hops: Hop[] = [...derived.hops, { text: namingText(start, derived.file.path), strength }];
      yield {
        ...startCandidate(start, weakest(hops.map((hop) => hop.strength)), index, hops),
        via: derived.files.map((step) => step.event),
      };
    }
  }
}

/** File events on a file that the stage's process is, or names in its command line. */
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
    for (const file of index.filesNamed(fileName(naming.path))) {
      const strength = namingStrength(naming, file.path);
      if (strength === undefined || !fits(file.event, wanted)) continue;
      yield fileCandidate(file, index, strength, [{ text: namingText(naming, file.path), strength }]);
    }
  }
}

export function* derivedFrom(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  for (const derived of derivedFiles(file, index)) {
    if (!fits(derived.file.event, wanted)) continue;
    yield fileCandidate(derived.file, index, weakest(derived.hops.map((hop) => hop.strength)), derived.hops);
  }
}

/** The process that wrote the stage's file, or wrote the archive the file came out of. */
export function* writerOf(from: Match, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  const writers = new Set<EntityId>();
  for (const source of sourcesOf(file, index)) {
    for (const other of index.filesNamed(fileName(source.path))) {
      const writer = index.lineage.processOf(other.event);
      if (writer === undefined || writers.has(writer) || samePath(other.path, source.path) === undefined)
        continue;
      if (
        other.event.kind !== 'file_create' &&
        other.event.kind !== 'file_rename' &&
        other.event.kind !== 'file_stream'
      )
        continue;
      if (other.event.time > from.time + JOIN_TOLERANCE) break;
      writers.add(writer);
      const hops: Hop[] = [...source.hops, { text: `it wrote ${fileName(source.path)}`, strength: 'exact' }];
      yield {
        event: other.event,
        evidence: other.event,
        process: writer,
        strength: weakest(hops.map((hop) => hop.strength)),
        hops,
      };
    }
  }
}

/** File events on the archives that the stage's file says it was unpacked from. */
export function* archiveOf(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  for (const source of sourcesOf(file, index)) {
    if (source.path === file.path) continue;
    for (const other of index.filesNamed(fileName(source.path))) {
      if (other.path === source.path && fits(other.event, wanted))
        yield fileCandidate(other, index, 'inferred', source.hops);
    }
  }
}

/** File events on what an ancestor was opened on: its command line names the document or archive. */
export function* openedByAncestor(
  process: EntityId | undefined,
  depth: number,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  for (const { id, hops } of upward(process, depth, index)) {
    const start = index.startOf(id);
    if (start === undefined) continue;
    for (const naming of index.namingsOf(start)) {
      if (naming.role === 'image') continue;
      for (const file of index.filesNamed(fileName(naming.path))) {
        const strength = namingStrength(naming, file.path);
        if (strength === undefined || !fits(file.event, wanted)) continue;
        const all: Hop[] = [
          ...hops,
          { text: `${nameOf(index.nodeOf(id))} was opened on ${fileName(file.path)}`, strength },
        ];
        yield fileCandidate(file, index, weakest(all.map((hop) => hop.strength)), all);
      }
    }
  }
}

/** What an ancestor did to files. */
export function* writtenByAncestor(
  process: EntityId | undefined,
  depth: number,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  for (const { id, hops } of upward(process, depth, index)) {
    const all: Hop[] = [...hops, { text: `written by ${nameOf(index.nodeOf(id))}`, strength: 'exact' }];
    yield* actsOf(id, wanted, index, weakest(all.map((hop) => hop.strength)), all);
  }
}

/** The file itself, then the archives that its folder says it was unpacked from. */
function* sourcesOf(file: FileEvent, index: HostIndex): Generator<{ path: string; hops: readonly Hop[] }> {
  yield { path: file.path, hops: [] };
  const archive = /\\temp\\temp\d+_([^\\]+)\\/.exec(file.path)?.[1];
  if (archive === undefined) return;
  for (const other of index.filesNamed(archive)) {
    if (other.event.time > file.event.time + JOIN_TOLERANCE) break;
    yield {
      path: other.path,
      hops: [
        {
          text: `${fileName(file.path)} lies in the folder that ${archive} was unpacked to`,
          strength: 'inferred',
        },
      ],
    };
  }
}

function startCandidate(
  start: NamingStart,
  strength: Strength,
  index: HostIndex,
  hops: readonly Hop[],
): Candidate {
  return {
    event: start.event,
    evidence: start.event,
    process: index.lineage.processOf(start.event),
    strength,
    hops,
  };
}

function fileCandidate(
  file: FileEvent,
  index: HostIndex,
  strength: Strength,
  hops: readonly Hop[],
): Candidate {
  return {
    event: file.event,
    evidence: file.event,
    process: index.lineage.processOf(file.event),
    strength,
    hops,
  };
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
