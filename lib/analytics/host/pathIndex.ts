import type { EndpointEvent } from '../../events/endpointEvent';
import { fileExtension, fileName, samePath } from '../../events/paths';

/** What goes by one path, in time order. */
export type PathEntry<Value> = {
  readonly path: string;
  /** What else all of them have in common. */
  readonly tag: string;
  readonly values: readonly Value[];
  /** The events of `values`, in the same order. */
  readonly events: readonly EndpointEvent[];
};

/** An entry, and how sure it is that its path is the one asked for. */
export type PathHit<Value> = { readonly entry: PathEntry<Value>; readonly same: 'exact' | 'inferred' };

/**
 * A lookup by canonical path that finds what `samePath` holds to be the same file: another drive letter where
 * one is unknown, another user where one is, 8.3 names against long ones.
 */
export type PathIndex<Value> = {
  readonly at: (path: string) => readonly PathHit<Value>[];
  /** What was left uncompared for a path that has too many other spellings, in a sentence. */
  readonly cutAt: (path: string) => string | undefined;
  /** Everything of this file name (lower case, without folder), whatever the folder; in time order. */
  readonly named: (name: string) => NamedEntry<Value>;
};

export type NamedEntry<Value> = Pick<PathEntry<Value>, 'values' | 'events'>;

/** Other spellings that one path is compared with, at most; real hosts have a handful. */
const SPELLINGS_TRIED = 256;

const NOTHING: NamedEntry<never> = { values: [], events: [] };

/**
 * Indexes values by the canonical path and tag that `keyOf` gives each. `values` are read on the first
 * question, and must be in time order.
 */
export function indexPaths<Value extends { readonly event: EndpointEvent }>(
  values: () => Iterable<Value>,
  keyOf: (value: Value) => { readonly path: string; readonly tag: string },
): PathIndex<Value> {
  let known: Paths<Value> | undefined;
  let names: ReadonlyMap<string, NamedEntry<Value>> | undefined;
  const paths = (): Paths<Value> => {
    known ??= collect(values(), keyOf);
    return known;
  };
  return {
    at: (path) => hitsOf(path, paths()),
    cutAt: (path) =>
      spellingsOf(path, paths()).some((group) => group.length >= SPELLINGS_TRIED)
        ? `only the first ${SPELLINGS_TRIED} paths that may be another spelling of ${fileName(path)} were compared`
        : undefined,
    named: (name) => {
      names ??= byName(paths());
      return names.get(name) ?? NOTHING;
    },
  };
}

type Entry<Value> = PathEntry<Value> & { readonly values: Value[]; readonly events: EndpointEvent[] };
type Groups<Value> = ReadonlyMap<string, readonly Entry<Value>[]>;

type Paths<Value> = {
  /** The entries of a path, one per tag. */
  readonly exact: Groups<Value>;
  /** Entries with an unknown drive or user, without it. */
  readonly unsure: Groups<Value>;
  /** Entries with a short segment, by what a short name and its long form have in common. */
  readonly short: Groups<Value>;
  /** All entries grouped likewise; built when a path is asked for that is unsure or short itself. */
  folded: Groups<Value> | undefined;
  shaped: Groups<Value> | undefined;
};

function collect<Value extends { readonly event: EndpointEvent }>(
  values: Iterable<Value>,
  keyOf: (value: Value) => { readonly path: string; readonly tag: string },
): Paths<Value> {
  const exact = new Map<string, Entry<Value>[]>();
  const unsure = new Map<string, Entry<Value>[]>();
  const short = new Map<string, Entry<Value>[]>();
  for (const value of values) {
    const { path, tag } = keyOf(value);
    let tagged = exact.get(path);
    if (tagged === undefined) {
      tagged = [];
      exact.set(path, tagged);
    }
    let entry = tagged.find((one) => one.tag === tag);
    if (entry === undefined) {
      entry = { path, tag, values: [], events: [] };
      tagged.push(entry);
      if (path.includes('?')) addTo(unsure, foldedPath(path), entry);
      if (path.includes('~')) addTo(short, shapeOf(path), entry);
    }
    entry.values.push(value);
    entry.events.push(value.event);
  }
  return { exact, unsure, short, folded: undefined, shaped: undefined };
}

