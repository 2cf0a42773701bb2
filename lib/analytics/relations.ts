import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventKind } from '../events/endpointEvent';
import { canonicalPath, fileName, samePath } from '../events/paths';
import type { ProcessNode } from '../lineage/lineage';
import type { Relation } from './analytic';
import type { Hop, Match } from './chain';
import { type FileEvent, firstAtOrAfter, type HostIndex, type NamingStart } from './hostIndex';
import { derivedFiles, namingStrength, startsNamingPath } from './provenance';
import { type Strength, weakest } from './strength';

/** An event (or a process without a start record) that stands in the relation, with the hops that show it. */
export type Candidate = {
  readonly event: EndpointEvent | undefined;
  readonly evidence: EndpointEvent;
  readonly process: EntityId | undefined;
  readonly strength: Strength;
  readonly hops: readonly Hop[];
  /** File events on the way, where the join goes through files that no stage holds. */
  readonly via?: readonly EndpointEvent[];
};

/** The window in which candidates are wanted, and of which kinds. */
export type Wanted = { readonly from: Micros; readonly to: Micros; readonly on: ReadonlySet<EventKind> };

/** Disorder tolerated within one lineage, and between lineages (ANALYTICS B.3). */
export const LINEAGE_TOLERANCE = 2 * MICROS_PER_SECOND;
export const JOIN_TOLERANCE = 10 * MICROS_PER_SECOND;

/** A COM request to Explorer precedes the start by at most this. */
const COM_DELAY = 5 * MICROS_PER_SECOND;

/** How far before a stage its related events may lie when the definition does not say. */
export function defaultBefore(relation: Relation): number {
  switch (relation.kind) {
    case 'same_process':
    case 'parent_of':
    case 'ancestor_of':
    case 'writer_of':
      // The process is the same, or its own ancestor: any time counts; its start may lie days back.
      return 400 * MICROS_PER_DAY;
    case 'named_by':
    case 'archive_of':
    case 'opened_by_ancestor_of':
    case 'written_by_ancestor_of':
      return MICROS_PER_DAY;
    case 'com_broker_of':
      return COM_DELAY;
    case 'child_of':
    case 'descendant_of':
    case 'same_session':
      return LINEAGE_TOLERANCE;
    default:
      return JOIN_TOLERANCE;
  }
}

/**
 * Everything that stands in a relation to a match of an earlier stage, within the window. Each relation
 * looks up an index: the cost is that of what it finds, not of the host.
 */
export function* related(
  relation: Relation,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const process = from.process;
  switch (relation.kind) {
    case 'same_process':
      if (process !== undefined) yield* sameProcess(process, wanted, index);
      return;
    case 'child_of':
      if (process !== undefined) yield* descendants(process, 1, wanted, index);
      return;
    case 'descendant_of':
      if (process !== undefined) yield* descendants(process, relation.depth, wanted, index);
      return;
    case 'parent_of':
      if (process !== undefined) yield* ancestors(process, 1, from, wanted, index);
      return;
    case 'ancestor_of':
      if (process !== undefined) yield* ancestors(process, relation.depth, from, wanted, index);
      return;
    case 'same_host':
      for (const candidate of inWindow(wanted, index))
        yield { ...candidate, hops: [{ text: 'on the same host at about the same time', strength: 'weak' }] };
      return;
    case 'same_session':
      yield* sameSession(process, wanted, index);
      return;
    case 'same_user':
      yield* sameUser(process, wanted, index);
      return;
    case 'same_browser':
      yield* sameBrowser(process, wanted, index);
      return;
    case 'same_file':
      yield* sameFile(from, wanted, index);
      return;
    case 'names_file':
      yield* namesFile(from, wanted, index, undefined);
      return;
    case 'executes_file':
      yield* namesFile(from, wanted, index, 'image');
      return;
    case 'names_derived_file':
      yield* namesDerivedFile(from, wanted, index);
      return;
    case 'named_by':
      yield* namedBy(process, from, wanted, index);
      return;
    case 'derived_from':
      yield* derivedFrom(from, wanted, index);
      return;
    case 'writer_of':
      yield* writerOf(from, index);
      return;
    case 'archive_of':
      yield* archiveOf(from, wanted, index);
      return;
    case 'opened_by_ancestor_of':
      yield* openedByAncestor(process, relation.depth, wanted, index);
      return;
    case 'written_by_ancestor_of':
      yield* writtenByAncestor(process, relation.depth, wanted, index);
      return;
    case 'com_broker_of':
      yield* comBroker(process, from, index);
  }
}

