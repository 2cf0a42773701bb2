import { type Micros, micros } from '../base/time';
import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import { type Product, productOf } from '../events/product';
import type { ParentLink, ProcessNode, ProcessSource } from './lineage';

/** A node while it is being put together. */
export type ProcessDraft = {
  -readonly [Key in keyof Omit<ProcessNode, 'link' | 'sources'>]: ProcessNode[Key];
} & {
  /** The channels that recorded its start. */
  startedIn: readonly string[];
  /** The products that know it, by a start, an act or a child. */
  products: readonly Product[];
  /** What each record of its start says. */
  told: readonly ProcessSource[];
  parentEntity: EntityId | undefined;
  parentPid: number | undefined;
  parentImage: string | undefined;
  parentCommandLine: string | undefined;
  /** The process that really created it, where a source names one. */
  creatorEntity: EntityId | undefined;
  creatorPid: number | undefined;
  creatorImage: string | undefined;
};

/** A process of which nothing is known yet but that it was there at `firstSeen`. */
export function emptyDraft(entityId: EntityId, firstSeen: Micros): ProcessDraft {
  return {
    entityId,
    firstSeen,
    imputed: false,
    startedIn: [],
    products: [],
    told: [],
    parentEntity: undefined,
    parentPid: undefined,
    parentImage: undefined,
    parentCommandLine: undefined,
    creatorEntity: undefined,
    creatorPid: undefined,
    creatorImage: undefined,
  };
}

/** A process as its start record tells it. */
export function draftOfStart(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, startOf(event));
  draft.startEvent = event.id;
  fillFromStart(draft, event);
  return draft;
}

/** Completes a process from (another) record of its start; the first value of a field stays. */
export function fillFromStart(draft: ProcessDraft, event: EndpointEvent): void {
  const start = startOf(event);
  if (draft.startedAt === undefined || start < draft.startedAt) draft.startedAt = start;
  if (start < draft.firstSeen) draft.firstSeen = start;
  draft.startEvent ??= event.id;
  draft.imputed = false;
  know(draft, event);
  if (!draft.startedIn.includes(event.channel)) {
    draft.startedIn = [...draft.startedIn, event.channel];
    draft.told = [...draft.told, sourceOf(event, start)];
  }
  fill(draft, 'pid', event['process.pid']);
  fillImage(draft, event['process.executable']);
  fill(draft, 'commandLine', event['process.command_line']);
  fill(draft, 'originalFileName', event['process.pe.original_file_name']);
  fill(draft, 'user', userOf(event));
  fill(draft, 'userId', event['user.id']);
  fill(draft, 'integrity', event['process.integrity_level']);
  fill(draft, 'sha256', event['process.hash.sha256']);
  fill(draft, 'logonId', event['winlog.logon.id']);
  fill(draft, 'workingDirectory', event['process.working_directory']);
  fill(draft, 'signer', event['process.code_signature.subject_name']);
  draft.parentEntity ??= event['process.parent.entity_id'];
  draft.parentPid ??= event['process.parent.pid'];
  draft.parentImage ??= event['process.parent.executable'];
  draft.parentCommandLine ??= event['process.parent.command_line'];
  draft.creatorEntity ??= event['process.parent.Ext.real.entity_id'];
  draft.creatorPid ??= event['process.parent.Ext.real.pid'];
  draft.creatorImage ??= event['process.parent.Ext.real.executable'];
}

/** A process known by unique id from something it did. */
export function draftOfActor(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, event.time);
  draft.imputed = true;
  fillFromActor(draft, event);
  return draft;
}

/** Adds what another act tells of a process whose start was not recorded: its parent too, where the act says it. */
export function fillFromActor(draft: ProcessDraft, event: EndpointEvent): void {
  know(draft, event);
  if (!draft.imputed) return;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  claimStart(draft, event['process.start']);
  fill(draft, 'pid', event['process.pid']);
  fillImage(draft, event['process.executable']);
  fill(draft, 'commandLine', event['process.command_line']);
  fill(draft, 'integrity', event['process.integrity_level']);
  fill(draft, 'sha256', event['process.hash.sha256']);
  fill(draft, 'signer', event['process.code_signature.subject_name']);
  fill(draft, 'user', userOf(event));
  draft.parentEntity ??= event['process.parent.entity_id'];
  draft.parentPid ??= event['process.parent.pid'];
  draft.parentImage ??= event['process.parent.executable'];
  draft.parentCommandLine ??= event['process.parent.command_line'];
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
  know(draft, event);
  if (!draft.imputed) return;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  claimStart(draft, event['process.parent.start']);
  fill(draft, 'pid', event['process.parent.pid']);
  fillImage(draft, event['process.parent.executable']);
  fill(draft, 'commandLine', event['process.parent.command_line']);
}

