/**
 * One machine is written in many ways: `WS1`, `ws1`, `WS1.corp.example`. Records keep the name they had,
 * lower case; which names are one host is a function of the whole set of names, never of their order.
 *
 * A bare name belongs to the one fully qualified name that starts with it. When two domains have a host of
 * that name, or none has, it stays a host of its own: we do not guess. Addresses are left alone.
 */
export function groupHostNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const all = new Set<string>();
  for (const name of names) all.add(normaliseHostName(name));
  const qualified = new Map<string, string[]>();
  for (const name of all) {
    const bare = shortHostName(name);
    if (bare === name) continue;
    const known = qualified.get(bare);
    if (known === undefined) qualified.set(bare, [name]);
    else known.push(name);
  }
  const groups = new Map<string, string>();
  for (const name of all) {
    const candidates = qualified.get(name);
    groups.set(name, candidates?.length === 1 && candidates[0] !== undefined ? candidates[0] : name);
  }
  return groups;
}

/** Lower case, without surrounding blanks and the trailing dot of a rooted name. */
export function normaliseHostName(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** The name without its domain; addresses are returned whole. */
export function shortHostName(name: string): string {
  if (ADDRESS.test(name)) return name;
  const dot = name.indexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/;