/** What the process did, its own start included where starts are wanted. */
function* sameProcess(process: EntityId, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const hops: readonly Hop[] = [{ text: 'by the same process', strength: 'exact' }];
  const start = index.startOf(process);
  if (start !== undefined && fits(start, wanted))
    yield { event: start, evidence: start, process, strength: 'exact', hops };
  yield* actsOf(process, wanted, index, 'exact', hops);
}

function* actsOf(
  process: EntityId,
  wanted: Wanted,
  index: HostIndex,
  strength: Strength,
  hops: readonly Hop[],
): Generator<Candidate> {
  const acts = index.actsOf(process);
  for (let i = firstAtOrAfter(acts, wanted.from); i < acts.length; i++) {
    const event = acts[i];
    if (event === undefined || event.time > wanted.to) break;
    if (wanted.on.has(event.kind)) yield { event, evidence: event, process, strength, hops };
  }
}

/** Children first, generation by generation; what each did and, for process starts, itself. */
function* descendants(root: EntityId, depth: number, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  let frontier: readonly { readonly id: EntityId; readonly hops: readonly Hop[] }[] = [
    { id: root, hops: [] },
  ];
  for (let level = 1; level <= depth && frontier.length > 0; level++) {
    const next: { id: EntityId; hops: readonly Hop[] }[] = [];
    for (const parent of frontier) {
      for (const id of index.lineage.children.get(parent.id) ?? []) {
        const node = index.nodeOf(id);
        if (node === undefined || (node.startedAt ?? node.firstSeen) > wanted.to) continue;
        const hops = [...parent.hops, linkHop(node, index.nodeOf(parent.id))];
        next.push({ id, hops });
        const strength = weakest(hops.map((hop) => hop.strength));
        const start = index.startOf(id);
        if (
          start !== undefined &&
          wanted.on.has('process_start') &&
          start.time >= wanted.from &&
          start.time <= wanted.to
        ) {
          yield { event: start, evidence: start, process: id, strength, hops };
        }
        yield* actsOf(id, wanted, index, strength, hops);
      }
    }
    frontier = next;
  }
}

/** Parents upward; a parent without a start record is a candidate too, shown by the child's record. */
function* ancestors(
  process: EntityId,
  depth: number,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  let at = index.nodeOf(process);
  let evidence = index.startOf(process) ?? from.evidence;
  const hops: Hop[] = [];
  for (let level = 0; level < depth; level++) {
    const parent = index.nodeOf(at?.link.parentId);
    if (at === undefined || parent === undefined) return;
    hops.push(linkHop(at, parent));
    const start = index.startOf(parent.entityId);
    const strength = weakest(hops.map((hop) => hop.strength));
    if (start === undefined) {
      const note: Hop = {
        text: `the start of ${nameOf(parent)} was not recorded; its child\u2019s record names it`,
        strength: 'inferred',
      };
      yield {
        event: undefined,
        evidence,
        process: parent.entityId,
        strength: weakest([strength, 'inferred']),
        hops: [...hops, note],
      };
    } else if (start.time >= wanted.from && start.time <= wanted.to && wanted.on.has('process_start')) {
      yield { event: start, evidence: start, process: parent.entityId, strength, hops: [...hops] };
    }
    at = parent;
    evidence = start ?? evidence;
  }
}

function* sameSession(process: EntityId | undefined, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const session = index.nodeOf(process)?.logonId;
  if (session === undefined || session === '0x3e7' || session === '0x3e4' || session === '0x3e5') return;
  for (const candidate of inWindow(wanted, index)) {
    if (candidate.process === undefined || candidate.process === process) continue;
    if (index.nodeOf(candidate.process)?.logonId !== session) continue;
    yield {
      ...candidate,
      strength: 'inferred',
      hops: [{ text: `in the same logon session ${session}`, strength: 'inferred' }],
    };
  }
}

/** By time and user only; the system's own accounts are nobody in particular. */
function* sameUser(process: EntityId | undefined, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const user = personOf(index.nodeOf(process));
  if (user === undefined) return;
  for (const candidate of inWindow(wanted, index)) {
    const node = index.nodeOf(candidate.process);
    if (candidate.process === process || !samePerson(user, personOf(node))) continue;
    yield {
      ...candidate,
      strength: 'weak',
      hops: [{ text: 'by the same user at about the same time; no other link', strength: 'weak' }],
    };
  }
}

/** A running browser takes over what is opened: its network is another process's, of the same family and user. */
function* sameBrowser(process: EntityId | undefined, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const family = index.browserFamily(process);
  if (family === undefined) return;
  const user = personOf(index.nodeOf(process));
  for (const candidate of inWindow(wanted, index)) {
    if (index.browserFamily(candidate.process) !== family) continue;
    const other = personOf(index.nodeOf(candidate.process));
    if (user !== undefined && other !== undefined && !samePerson(user, other)) continue;
    yield {
      ...candidate,
      strength: 'inferred',
      hops: [{ text: `by the same browser (${family}) of the same user`, strength: 'inferred' }],
    };
  }
}

