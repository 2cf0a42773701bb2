import type { EndpointEvent } from '../events/endpointEvent';
import { fileExtension, samePath } from '../events/paths';

/** Names of one key that a short name is compared with, at most: bounds the cost of hostile names. */
const TRIED = 256;

/**
 * A lookup by file name that knows 8.3 names: `quarte~1.svg` also finds what goes by `quarterly plan.svg`,
 * and the other way round; the caller compares whole paths. Lists are in time order, and so is the answer.
 * `build` is called once, on the first question; where no name is short, nothing more is done.
 */
export function byNameOrShortName<Value extends { readonly event: EndpointEvent }>(
  build: () => ReadonlyMap<string, readonly Value[]>,
): (name: string) => readonly Value[] {
  let lists: ReadonlyMap<string, readonly Value[]> | undefined;
  let short: ReadonlyMap<string, readonly string[]> | undefined;
  let all: ReadonlyMap<string, readonly string[]> | undefined;
  return (name) => {
    lists ??= build();
    short ??= groupNames(lists.keys(), (known) => known.includes('~'));
    const direct = lists.get(name) ?? [];
    const isShort = name.includes('~');
    if (!isShort && short.size === 0) return direct;
    if (isShort) all ??= groupNames(lists.keys(), () => true);
    const others = (isShort ? all : short)
      ?.get(keyOf(name))
      ?.flatMap((known) =>
        known !== name && samePath(known, name) !== undefined ? (lists?.get(known) ?? []) : [],
      );
    if (others === undefined || others.length === 0) return direct;
    return [...direct, ...others].sort(
      (a, b) => a.event.time - b.event.time || (a.event.id < b.event.id ? -1 : 1),
    );
  };
}

function groupNames(
  names: Iterable<string>,
  wanted: (name: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    if (!wanted(name)) continue;
    const group = groups.get(keyOf(name));
    if (group === undefined) groups.set(keyOf(name), [name]);
    else if (group.length < TRIED) group.push(name);
  }
  return groups;
}

/** What a long name and its short form have in common for certain: the first letter, and three of the extension. */
function keyOf(name: string): string {
  return `${name[0] ?? ''}.${fileExtension(name).slice(0, 3)}`;
}
