import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';

/**
 * An entity of an alert as its AdditionalFields hold it: objects that name one another by number
 * (`{"$id":"3",…}` once, `{"$ref":"3"}` wherever it comes again).
 */
export type EntityGraph = {
  readonly root: VendorRecord;
  /** The object in a member; a reference is followed. Undefined where there is none. */
  readonly follow: (value: unknown) => VendorRecord | undefined;
  /** The first host among the objects, wherever it stands. */
  readonly host: VendorRecord | undefined;
};

/** Reads the objects of an entity once, breadth first; of more than 5,000 the rest is not looked at. */
export function readEntityGraph(root: VendorRecord): EntityGraph {
  const byId = new Map<string, VendorRecord>();
  let host: VendorRecord | undefined;
  const queue: unknown[] = [root];
  for (let at = 0; at < queue.length && at < OBJECTS_MAX; at++) {
    const one = queue[at];
    if (Array.isArray(one)) {
      for (const item of one.slice(0, OBJECTS_MAX)) if (isContainer(item)) queue.push(item);
      continue;
    }
    if (!isObject(one)) continue;
    const id = one.$id;
    if (typeof id === 'string' && !byId.has(id)) byId.set(id, one);
    if (host === undefined && isHost(one)) host = one;
    for (const value of Object.values(one)) if (isContainer(value)) queue.push(value);
  }
  const follow = (value: unknown): VendorRecord | undefined => {
    if (!isObject(value)) return undefined;
    return typeof value.$ref === 'string' ? byId.get(value.$ref) : value;
  };
  return { root, follow, host };
}

const OBJECTS_MAX = 5000;

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isHost(one: VendorRecord): boolean {
  if (typeof one.$ref === 'string') return false;
  return one.Type === 'host' || (typeof one.HostName === 'string' && one.MachineId !== undefined);
}
