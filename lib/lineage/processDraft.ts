import type { Micros } from '../base/time';
import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import type { ParentLink, ProcessNode } from './lineage';

/** A node while it is being put together. */
export type ProcessDraft = {
  -readonly [Key in keyof Omit<ProcessNode, 'link'>]: ProcessNode[Key];
} & {
  /** The channels that recorded its start. */
  startedIn: readonly string[];
  parentEntity: EntityId | undefined;
  parentPid: number | undefined;
  parentImage: string | undefined;
  parentCommandLine: string | undefined;
};

/** A process of which nothing is known yet but that it was there at `firstSeen`. */
export function emptyDraft(entityId: EntityId, firstSeen: Micros): ProcessDraft {
  return {
    entityId,
    firstSeen,
    imputed: false,
    startedIn: [],
    parentEntity: undefined,
    parentPid: undefined,
    parentImage: undefined,
    parentCommandLine: undefined,
  };
}

/** A process as its start record tells it. */
export function draftOfStart(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, event.time);
  draft.startedAt = event.time;
  draft.startEvent = event.id;
  fillFromStart(draft, event);
  return draft;
}

/** Completes a process from (another) record of its start; the first value of a field stays. */
export function fillFromStart(draft: ProcessDraft, event: EndpointEvent): void {
  if (draft.startedAt === undefined || event.time < draft.startedAt) draft.startedAt = event.time;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  draft.startEvent ??= event.id;
  draft.imputed = false;
  if (!draft.startedIn.includes(event.channel)) draft.startedIn = [...draft.startedIn, event.channel];
  fill(draft, 'pid', event['process.pid']);
  fill(draft, 'image', event['process.executable']);
  fill(draft, 'commandLine', event['process.command_line']);
  fill(draft, 'originalFileName', event['process.pe.original_file_name']);
  fill(draft, 'user', userOf(event));
  fill(draft, 'userId', event['user.id']);
  fill(draft, 'integrity', event['process.integrity_level']);
  fill(draft, 'sha256', event['process.hash.sha256']);
  fill(draft, 'logonId', event['winlog.logon.id']);
  fill(draft, 'workingDirectory', event['process.working_directory']);
  draft.parentEntity ??= event['process.parent.entity_id'];
  draft.parentPid ??= event['process.parent.pid'];
  draft.parentImage ??= event['process.parent.executable'];
  draft.parentCommandLine ??= event['process.parent.command_line'];
}

/** A process known by unique id from something it did. */
export function draftOfActor(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, event.time);
  draft.imputed = true;
  fillFromActor(draft, event);
  return draft;
}

/** Adds what another act tells of a process whose start was not recorded. */
export function fillFromActor(draft: ProcessDraft, event: EndpointEvent): void {
  if (!draft.imputed) return;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  fill(draft, 'pid', event['process.pid']);
  fill(draft, 'image', event['process.executable']);
  fill(draft, 'user', userOf(event));
}

/** A process known only because a child names it as parent. */
export function draftOfParent(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, event.time);
  draft.imputed = true;
  fillFromParent(draft, event);
  return draft;
}

/** Adds what another child tells of a parent whose start was not recorded. */
export function fillFromParent(draft: ProcessDraft, event: EndpointEvent): void {
  if (!draft.imputed) return;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  fill(draft, 'pid', event['process.parent.pid']);
  fill(draft, 'image', event['process.parent.executable']);
  fill(draft, 'commandLine', event['process.parent.command_line']);
}

function fill<Key extends keyof ProcessDraft>(
  draft: ProcessDraft,
  key: Key,
  value: ProcessDraft[Key] | undefined,
): void {
  if (value !== undefined && draft[key] === undefined) draft[key] = value;
}

/** `DOMAIN\name`, or the name alone. */
export function userOf(event: EndpointEvent): string | undefined {
  const name = event['user.name'];
  if (name === undefined) return undefined;
  const domain = event['user.domain'];
  return domain === undefined ? name : `${domain}\\${name}`;
}

/** The finished process with its link. */
export function toNode(draft: ProcessDraft, link: ParentLink | undefined): ProcessNode {
  const {
    startedIn: _channels,
    parentEntity: _entity,
    parentPid: _pid,
    parentImage: _image,
    parentCommandLine: _line,
    ...rest
  } = draft;
  return { ...rest, link: link ?? { strength: 'root' } };
}
