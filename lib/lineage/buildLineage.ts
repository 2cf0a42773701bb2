import { formatDuration, MICROS_PER_SECOND, type Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import { compareEvents } from '../events/order';
import { fileName } from '../events/paths';
import { findHandovers } from './handovers';
import { interposerReason } from './interposers';
import type { Handover, Lineage, ParentLink, ProcessNode } from './lineage';
import { createPidTable, type PidTable } from './pidTable';
import {
  draftOfActor,
  draftOfCreator,
  draftOfParent,
  draftOfStart,
  draftOfTarget,
  emptyDraft,
  fillFromActor,
  fillFromCreator,
  fillFromParent,
  fillFromStart,
  fillFromTarget,
  type ProcessDraft,
  toNode,
} from './processDraft';
import { isSystemAccount } from './sameUser';
import { joinTwins, resolve, SAME_START } from './twins';

/** A child may be logged a little before its parent's start, or after its parent's end. */
const SLACK = 2 * MICROS_PER_SECOND;

/**
 * Builds the forest of one host's processes.
 *
 * Input: all events of one host, on one clock (`alignClocks`). Their order has no influence; sorted by
 * `compareEvents` they need not be copied. Linear, but for a binary search per record that has only a pid.
 *
 *     explorer (imputed: only named as a parent)
 *     └── outlook      Sysmon 1 and Security 4688 of it are one process
 *         └── msedge   parent by unique id: exact
 */
export function buildLineage(recorded: readonly EndpointEvent[]): Lineage {
  const events = inOrder(recorded);
  const drafts = new Map<EntityId, ProcessDraft>();
  const byEvent = new Map<EventId, EntityId>();
  addIdentifiedStarts(events, drafts);
  addProcessesSeenActing(events, drafts);
  const aliases = joinTwins(drafts);
  const pids = createPidTable(drafts.values());
  addPidOnlyStarts(events, drafts, pids, byEvent);
  pids.rebuild(drafts.values());
  addEnds(events, drafts, pids, byEvent, aliases);
  const links = linkParents(drafts, pids, aliases);
  const processes = new Map<EntityId, ProcessNode>();
  for (const draft of drafts.values())
    processes.set(draft.entityId, toNode(draft, links.get(draft.entityId)));
  const processOf = processLookup(processes, pids, byEvent, aliases);
  const targetOf = targetLookup(processes, pids, aliases);
  const handovers = findHandovers({ events, processes, processOf, targetOf });
  giveActs(handovers, byEvent);
  noteRequests(handovers, processes);
  return { processes, children: childrenOf(processes), handovers: byAsker(handovers), processOf };
}

/** Kinds by which a process is started; by the others one that runs already acts for another. */
const STARTING: ReadonlySet<Handover['kind']> = new Set(['com', 'wmi', 'task', 'service', 'run_key']);

/** A transfer's own record often names no process; it is the service's. */
function giveActs(handovers: readonly Handover[], byEvent: Map<EventId, EntityId>): void {
  for (const { acts, to } of handovers)
    for (const id of acts ?? []) if (!byEvent.has(id)) byEvent.set(id, to);
}

/** Tells each process who asked for its start. */
function noteRequests(handovers: readonly Handover[], processes: Map<EntityId, ProcessNode>): void {
  for (const handover of handovers) {
    const node = processes.get(handover.to);
    if (node !== undefined && STARTING.has(handover.kind))
      processes.set(handover.to, { ...node, requestedBy: handover });
  }
}

function byAsker(handovers: readonly Handover[]): ReadonlyMap<EntityId, readonly Handover[]> {
  const asked = new Map<EntityId, Handover[]>();
  for (const handover of handovers) {
    const list = asked.get(handover.from);
    if (list === undefined) asked.set(handover.from, [handover]);
    else list.push(handover);
  }
  return asked;
}

function inOrder(events: readonly EndpointEvent[]): readonly EndpointEvent[] {
  const sorted = events.every((event, i) => {
    const previous = events[i - 1];
    return previous === undefined || compareEvents(previous, event) <= 0;
  });
  return sorted ? events : [...events].sort(compareEvents);
}

/** Starts that carry the vendor's unique id. A second record of the same start fills what the first lacks. */
function addIdentifiedStarts(events: readonly EndpointEvent[], drafts: Map<EntityId, ProcessDraft>): void {
  for (const event of events) {
    const id = event['process.entity_id'];
    if (event.kind !== 'process_start' || id === undefined) continue;
    const known = drafts.get(id);
    if (known === undefined) drafts.set(id, draftOfStart(event, id));
    else fillFromStart(known, event);
  }
}

/** 4688-style starts: joined to the identified start they double, else a process of their own. */
function addPidOnlyStarts(
  events: readonly EndpointEvent[],
  drafts: Map<EntityId, ProcessDraft>,
  pids: PidTable,
  byEvent: Map<EventId, EntityId>,
): void {
  for (const event of events) {
    const pid = event['process.pid'];
    if (event.kind !== 'process_start' || event['process.entity_id'] !== undefined || pid === undefined)
      continue;
    const image = event['process.executable'];
    // Two starts in one channel are two processes, however close: the pid was used again.
    const isTwin = (draft: ProcessDraft): boolean =>
      !draft.startedIn.includes(event.channel) && sameImage(draft.image, image);
    const twin = pids.startedNear(pid, event.time, SAME_START, isTwin);
    if (twin !== undefined) {
      fillFromStart(twin, event);
      byEvent.set(event.id, twin.entityId);
      continue;
    }
    const id = pidEntity(pid, event.recorded, image);
    const known = drafts.get(id);
    if (known === undefined) {
      const draft = draftOfStart(event, id);
      drafts.set(id, draft);
      pids.add(draft);
    } else fillFromStart(known, event);
    byEvent.set(event.id, id);
  }
}

/** Processes that were running before the log began: known by unique id from what they did, or had done to them. */
function addProcessesSeenActing(events: readonly EndpointEvent[], drafts: Map<EntityId, ProcessDraft>): void {
  for (const event of events) {
    const id = event['process.entity_id'];
    if (id !== undefined && event.kind !== 'process_start') {
      const known = drafts.get(id);
      if (known === undefined) drafts.set(id, draftOfActor(event, id));
      else fillFromActor(known, event);
    }
    const parent = event['process.parent.entity_id'];
    if (parent !== undefined) {
      const known = drafts.get(parent);
      if (known === undefined) drafts.set(parent, draftOfParent(event, parent));
      else fillFromParent(known, event);
    }
    const creator = event['process.parent.Ext.real.entity_id'];
    if (creator !== undefined && creator !== parent) {
      const known = drafts.get(creator);
      if (known === undefined) drafts.set(creator, draftOfCreator(event, creator));
      else fillFromCreator(known, event);
    }
    const target = event['Target.process.entity_id'];
    if (target !== undefined) {
      const known = drafts.get(target);
      if (known === undefined) drafts.set(target, draftOfTarget(event, target));
      else fillFromTarget(known, event);
    }
  }
}

function addEnds(
  events: readonly EndpointEvent[],
  drafts: Map<EntityId, ProcessDraft>,
  pids: PidTable,
  byEvent: Map<EventId, EntityId>,
  aliases: ReadonlyMap<EntityId, EntityId>,
): void {
  for (const event of events) {
    if (event.kind !== 'process_end') continue;
    const id = event['process.entity_id'];
    const pid = event['process.pid'];
    const draft =
      id !== undefined
        ? drafts.get(resolve(aliases, id))
        : pid !== undefined
          ? pids.runningAt(pid, event.time, (candidate) =>
              sameImage(candidate.image, event['process.executable']),
            )
          : undefined;
    if (draft === undefined) continue;
    byEvent.set(event.id, draft.entityId);
    if (draft.endedAt === undefined || event.time < draft.endedAt) draft.endedAt = event.time;
  }
}

function linkParents(
  drafts: Map<EntityId, ProcessDraft>,
  pids: PidTable,
  aliases: ReadonlyMap<EntityId, EntityId>,
): ReadonlyMap<EntityId, ParentLink> {
  const links = new Map<EntityId, ParentLink>();
  const ordered = [...drafts.values()].sort(
    (a, b) => a.firstSeen - b.firstSeen || (a.entityId < b.entityId ? -1 : 1),
  );
  for (const draft of ordered) {
    const recorded =
      draft.parentEntity !== undefined ? linkById(draft, drafts, aliases) : linkByPid(draft, drafts, pids);
    links.set(draft.entityId, linkToCreator(draft, recorded, drafts, pids, aliases));
  }
  cutCycles(links);
  return links;
}

function linkById(
  draft: ProcessDraft,
  drafts: ReadonlyMap<EntityId, ProcessDraft>,
  aliases: ReadonlyMap<EntityId, EntityId>,
): ParentLink {
  const parent =
    draft.parentEntity === undefined ? undefined : drafts.get(resolve(aliases, draft.parentEntity));
  if (parent === undefined) return { strength: 'root' };
  return gradeLink(draft, parent, undefined);
}

/**
 * The link to the process that really created this one, where the source names another than the recorded parent
 * (ANALYTICS F 9). A service of Windows that creates a process in its client's name (elevation, crash reports)
 * is no forgery: there the recorded parent is the cause, and the link says who carried it out.
 */
function linkToCreator(
  draft: ProcessDraft,
  recorded: ParentLink,
  drafts: ReadonlyMap<EntityId, ProcessDraft>,
  pids: PidTable,
  aliases: ReadonlyMap<EntityId, EntityId>,
): ParentLink {
  const { creatorEntity, creatorPid, creatorImage } = draft;
  const at = draft.startedAt ?? draft.firstSeen;
  const creator =
    creatorEntity !== undefined
      ? drafts.get(resolve(aliases, creatorEntity))
      : creatorPid === undefined || creatorPid === 0 || creatorPid === draft.parentPid
        ? undefined
        : pids.runningAt(
            creatorPid,
            at,
            (candidate) => candidate !== draft && sameImage(candidate.image, creatorImage),
          );
  if (creator === undefined || creator === draft || creator.entityId === recorded.parentId) return recorded;
  if (creator.image === undefined && recorded.parentId !== undefined) {
    // Nothing tells whether it is a forger or a service that works for the parent.
    const reason = 'created by another process than the recorded parent, of which nothing more is recorded';
    return recorded.strength === 'exact' ? { ...recorded, strength: 'inferred', reason } : recorded;
  }
  const parent = recorded.parentId === undefined ? undefined : drafts.get(recorded.parentId);
  if (parent !== undefined && interposerReason(creator.image, creator.commandLine) !== undefined) {
    const reason = `created by ${imageName(creator)} in the name of ${imageName(parent)}`;
    return recorded.strength === 'exact' ? { ...recorded, strength: 'inferred', reason } : recorded;
  }
  const link = gradeLink(draft, creator, creatorEntity === undefined ? BY_CREATOR_NUMBER : undefined);
  const named =
    parent === undefined ? (draft.parentImage?.split('\\').pop() ?? 'another') : imageName(parent);
  const reason = `recorded parent ${named} was not the creator${link.reason === undefined ? '' : `; ${link.reason}`}`;
  return recorded.parentId === undefined
    ? { ...link, reason }
    : { ...link, reason, recordedParentId: recorded.parentId };
}

const BY_CREATOR_NUMBER = 'the creator is known by its process number';

function imageName({ image, pid }: ProcessDraft): string {
  return image?.split(/[\\/]/).pop() ?? (pid === undefined ? 'an unknown process' : `process ${pid}`);
}

/** Parent known by pid only: the process that had that pid then, if any; else one is imputed. */
function linkByPid(draft: ProcessDraft, drafts: Map<EntityId, ProcessDraft>, pids: PidTable): ParentLink {
  const pid = draft.parentPid;
  if (pid === undefined || pid === 0) return { strength: 'root' };
  const at = draft.startedAt ?? draft.firstSeen;
  const found = pids.runningAt(
    pid,
    at,
    (candidate) => candidate !== draft && sameImage(candidate.image, draft.parentImage),
  );
  if (found !== undefined) return gradeLink(draft, found, found.imputed ? BY_NUMBER : undefined);
  const id = unseenEntity(pid, at, draft.parentImage);
  const named = drafts.get(id);
  if (named !== undefined) return gradeLink(draft, named, BY_NUMBER);
  const parent: ProcessDraft = { ...emptyDraft(id, at), pid, imputed: true };
  if (draft.parentImage !== undefined) parent.image = draft.parentImage;
  if (draft.parentCommandLine !== undefined) parent.commandLine = draft.parentCommandLine;
  drafts.set(id, parent);
  pids.add(parent);
  return gradeLink(draft, parent, BY_NUMBER);
}

const BY_NUMBER = 'joined by process number: the parent\u2019s start was not recorded';

/** Exact unless something speaks against it: an interposer breaks the cause, an impossible time the trust. */
function gradeLink(draft: ProcessDraft, parent: ProcessDraft, doubt: string | undefined): ParentLink {
  const broken = interposerReason(parent.image, parent.commandLine);
  if (broken !== undefined) return { parentId: parent.entityId, strength: 'broken', reason: broken };
  const start = draft.startedAt;
  if (start !== undefined && parent.endedAt !== undefined && parent.endedAt + SLACK < start) {
    return {
      parentId: parent.entityId,
      strength: 'inferred',
      reason: `the parent had ended ${formatDuration(start - parent.endedAt)} before: the recorded parent may be forged${otherSession(draft, parent)}`,
    };
  }
  if (start !== undefined && parent.startedAt !== undefined && parent.startedAt > start + SLACK) {
    return {
      parentId: parent.entityId,
      strength: 'inferred',
      reason: `the parent is recorded as starting after its child${otherSession(draft, parent)}`,
    };
  }
  if (doubt !== undefined) return { parentId: parent.entityId, strength: 'inferred', reason: doubt };
  return { parentId: parent.entityId, strength: 'exact' };
}

/** A further doubt about an impossible parent: it ran in another logon session. Services start into any. */
function otherSession(draft: ProcessDraft, parent: ProcessDraft): string {
  const differs =
    draft.logonId !== undefined && parent.logonId !== undefined && draft.logonId !== parent.logonId;
  return differs && !isSystemAccount(parent) ? '; it ran in another logon session' : '';
}

/** A loop cannot be parentage: the link that closes it (from the earliest process) is cut and says so. */
function cutCycles(links: Map<EntityId, ParentLink>): void {
  const state = new Map<EntityId, 'open' | 'done'>();
  for (const start of links.keys()) {
    const trail: EntityId[] = [];
    let at: EntityId | undefined = start;
    while (at !== undefined && state.get(at) === undefined) {
      state.set(at, 'open');
      trail.push(at);
      at = links.get(at)?.parentId;
    }
    if (at !== undefined && state.get(at) === 'open') {
      links.set(at, { strength: 'root', reason: 'the recorded parents form a loop' });
    }
    for (const id of trail) state.set(id, 'done');
  }
}

function childrenOf(
  processes: ReadonlyMap<EntityId, ProcessNode>,
): ReadonlyMap<EntityId, readonly EntityId[]> {
  const children = new Map<EntityId, EntityId[]>();
  const ordered = [...processes.values()].sort(
    (a, b) =>
      (a.startedAt ?? a.firstSeen) - (b.startedAt ?? b.firstSeen) || (a.entityId < b.entityId ? -1 : 1),
  );
  for (const node of ordered) {
    if (node.link.parentId === undefined) continue;
    const list = children.get(node.link.parentId);
    if (list === undefined) children.set(node.link.parentId, [node.entityId]);
    else list.push(node.entityId);
  }
  return children;
}

function processLookup(
  processes: ReadonlyMap<EntityId, ProcessNode>,
  pids: PidTable,
  byEvent: ReadonlyMap<EventId, EntityId>,
  aliases: ReadonlyMap<EntityId, EntityId>,
): (event: EndpointEvent) => EntityId | undefined {
  return (event) => {
    const named = event['process.entity_id'];
    const id = named === undefined ? undefined : resolve(aliases, named);
    if (id !== undefined && processes.has(id)) return id;
    const known = byEvent.get(event.id);
    if (known !== undefined) return known;
    const pid = event['process.pid'];
    if (pid === undefined || event.kind === 'process_start') return undefined;
    const image = event['process.executable'];
    return pids.runningAt(pid, event.time, (draft) => sameImage(draft.image, image))?.entityId;
  };
}

/** The process an event acts upon, by unique id or by the pid it had then. */
function targetLookup(
  processes: ReadonlyMap<EntityId, ProcessNode>,
  pids: PidTable,
  aliases: ReadonlyMap<EntityId, EntityId>,
): (event: EndpointEvent) => EntityId | undefined {
  return (event) => {
    const named = event['Target.process.entity_id'];
    const id = named === undefined ? undefined : resolve(aliases, named);
    if (id !== undefined && processes.has(id)) return id;
    const pid = event['Target.process.pid'];
    if (pid === undefined) return undefined;
    const image = event['Target.process.executable'];
    return pids.runningAt(pid, event.time, (draft) => sameImage(draft.image, image))?.entityId;
  };
}

/**
 * Identity of a process whose start was recorded with a pid only: with its time, so that reuse makes another,
 * and its name, so that two starts within one tick of a coarse clock stay two.
 */
function pidEntity(pid: number, at: Micros, image: string | undefined): EntityId {
  return `pid-${pid}-${at.toString(36)}${image === undefined ? '' : `-${fileName(image)}`}` as EntityId;
}

/** Identity of a process that is known only as a parent, by its pid, and was there at a time. */
function unseenEntity(pid: number, at: Micros, image: string | undefined): EntityId {
  return `unseen-${pidEntity(pid, at, image)}` as EntityId;
}

/** The same program by name; a name that was not recorded contradicts nothing. */
function sameImage(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || fileName(a) === fileName(b);
}
