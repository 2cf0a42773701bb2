/** Named lists that predicates refer to as `%name%`: names, path patterns, extensions, markers. Lower case. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** A list by name; throws an Error that names the unknown list and those there are. */
export function listOf(lists: Lists, name: string): readonly string[] {
  const list = lists.get(name);
  if (list === undefined)
    throw new Error(`there is no list "${name}" (there are ${[...lists.keys()].sort().join(', ')})`);
  return list;
}
