import type { EndpointEvent, EventKind } from '../../events/endpointEvent';
import type { Lineage, ProcessNode } from '../../lineage/lineage';
import type { HostIndex } from './hostIndex';

/**
 * What ties processes together that have nothing else in common, as keys: two processes share a trait where a
 * key that one asks for is among those the other has.
 */

/** Who a process runs as; undefined where not recorded, or one of the system's own accounts, who are nobody. */
export type Person = { readonly sid: string | undefined; readonly name: string | undefined };

/** By SID or name; a machine's own account (`ws01$`) is SYSTEM by another name. */
const NOBODY =
  /^s-1-5-(?:18|19|20)$|(?:^|\\)(?:system|local service|network service|localsystem|localservice|networkservice)$|\$$/;

/** The person a process runs as (ANALYTICS B.1). */
export function personOf(node: ProcessNode | undefined): Person | undefined {
  const sid = node?.userId?.toLowerCase();
  const name = node?.user?.toLowerCase();
  if (sid === undefined && name === undefined) return undefined;
  if ((sid !== undefined && NOBODY.test(sid)) || (name !== undefined && NOBODY.test(name))) return undefined;
  return { sid, name };
}

/** Keys under which a person's events are filed: by SID where there is one, else by `DOMAIN\name` without case. */
function filedUnder({ sid, name }: Person): readonly string[] {
  if (sid === undefined) return [`bare ${name}`];
  return name === undefined ? [`sid ${sid}`] : [`sid ${sid}`, `both ${name}`];
}

/** Keys under which events of the same person are found: by SID if both have one, else by name. */
export function personKeys({ sid, name }: Person): readonly string[] {
  if (sid === undefined) return [`bare ${name}`, `both ${name}`];
  return name === undefined ? [`sid ${sid}`] : [`sid ${sid}`, `bare ${name}`];
}

/** Logon sessions that everything of the system shares. */
const SHARED_SESSIONS: ReadonlySet<string> = new Set(['0x3e7', '0x3e4', '0x3e5', '0x0']);

/** The logon session of a process, if it is a person's. */
export function sessionOf(node: ProcessNode | undefined): string | undefined {
  const session = node?.logonId?.toLowerCase();
  return session === undefined || SHARED_SESSIONS.has(session) ? undefined : session;
}

/** Key of a person's browser; without a person, of those of nobody known. */
export function browserKey(family: string, person: string | undefined): string {
  return `browser ${family} ${person ?? 'of nobody known'}`;
}

/** All events of a browser family, whoever runs it. */
export function anyonesBrowserKey(family: string): string {
  return `browser ${family} of anyone`;
}

/** Events of a kind by trait, in time order; each kind is sorted out on the first question about it. */
export function groupByTrait(
  ofKind: (kind: EventKind) => readonly EndpointEvent[],
  lineage: Lineage,
  browserFamily: HostIndex['browserFamily'],
): HostIndex['ofKindWith'] {
  const known = new Map<EventKind, ReadonlyMap<string, readonly EndpointEvent[]>>();
  return (kind, trait) => {
    let groups = known.get(kind);
    if (groups === undefined) {
      groups = sortOut(ofKind(kind), lineage, browserFamily);
      known.set(kind, groups);
    }
    return groups.get(trait) ?? [];
  };
}

function sortOut(
  events: readonly EndpointEvent[],
  lineage: Lineage,
  browserFamily: HostIndex['browserFamily'],
): ReadonlyMap<string, readonly EndpointEvent[]> {
  const groups = new Map<string, EndpointEvent[]>();
  const traits = new Map<string, readonly string[]>();
  for (const event of events) {
    const process = lineage.processOf(event);
    if (process === undefined) continue;
    let keys = traits.get(process);
    if (keys === undefined) {
      keys = traitsOf(lineage.processes.get(process), browserFamily(process));
      traits.set(process, keys);
    }
    for (const key of keys) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [event]);
      else group.push(event);
    }
  }
  return groups;
}

function traitsOf(node: ProcessNode | undefined, family: string | undefined): readonly string[] {
  const person = personOf(node);
  const persons = person === undefined ? [] : filedUnder(person);
  const session = sessionOf(node);
  const keys = [...persons, ...(session === undefined ? [] : [`session ${session}`])];
  if (family === undefined) return keys;
  const own =
    person === undefined ? [browserKey(family, undefined)] : persons.map((key) => browserKey(family, key));
  return [...keys, anyonesBrowserKey(family), ...own];
}
