import { normaliseHostName, shortHostName } from './hostName';

/** A machine's name and a vendor's id of it, as records give them together; both lower case. */
export type HostDevice = { readonly name: string; readonly device: string };

/** A person's word on whether a recorded name is the machine `with` is; it outranks what the records suggest. */
export type HostDecision = {
  readonly name: string;
  readonly with: string;
  readonly decision: 'same' | 'separate';
};

/** Which machine a recorded name stands for, and why it is not a machine of its own. */
export type HostMembership = {
  readonly canonical: string;
  /** Absent on the canonical name itself. */
  readonly because?: string;
};

/**
 * One machine is written in many ways: `WS1`, `ws1.corp.example`, a Falcon agent id. Decides over the whole
 * set of names, never by their order, which are one host:
 *
 * - a bare name and the one fully qualified name that begins with it (two domains with such a host: neither);
 * - names that records give together with a device id, if it is the id of one machine name only: clones of an
 *   image and placeholders share one, and two machines joined are worse than one machine twice;
 * - what a person decided: `same` joins, `separate` keeps a name out of a group it would be in.
 *
 * The canonical name is a fully qualified one where there is one, else a name that is no device id; ties by
 * alphabet.
 */
export function groupHosts(
  names: Iterable<string>,
  devices: readonly HostDevice[] = [],
  decisions: readonly HostDecision[] = [],
): ReadonlyMap<string, HostMembership> {
  const all = [...new Set([...names].map(normaliseHostName))].sort();
  // A name that only an inventory gave is no host, but may be the link between two that are.
  const named = devices.map((entry) => normaliseHostName(entry.name));
  const deviceIds = new Set(devices.map((entry) => entry.device));
  const groups = createGroups(all, decisions);
  for (const link of decidedLinks(decisions)) groups.join(link);
  for (const link of qualifiedLinks(
    [...new Set([...all, ...named])].sort().filter((name) => !deviceIds.has(name)),
  ))
    groups.join(link);
  for (const link of deviceLinks(devices)) groups.join(link);
  return groups.memberships((name) => (deviceIds.has(name) ? 2 : shortHostName(name) === name ? 1 : 0));
}

type Link = { readonly a: string; readonly b: string; readonly because: string };

function decidedLinks(decisions: readonly HostDecision[]): Link[] {
  return decisions
    .filter((one) => one.decision === 'same')
    .map((one) => ({ a: one.name, b: one.with, because: 'joined by hand' }))
    .sort(byNames);
}

/** A bare name belongs to the one fully qualified name that starts with it. */
function qualifiedLinks(names: readonly string[]): Link[] {
  const qualified = new Map<string, string[]>();
  for (const name of names) {
    const bare = shortHostName(name);
    if (bare !== name) qualified.set(bare, [...(qualified.get(bare) ?? []), name]);
  }
  return names.flatMap((name) => {
    const [only, ...others] = qualified.get(name) ?? [];
    return only === undefined || others.length > 0
      ? []
      : [{ a: name, b: only, because: `the only full name that begins with ${name}` }];
  });
}

function deviceLinks(devices: readonly HostDevice[]): Link[] {
  const byDevice = new Map<string, Set<string>>();
  for (const { name, device } of devices) {
    const names = byDevice.get(device) ?? new Set([device]);
    byDevice.set(device, names.add(normaliseHostName(name)));
  }
  return [...byDevice].sort().flatMap(([device, names]) => {
    const shorts = new Set([...names].filter((name) => name !== device).map(shortHostName));
    if (shorts.size > 1) return [];
    const [first, ...rest] = [...names].sort();
    return first === undefined
      ? []
      : rest.map((name) => ({
          a: first,
          b: name,
          because: `records give both with the device id ${device}`,
        }));
  });
}

type Group = {
  readonly members: string[];
  readonly reasons: Map<string, string>;
  /** Members that a person told apart from others. */
  readonly decided: string[];
  canonical?: string;
};

/** Union of names under pairs that must stay apart; the smaller group moves, so that it is nearly linear. */
function createGroups(names: readonly string[], decisions: readonly HostDecision[]) {
  const apart = new Map<string, string[]>();
  for (const one of decisions) {
    if (one.decision !== 'separate') continue;
    apart.set(one.name, [...(apart.get(one.name) ?? []), one.with]);
    apart.set(one.with, [...(apart.get(one.with) ?? []), one.name]);
  }
  const groupOf = new Map<string, Group>();
  const open = (name: string): Group => {
    const known = groupOf.get(name);
    if (known !== undefined) return known;
    const made: Group = { members: [name], reasons: new Map(), decided: apart.has(name) ? [name] : [] };
    groupOf.set(name, made);
    return made;
  };
  const mayJoin = (one: Group, other: Group): boolean =>
    one.decided.every((name) => (apart.get(name) ?? []).every((with_) => groupOf.get(with_) !== other));
  const known = new Set(names);
  return {
    join({ a, b, because }: Link): void {
      const [first, second] = [open(a), open(b)];
      const [small, large] = first.members.length < second.members.length ? [first, second] : [second, first];
      if (small === large || !mayJoin(small, large)) return;
      for (const name of small.members) {
        large.members.push(name);
        groupOf.set(name, large);
      }
      large.decided.push(...small.decided);
      for (const [name, reason] of small.reasons) large.reasons.set(name, reason);
      for (const name of [a, b]) if (!large.reasons.has(name)) large.reasons.set(name, because);
    },
    memberships(rank: (name: string) => number): ReadonlyMap<string, HostMembership> {
      const canonicalOf = (group: Group, name: string): string => {
        group.canonical ??=
          group.members
            .filter((member) => known.has(member))
            .sort((x, y) => rank(x) - rank(y) || (x < y ? -1 : 1))[0] ?? name;
        return group.canonical;
      };
      return new Map(
        names.map((name) => {
          const group = groupOf.get(name);
          if (group === undefined) return [name, { canonical: name }];
          const canonical = canonicalOf(group, name);
          const because = group.reasons.get(name);
          return [name, canonical === name || because === undefined ? { canonical } : { canonical, because }];
        }),
      );
    },
  };
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function byNames(x: Link, y: Link): number {
  return pairOf(x.a, x.b) < pairOf(y.a, y.b) ? -1 : 1;
}
