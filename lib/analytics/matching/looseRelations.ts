import type { EntityId } from '../../events/endpointEvent';
import type { Hop } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import { anyonesBrowserKey, browserKey, personKeys, personOf, sessionOf } from '../host/traits';
import type { Strength } from '../strength';
import type { Candidate, Wanted } from './candidate';

/** Relations by session, browser or person and time: for what parentage and files do not tie together. */

export function* sameSession(
  process: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const session = sessionOf(index.nodeOf(process));
  if (session !== undefined)
    yield* withTrait(
      [`session ${session}`],
      'inferred',
      `in the same logon session ${session}`,
      process,
      wanted,
      index,
    );
}

/** By time and user only; the system's own accounts are nobody in particular. */
export function* sameUser(
  process: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const person = personOf(index.nodeOf(process));
  if (person !== undefined)
    yield* withTrait(
      personKeys(person),
      'weak',
      'by the same user at about the same time; no other link',
      process,
      wanted,
      index,
    );
}

/** A running browser takes over what is opened: its network is another process's, of the same family and user. */
export function* sameBrowser(
  process: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const family = index.browserFamily(process);
  if (family === undefined) return;
  const person = personOf(index.nodeOf(process));
  const keys =
    person === undefined
      ? [anyonesBrowserKey(family)]
      : [browserKey(family, undefined), ...personKeys(person).map((key) => browserKey(family, key))];
  yield* withTrait(
    keys,
    'inferred',
    `by the same browser (${family}) of the same user`,
    undefined,
    wanted,
    index,
  );
}

/** Everything of the wanted kinds in the window; only relations that have nothing better use it. */
export function* sameHost(wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const hops: readonly Hop[] = [{ text: 'on the same host at about the same time', strength: 'weak' }];
  for (const kind of wanted.on) {
    const run = index.ofKind(kind);
    if (run.length > 0) yield { run, from: wanted.from, to: wanted.to, strength: 'weak', hops };
  }
}

function* withTrait(
  keys: readonly string[],
  strength: Strength,
  text: string,
  except: EntityId | undefined,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const hops: readonly Hop[] = [{ text, strength }];
  for (const kind of wanted.on) {
    for (const key of keys) {
      const run = index.ofKindWith(kind, key);
      if (run.length > 0) yield { run, from: wanted.from, to: wanted.to, except, strength, hops };
    }
  }
}