function* sameFile(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
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

function* namesFile(
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

function* namesDerivedFile(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
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
function* namedBy(
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

function* derivedFrom(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const file = fileOf(from);
  if (file === undefined) return;
  for (const derived of derivedFiles(file, index)) {
    if (!fits(derived.file.event, wanted)) continue;
    yield fileCandidate(derived.file, index, weakest(derived.hops.map((hop) => hop.strength)), derived.hops);
  }
}

/** The process that wrote the stage's file, or wrote the archive the file came out of. */
function* writerOf(from: Match, index: HostIndex): Generator<Candidate> {
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
function* archiveOf(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
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
function* openedByAncestor(
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
function* writtenByAncestor(
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

function* upward(
  process: EntityId | undefined,
  depth: number,
  index: HostIndex,
): Generator<{ id: EntityId; hops: readonly Hop[] }> {
  let node = index.nodeOf(process);
  const hops: Hop[] = [];
  for (let level = 0; level < depth; level++) {
    const parent = index.nodeOf(node?.link.parentId);
    if (node === undefined || parent === undefined) return;
    hops.push(linkHop(node, parent));
    yield { id: parent.entityId, hops: [...hops] };
    node = parent;
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

/** A program that asked Explorer through its COM class just before Explorer started the stage's process. */
function* comBroker(process: EntityId | undefined, from: Match, index: HostIndex): Generator<Candidate> {
  const node = index.nodeOf(process);
  const parent = index.nodeOf(node?.link.parentId);
  if (parent?.image === undefined || fileName(parent.image) !== 'explorer.exe') return;
  for (const request of index.shellRequests) {
    if (request.time > from.time + LINEAGE_TOLERANCE) break;
    const asker = index.lineage.processOf(request);
    if (
      request.time < from.time - COM_DELAY ||
      asker === undefined ||
      asker === parent.entityId ||
      asker === process
    )
      continue;
    const name = nameOf(index.nodeOf(asker));
    yield {
      event: index.startOf(asker),
      evidence: request,
      process: asker,
      strength: 'inferred',
      hops: [
        {
          text: `${name} opened the shell\u2019s COM class just before Explorer started ${nameOf(node)}`,
          strength: 'inferred',
        },
      ],
    };
  }
}

/** Everything of the wanted kinds in the window; only relations that have nothing better use it. */
function* inWindow(wanted: Wanted, index: HostIndex): Generator<Candidate> {
  for (const kind of wanted.on) {
    const events = index.ofKind(kind);
    for (let i = firstAtOrAfter(events, wanted.from); i < events.length; i++) {
      const event = events[i];
      if (event === undefined || event.time > wanted.to) break;
      yield { event, evidence: event, process: index.lineage.processOf(event), strength: 'weak', hops: [] };
    }
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

function fits(event: EndpointEvent, wanted: Wanted): boolean {
  return wanted.on.has(event.kind) && event.time >= wanted.from && event.time <= wanted.to;
}

function linkHop(child: ProcessNode, parent: ProcessNode | undefined): Hop {
  const strength: Strength = child.link.strength === 'root' ? 'broken' : child.link.strength;
  const reason = child.link.reason === undefined ? '' : `: ${child.link.reason}`;
  return { text: `${nameOf(child)} was started by ${nameOf(parent)}${reason}`, strength };
}

function namingText(start: NamingStart, path: string): string {
  const name = fileName(path);
  if (start.role === 'image') return `${name} itself was run`;
  return `the command line names ${start.resolved ? `${name} (after putting in its folder)` : name}`;
}

function nameOf(node: ProcessNode | undefined): string {
  return node?.image === undefined
    ? 'an unrecorded process'
    : (node.image.split(/[\\/]/).pop() ?? node.image);
}

type Person = { readonly sid: string | undefined; readonly name: string | undefined };

const NOBODY =
  /^(s-1-5-(18|19|20))$|\\(system|local service|network service)$|^(system|local service|network service)$/i;

function personOf(node: ProcessNode | undefined): Person | undefined {
  const sid = node?.userId?.toLowerCase();
  const name = node?.user?.toLowerCase();
  if (
    (sid === undefined && name === undefined) ||
    (sid !== undefined && NOBODY.test(sid)) ||
    (name !== undefined && NOBODY.test(name))
  )
    return undefined;
  return { sid, name };
}

/** By SID if both have one, else by `DOMAIN\name` without case. */
function samePerson(a: Person, b: Person | undefined): boolean {
  if (b === undefined) return false;
  if (a.sid !== undefined && b.sid !== undefined) return a.sid === b.sid;
  return a.name !== undefined && a.name === b.name;
}
