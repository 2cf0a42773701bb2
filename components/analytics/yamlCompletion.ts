import type { VocabularyView } from '@/lib/contracts/analytics';
import { placeName, type YamlPlace } from './yamlPlace';

/** What may stand at a place: put in at `from` in place of what is typed. */
export type Suggestion = {
  readonly label: string;
  readonly apply: string;
  readonly about: string;
  readonly sort: 'key' | 'field' | 'modifier' | 'relation' | 'kind' | 'list' | 'stage' | 'parameter';
};
type Suggestions = { readonly from: number; readonly options: readonly Suggestion[] };

/** What the rest of the definition offers: its stages, groups and parameters. */
export type Names = { readonly stages: readonly string[]; readonly parameters: readonly string[] };

/** Keys below which tests on fields stand. */
const TESTS = new Set(['where', 'given']);
/** Keys that take the id of a stage. */
const OF_STAGE = new Set(['stage', 'ancestor_of', 'matched', 'blind', 'normalised']);
const OF_KIND = new Set(['on', 'needs', 'event.kind']);

/** What to offer at a place; null where nothing is known. `root` is where the text itself stands, as `when`. */
export function suggest(
  place: YamlPlace,
  vocabulary: VocabularyView,
  names: Names,
  root: readonly string[] = [],
): Suggestions | null {
  const path = [...root, ...place.path];
  return place.at === 'key'
    ? keySuggestions(place, path, vocabulary)
    : valueSuggestions(place, path, vocabulary, names);
}

function keySuggestions(
  place: YamlPlace,
  path: readonly string[],
  vocabulary: VocabularyView,
): Suggestions | null {
  if (inTests(path)) {
    const bar = place.typed.lastIndexOf('|');
    if (bar >= 0) {
      const given = new Set(place.typed.slice(0, bar).split('|').slice(1));
      const modifiers = vocabulary.modifiers.filter(({ name }) => !given.has(name));
      return {
        from: place.from + bar + 1,
        options: modifiers.map((each) => option(each, 'modifier', each.name)),
      };
    }
    const condition = keysAt(vocabulary, [...path.slice(0, testsAt(path) + 1)]);
    return {
      from: place.from,
      options: [
        ...condition.map((each) => option(each, 'key', `${each.name}: `)),
        ...vocabulary.fields.map((each) => option(each, 'field', `${each.name}: `)),
      ],
    };
  }
  if (path.at(-1) === 'relation')
    return {
      from: place.from,
      options: [
        ...vocabulary.relations.map((each) => option(each, 'relation', `${each.name}: `)),
        ...keysAt(vocabulary, path).map((each) => option(each, 'key', `${each.name}: `)),
      ],
    };
  const keys = keysAt(vocabulary, path);
  if (keys.length === 0) return null;
  return { from: place.from, options: keys.map((each) => option(each, 'key', `${each.name}: `)) };
}

function valueSuggestions(
  place: YamlPlace,
  path: readonly string[],
  vocabulary: VocabularyView,
  names: Names,
): Suggestions | null {
  const key = place.key ?? '';
  const field = key.split('|')[0] ?? '';
  const stage = { from: place.from, options: names.stages.map((id) => named(id, 'a stage', 'stage')) };
  if (OF_KIND.has(field))
    return { from: place.from, options: vocabulary.kinds.map((each) => option(each, 'kind', each.name)) };
  if (path.at(-1) === 'relation' && vocabulary.relations.some(({ name }) => name === key)) return stage;
  if (!inTests(path) && OF_STAGE.has(key)) return stage;
  if (key === 'fields')
    return { from: place.from, options: vocabulary.fields.map((each) => option(each, 'field', each.name)) };
  if (key === 'after' || key === 'before' || key === 'within' || place.typed.startsWith('$'))
    return {
      from: place.from,
      options: names.parameters.map((name) => named(`\${${name}}`, 'a parameter', 'parameter')),
    };
  if (inTests(path) && (key.includes('expand') || place.typed.startsWith('%')))
    return {
      from: place.from,
      options: vocabulary.lists.map(({ name, values }) =>
        named(`%${name}%`, `${values} ${values === 1 ? 'value' : 'values'}`, 'list', quoted(place)),
      ),
    };
  return null;
}

/** A list's name is quoted in YAML unless it already stands in quotes. */
function quoted(place: YamlPlace): (label: string) => string {
  return place.typed === '' || place.typed.startsWith('%') ? (label) => label : (label) => `'${label}'`;
}

function option(
  { name, about }: { name: string; about: string },
  sort: Suggestion['sort'],
  apply: string,
): Suggestion {
  return { label: name, apply, about, sort };
}

function named(
  label: string,
  about: string,
  sort: Suggestion['sort'],
  apply: (label: string) => string = (same) => same,
): Suggestion {
  return { label, apply: apply(label), about, sort };
}

function testsAt(path: readonly string[]): number {
  return path.findIndex((key) => TESTS.has(key));
}

function inTests(path: readonly string[]): boolean {
  return testsAt(path) >= 0;
}

/** Keys of a place; where the vocabulary does not name the whole place, of the longest end of it that it names. */
function keysAt(vocabulary: VocabularyView, path: readonly string[]) {
  const named = path.map((key) => ALIAS[key] ?? key);
  return (
    endNamed(vocabulary, named) ??
    endNamed(
      vocabulary,
      named.filter((key) => !COMBINED.has(key)),
    ) ??
    []
  );
}

function endNamed(vocabulary: VocabularyView, path: readonly string[]) {
  for (let from = 0; from < Math.max(1, path.length); from++) {
    const keys = vocabulary.keys[placeName(path.slice(from))];
    if (keys) return keys;
  }
  return undefined;
}

/** Keys whose value is what another key's is. */
const ALIAS: Readonly<Record<string, string>> = { keep_partial_when: 'when', given: 'where' };
/** Keys that hold more of what stands above them. */
const COMBINED = new Set(['all', 'any', 'not']);

/** Ids of stages and names of parameters of a text, as far as it is written. */
export function namesIn(text: string): Names {
  const stages: string[] = [];
  const parameters: string[] = [];
  let section = '';
  let indent = -1;
  for (const line of text.split('\n')) {
    const top = /^([a-z_]+):/.exec(line)?.[1];
    if (top !== undefined) {
      section = top;
      indent = -1;
      continue;
    }
    if (section === 'stages') {
      const id = /^\s*-\s+(?:\{\s*)?id:\s*([A-Za-z]\w*)/.exec(line)?.[1];
      if (id !== undefined) stages.push(id);
    }
    if (section === 'parameters') {
      const entry = /^(\s+)([A-Za-z][\w.-]*):/.exec(line);
      const depth = entry?.[1]?.length ?? 0;
      if (entry === null) continue;
      if (indent < 0) indent = depth;
      if (depth === indent && entry[2] !== undefined) parameters.push(entry[2]);
    }
  }
  return { stages, parameters };
}
