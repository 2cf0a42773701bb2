import { MICROS_PER_SECOND } from '../base/time';
import type { EntityId } from '../events/endpointEvent';
import { fileName } from '../events/paths';
import { compareProducts, type Product } from '../events/product';
import { createPidTable } from './pidTable';
import { absorb, type ProcessDraft } from './processDraft';

/**
 * Starts of one process in two sources are this close at most, on the host's one clock. Sysmon and an EDR of
 * one machine differ by milliseconds; Falcon and Defender round to them, SentinelOne's start may lag a second.
 */
export const SAME_START = 3 * MICROS_PER_SECOND;

/**
 * Finds the processes that two products recorded under ids of their own and makes one of each: pid, image
 * and start agree within SAME_START, or both are the parent that two records of one child name. Of each pair
 * the draft of the product that stands first (the Windows event log, then PRODUCTS) keeps its id; the other's
 * goes into the answer, so that events which name it find the process. Changes `drafts`.
 *
 * Independent of the order of events: drafts are taken in order of product, start and id.
 */
export function joinTwins(drafts: Map<EntityId, ProcessDraft>): ReadonlyMap<EntityId, EntityId> {
  const aliases = new Map<EntityId, EntityId>();
  if (!severalProducts(drafts.values())) return aliases;
  const order = [...drafts.values()].sort(byProductAndStart);
  const pids = createPidTable(order);
  const join = (kept: ProcessDraft, twin: ProcessDraft): void => {
    const parents = [kept.parentEntity, twin.parentEntity] as const;
    absorb(kept, twin);
    drafts.delete(twin.entityId);
    aliases.set(twin.entityId, kept.entityId);
    joinParents(parents);
  };
  /** Two records of one child name one parent, whatever they call it; a product that gives no pid is joined so. */
  const joinParents = ([one, other]: readonly [EntityId | undefined, EntityId | undefined]): void => {
    const a = one === undefined ? undefined : drafts.get(resolve(aliases, one));
    const b = other === undefined ? undefined : drafts.get(resolve(aliases, other));
    if (a === undefined || b === undefined || a === b || !agree(a, b)) return;
    if (a.pid !== undefined && b.pid !== undefined && a.pid !== b.pid) return;
    if (byProductAndStart(a, b) <= 0) join(a, b);
    else join(b, a);
  };
  for (const draft of order) {
    const { pid, startedAt } = draft;
    if (pid === undefined || startedAt === undefined || aliases.has(draft.entityId)) continue;
    const twin = pids.startedNear(
      pid,
      startedAt,
      SAME_START,
      (other) =>
        other !== draft && !aliases.has(other.entityId) && comesBefore(other, draft) && agree(other, draft),
    );
    if (twin !== undefined) join(twin, draft);
  }
  return aliases;
}

/** The id a process goes by, for one that a record names. */
export function resolve(aliases: ReadonlyMap<EntityId, EntityId>, id: EntityId): EntityId {
  let at = id;
  for (let next = aliases.get(at); next !== undefined; next = aliases.get(at)) at = next;
  return at;
}

/** Of two products and, as far as both say it, of one image. Two processes of one product are two. */
function agree(a: ProcessDraft, b: ProcessDraft): boolean {
  if (a.products.some((product) => b.products.includes(product))) return false;
  return a.image === undefined || b.image === undefined || fileName(a.image) === fileName(b.image);
}

function severalProducts(drafts: Iterable<ProcessDraft>): boolean {
  let seen: Product | undefined;
  for (const { products } of drafts) {
    for (const product of products) {
      if (seen !== undefined && product !== seen) return true;
      seen = product;
    }
  }
  return false;
}

function comesBefore(a: ProcessDraft, b: ProcessDraft): boolean {
  return byProductAndStart(a, b) < 0;
}

function byProductAndStart(a: ProcessDraft, b: ProcessDraft): number {
  const product = compareProducts(firstOf(a), firstOf(b));
  if (product !== 0) return product;
  const start = (a.startedAt ?? a.firstSeen) - (b.startedAt ?? b.firstSeen);
  return start !== 0 ? start : a.entityId < b.entityId ? -1 : a.entityId > b.entityId ? 1 : 0;
}

/** The product of a draft that stands first. */
function firstOf(draft: ProcessDraft): Product {
  return draft.products.reduce(
    (first, product) => (compareProducts(product, first) < 0 ? product : first),
    draft.products[0] ?? '',
  );
}
