import { compileGlob, matchesGlob } from '../sigma/glob';

/** A named part of the fleet: hosts whose name fits one of the patterns. */
export type NamedHosts = { readonly name: string; readonly patterns: readonly string[] };

/**
 * Tells the group of a host's name: the first that has a pattern which fits the whole name, or undefined. In a pattern
 * `*` is any run and `?` one character; everything else, a backslash too, stands for itself; case does not matter.
 */
export function groupFinder(groups: readonly NamedHosts[]): (hostName: string) => string | undefined {
  const compiled = groups.map(({ name, patterns }) => ({
    name,
    globs: patterns.map((pattern) => compileGlob(pattern.toLowerCase().replaceAll('\\', '\\\\'))),
  }));
  return (hostName) => {
    const text = hostName.toLowerCase();
    return compiled.find(({ globs }) => globs.some((glob) => matchesGlob(glob, text)))?.name;
  };
}
