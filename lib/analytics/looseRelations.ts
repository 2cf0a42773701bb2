import type { EntityId } from '../events/endpointEvent';
import type { ProcessNode } from '../lineage/lineage';
import type { Candidate, Wanted } from './candidate';
import { firstAtOrAfter, type HostIndex } from './hostIndex';

/** Relations by session, browser or person and time: for what parentage and files do not tie together. */

export function* sameSession(
  process: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
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
export function* sameUser(
  process: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
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
export function* sameBrowser(
  process: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
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

/** Everything of the wanted kinds in the window; only relations that have nothing better use it. */
export function* inWindow(wanted: Wanted, index: HostIndex): Generator<Candidate> {
  for (const kind of wanted.on) {
    const events = index.ofKind(kind);
    for (let i = firstAtOrAfter(events, wanted.from); i < events.length; i++) {
      const event = events[i];
      if (event === undefined || event.time > wanted.to) break;
      yield { event, evidence: event, process: index.lineage.processOf(event), strength: 'weak', hops: [] };
    }
  }
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
