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

/** A device id that more names than this share is no identity: a placeholder, or an image that was cloned. */
const NAMES_PER_DEVICE = 4;

/**
 * One machine is written in many ways: `WS1`, `ws1.corp.example`, a Falcon agent id. Decides over the whole
 * set of names, never by their order, which are one host:
 *
 * - a bare name and the one fully qualified name that begins with it (two domains with such a host: neither);
 * - names that records give together with the same device id;
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
  const apart = new Set(
    decisions.filter((one) => one.decision === 'separate').map((one) => pairOf(one.name, one.with)),
  );
  const links = [
    ...decidedLinks(decisions),
    ...qualifiedLinks([...new Set([...all, ...named])].sort().filter((name) => !deviceIds.has(name))),
    ...deviceLinks(devices),
  ];
  const groups = createGroups(all, apart);
  for (const link of links) groups.join(link);
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
    // `carbon black edr 1` is the first sensor of any server: it names a machine only while it has one name.
    if (shorts.size > (device.includes(' ') ? 1 : NAMES_PER_DEVICE)) return [];
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

/** Union of names under pairs that must stay apart. */
function createGroups(names: readonly string[], apart: ReadonlySet<string>) {
  const groupOf = new Map<string, { readonly members: string[]; readonly reasons: Map<string, string> }>();
  const open = (name: string) => {
    const known = groupOf.get(name);
    if (known !== undefined) return known;
    const made = { members: [name], reasons: new Map<string, string>() };
    groupOf.set(name, made);
    return made;
  };
  const known = new Set(names);
  return {
    join({ a, b, because }: Link): void {
      const [one, other] = [open(a), open(b)];
      if (one === other) return;
      if (one.members.some((left) => other.members.some((right) => apart.has(pairOf(left, right))))) return;
      for (const name of other.members) {
        one.members.push(name);
        groupOf.set(name, one);
      }
      for (const [name, reason] of other.reasons) one.reasons.set(name, reason);
      for (const name of [a, b]) if (!one.reasons.has(name)) one.reasons.set(name, because);
    },
    memberships(rank: (name: string) => number): ReadonlyMap<string, HostMembership> {
      const result = new Map<string, HostMembership>();
      for (const name of names) {
        const group = groupOf.get(name);
        if (group === undefined) {
          result.set(name, { canonical: name });
          continue;
        }
        const [canonical = name] = group.members
          .filter((member) => known.has(member))
          .sort((x, y) => rank(x) - rank(y) || (x < y ? -1 : 1));
        const because = group.reasons.get(name);
        result.set(
          name,
          canonical === name || because === undefined ? { canonical } : { canonical, because },
        );
      }
      return result;
    },
  };
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function byNames(x: Link, y: Link): number {
  return pairOf(x.a, x.b) < pairOf(y.a, y.b) ? -1 : 1;
}