/** A process known only because a start names it as the real creator. */
export function draftOfCreator(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, event.time);
  draft.imputed = true;
  fillFromCreator(draft, event);
  return draft;
}

/** Adds what a start tells of its real creator, whose own start was not recorded. */
export function fillFromCreator(draft: ProcessDraft, event: EndpointEvent): void {
  know(draft, event);
  if (!draft.imputed) return;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  fill(draft, 'pid', event['process.parent.Ext.real.pid']);
  fillImage(draft, event['process.parent.Ext.real.executable']);
}

/** A process known only because another acted upon it. */
export function draftOfTarget(event: EndpointEvent, id: EntityId): ProcessDraft {
  const draft = emptyDraft(id, event.time);
  draft.imputed = true;
  fillFromTarget(draft, event);
  return draft;
}

/** Adds what an act upon a process tells of it, whose start was not recorded. */
export function fillFromTarget(draft: ProcessDraft, event: EndpointEvent): void {
  know(draft, event);
  if (!draft.imputed) return;
  if (event.time < draft.firstSeen) draft.firstSeen = event.time;
  fill(draft, 'pid', event['Target.process.pid']);
  fillImage(draft, event['Target.process.executable']);
}

/** Takes over into one draft what another draft of the same process knows; the first value of a field stays. */
export function absorb(draft: ProcessDraft, twin: ProcessDraft): void {
  if (twin.firstSeen < draft.firstSeen) draft.firstSeen = twin.firstSeen;
  if (draft.imputed && !twin.imputed) {
    if (twin.startedAt !== undefined) draft.startedAt = twin.startedAt;
    draft.imputed = false;
  }
  draft.startedIn = [...new Set([...draft.startedIn, ...twin.startedIn])];
  draft.products = [...new Set([...draft.products, ...twin.products])];
  draft.told = [...draft.told, ...twin.told];
  fillImage(draft, twin.image);
  for (const key of TAKEN_OVER) fill(draft, key, twin[key]);
}

const TAKEN_OVER = [
  'startedAt',
  'pid',
  'commandLine',
  'originalFileName',
  'user',
  'userId',
  'integrity',
  'sha256',
  'logonId',
  'workingDirectory',
  'signer',
  'endedAt',
  'startEvent',
  'parentEntity',
  'parentPid',
  'parentImage',
  'parentCommandLine',
  'creatorEntity',
  'creatorPid',
  'creatorImage',
] as const;

/** When a start record says the process started; one written later, of a process already running, says so. */
function startOf(event: EndpointEvent): Micros {
  const claimed = event['process.start'];
  return claimed === undefined ? event.time : micros(Math.min(claimed, event.time));
}

/** A start that only another record tells of: it places the process, and its first sight, in time. */
function claimStart(draft: ProcessDraft, start: number | undefined): void {
  if (start === undefined) return;
  fill(draft, 'startedAt', micros(start));
  if (start < draft.firstSeen) draft.firstSeen = micros(start);
}

function know(draft: ProcessDraft, event: EndpointEvent): void {
  const product = productOf(event.channel);
  if (!draft.products.includes(product)) draft.products = [...draft.products, product];
}

function sourceOf(event: EndpointEvent, startedAt: Micros): ProcessSource {
  const source: { -readonly [Key in keyof ProcessSource]: ProcessSource[Key] } = {
    channel: event.channel,
    event: event.id,
    startedAt,
  };
  put(source, 'entityId', event['process.entity_id']);
  put(source, 'pid', event['process.pid']);
  put(source, 'image', event['process.executable']);
  put(source, 'commandLine', event['process.command_line']);
  put(source, 'user', userOf(event));
  put(source, 'integrity', event['process.integrity_level']);
  put(source, 'sha256', event['process.hash.sha256']);
  put(source, 'parentImage', event['process.parent.executable']);
  put(source, 'parentPid', event['process.parent.pid']);
  return source;
}

function put<Shape, Key extends keyof Shape>(shape: Shape, key: Key, value: Shape[Key] | undefined): void {
  if (value !== undefined) shape[key] = value;
}

/** Sets the image; a full path takes the place of the bare name that another record gave. */
function fillImage(draft: ProcessDraft, image: string | undefined): void {
  if (image === undefined) return;
  if (draft.image === undefined || (!draft.image.includes('\\') && image.includes('\\'))) draft.image = image;
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
    products: _products,
    told,
    parentEntity: _entity,
    parentPid: _pid,
    parentImage: _image,
    parentCommandLine: _line,
    creatorEntity: _creator,
    creatorPid: _creatorPid,
    creatorImage: _creatorImage,
    ...rest
  } = draft;
  const node = { ...rest, link: link ?? ({ strength: 'root' } as const) };
  return told.length < 2 ? node : { ...node, sources: [...told].sort(bySource) };
}

function bySource(a: ProcessSource, b: ProcessSource): number {
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  return a.event < b.event ? -1 : 1;
}