function hitsOf<Value>(path: string, paths: Paths<Value>): readonly PathHit<Value>[] {
  const hits: PathHit<Value>[] = [];
  const seen = new Set<Entry<Value>>();
  const add = (entries: readonly Entry<Value>[] | undefined): void => {
    for (const entry of entries ?? []) {
      const same = seen.has(entry) ? undefined : samePath(entry.path, path);
      if (same === undefined) continue;
      seen.add(entry);
      hits.push({ entry, same });
    }
  };
  add(paths.exact.get(path));
  for (const group of spellingsOf(path, paths)) add(group);
  return hits;
}

/** Entries whose path may be the same file's in another spelling. */
function spellingsOf<Value>(path: string, paths: Paths<Value>): readonly (readonly Entry<Value>[])[] {
  const groups: (readonly Entry<Value>[])[] = [];
  const take = (group: readonly Entry<Value>[] | undefined): void => {
    if (group !== undefined) groups.push(group);
  };
  if (path.includes('?')) {
    paths.folded ??= regroup(paths.exact, foldedPath);
    take(paths.folded.get(foldedPath(path)));
  } else if (paths.unsure.size > 0) take(paths.unsure.get(foldedPath(path)));
  if (path.includes('~')) {
    paths.shaped ??= regroup(paths.exact, shapeOf);
    take(paths.shaped.get(shapeOf(path)));
  } else if (paths.short.size > 0) take(paths.short.get(shapeOf(path)));
  return groups;
}

/** A path without what may be unknown in it: the drive's letter and the user whose profile it lies in. */
function foldedPath(path: string): string {
  const rest = path.charCodeAt(1) === 58 ? path.slice(2) : path;
  if (!rest.startsWith('\\users\\')) return rest;
  const end = rest.indexOf('\\', 7);
  return end === -1 ? '\\users\\?' : `\\users\\?${rest.slice(end)}`;
}

/** What a path and its 8.3 form have in common for certain: the depth, the name's first letter, three of the extension. */
function shapeOf(path: string): string {
  let depth = 0;
  for (let at = path.indexOf('\\'); at !== -1; at = path.indexOf('\\', at + 1)) depth++;
  const name = fileName(path);
  return `${depth} ${name[0] ?? ''}.${fileExtension(name).slice(0, 3)}`;
}

function regroup<Value>(exact: Groups<Value>, keyOf: (path: string) => string): Groups<Value> {
  const groups = new Map<string, Entry<Value>[]>();
  for (const [path, entries] of exact) for (const entry of entries) addTo(groups, keyOf(path), entry);
  return groups;
}

function addTo<Value>(groups: Map<string, Entry<Value>[]>, key: string, entry: Entry<Value>): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [entry]);
  else if (group.length < SPELLINGS_TRIED) group.push(entry);
}

function byName<Value extends { readonly event: EndpointEvent }>(
  paths: Paths<Value>,
): ReadonlyMap<string, NamedEntry<Value>> {
  const lists = new Map<string, Value[]>();
  for (const [path, entries] of paths.exact) {
    const name = fileName(path);
    for (const { values } of entries) {
      const list = lists.get(name);
      if (list === undefined) lists.set(name, [...values]);
      else for (const value of values) list.push(value);
    }
  }
  const named = new Map<string, NamedEntry<Value>>();
  for (const [name, values] of lists) {
    values.sort((a, b) => a.event.time - b.event.time || (a.event.id < b.event.id ? -1 : 1));
    named.set(name, { values, events: values.map((value) => value.event) });
  }
  return named;
}
