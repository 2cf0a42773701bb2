import { groupHosts, type HostDevice } from '../events/hostGroups';

/**
 * The host of every name that records gave, also of those that no event names: a name that only ignored records give
 * joins the host it belongs to, and changes no host that events name. `canonical` is by name of events.
 */
export function hostsOfNames(
  names: Iterable<string>,
  canonical: ReadonlyMap<string, string>,
  devices: readonly HostDevice[],
): (name: string) => string {
  const groups = groupHosts([...canonical.keys(), ...names], devices);
  const groupOf = (name: string): string => groups.get(name)?.canonical ?? name;
  const known = new Map([...canonical].map(([name, host]) => [groupOf(name), host]));
  return (name) => canonical.get(name) ?? known.get(groupOf(name)) ?? groupOf(name);
}
