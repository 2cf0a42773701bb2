import type { z } from 'zod';
import { EVENT_KINDS } from '../../events/endpointEvent';
import { RELATION_KINDS } from '../analytic';
import type { Lists } from '../lists';
import { knownFields } from '../predicate/fields';
import { MODIFIERS } from '../predicate/fieldTest';
import { alternativeSchema, analyticSchema, whenSchema } from './analyticSchema';
import { fieldWords, KIND_WORDS, RELATION_WORDS } from './words';

/** A word the editor completes, with its meaning in one line. */
export type Word = { readonly name: string; readonly about: string };

export type Vocabulary = {
  readonly fields: readonly Word[];
  readonly modifiers: readonly Word[];
  readonly relations: readonly Word[];
  readonly kinds: readonly Word[];
  readonly lists: readonly { readonly name: string; readonly values: number }[];
  /** Keys by the place they stand at: `` (top level), `stages`, `stages.telemetry`, `when`, `where`, … */
  readonly keys: Readonly<Record<string, readonly Word[]>>;
};

/** Everything that may be written in a definition: read off the schema and the tables that judge it. */
export function vocabularyOf(lists: Lists): Vocabulary {
  return {
    fields: knownFields().map((name) => ({ name, about: fieldWords(name).about })),
    modifiers: [...MODIFIERS].map((name) => ({ name, about: MODIFIER_ABOUT[name] ?? '' })),
    relations: RELATION_KINDS.map((name) => ({ name, about: RELATION_WORDS[name].about })),
    kinds: EVENT_KINDS.map((name) => ({ name, about: KIND_WORDS[name].about })),
    lists: [...lists].map(([name, values]) => ({ name, values: values.length })).sort(byName),
    keys: Object.fromEntries(
      [...keysByPlace()].map(([place, keys]) => [
        place,
        [...keys].map((name) => ({ name, about: aboutKey(place, name) })),
      ]),
    ),
  };
}

/** Keys of a detection that are not a part's own name or a field. */
const WHERE_KEYS = ['condition'];

/** Walks the schema; the places of `when`, `where`, `relation` and `event` are the same wherever they stand. */
function keysByPlace(): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>([['where', new Set(WHERE_KEYS)]]);
  const add = (place: string, key: string): void => {
    const keys = places.get(place) ?? new Set<string>();
    places.set(place, keys.add(key));
  };
  const walk = (schema: unknown, place: string): void => {
    for (const shape of shapesOf(schema)) {
      for (const [key, inner] of Object.entries(shape)) {
        add(place, key);
        // Conditions nest in themselves: below `any` of one stands the place `when` again.
        if (SHARED.has(key) || (place === 'when' && key === 'any')) continue;
        walk(inner, place === '' ? key : `${place}.${key}`);
      }
    }
  };
  walk(analyticSchema, '');
  walk(whenSchema, 'when');
  walk(alternativeSchema, 'event');
  for (const kind of RELATION_KINDS) add('relation', kind);
  add('relation', 'depth');
  return places;
}

/** Keys whose value has a place of its own name, wherever it stands. */
const SHARED: ReadonlySet<string> = new Set([
  'where',
  'given',
  'when',
  'keep_partial_when',
  'relation',
  'event',
  'all',
  'not',
  'parameters',
]);

/** The objects a schema takes, through what is optional, listed or one of several. */
function shapesOf(schema: unknown): readonly Readonly<Record<string, unknown>>[] {
  const { def } = schema as { def: Definition };
  switch (def.type) {
    case 'object':
      return [def.shape ?? {}];
    case 'optional':
    case 'default':
    case 'nullable':
      return shapesOf(def.innerType);
    case 'array':
      return shapesOf(def.element);
    case 'pipe':
      return shapesOf(def.in);
    case 'lazy':
      return shapesOf(def.getter?.());
    case 'union':
      return (def.options ?? []).flatMap(shapesOf);
    default:
      return [];
  }
}

type Definition = {
  readonly type: z.core.$ZodTypeDef['type'];
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  readonly element?: unknown;
  readonly in?: unknown;
  readonly options?: readonly unknown[];
  readonly getter?: () => unknown;
};

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Meaning of a key: by its place where it has one of its own, else by its name. */
function aboutKey(place: string, name: string): string {
  if (place === 'relation' && name in RELATION_WORDS)
    return RELATION_WORDS[name as keyof typeof RELATION_WORDS].about;
  return KEY_ABOUT[`${place}.${name}`] ?? KEY_ABOUT[name] ?? '';
}

const MODIFIER_ABOUT: Readonly<Record<string, string>> = {
  contains: 'The value stands anywhere in the field.',
  startswith: 'The field starts with the value.',
  endswith: 'The field ends with the value.',
  all: 'All values must hold, not one of them.',
  re: 'The value is a regular expression (RE2).',
  i: 'With `re`: case does not count.',
  cidr: 'The address lies in the network.',
  exists: 'Whether the record has the field.',
  lt: 'Less than.',
  lte: 'At most.',
  gt: 'More than.',
  gte: 'At least.',
  expand: 'Puts in a list: `%browser%`.',
  cased: 'Case counts.',
  windash: 'A leading dash may be any dash or a slash.',
};

const KEY_ABOUT: Readonly<Record<string, string>> = {
  id: 'Name it is referred to by: letters, digits, underscores.',
  title: 'What people read.',
  version: 'Version of the definition; findings carry it.',
  description: 'What it detects and why it matters.',
  techniques: 'ATT&CK techniques.',
  parameters: 'Values that are set per environment; written `$` and the name in braces where it is used.',
  stages: 'Steps of the chain; the anchor comes first.',
  groups: 'Stages that are alternatives to each other.',
  keep_partial_when: 'When a partial chain is worth a person\u2019s time; any of them.',
  keep_partial_from: 'Least score of a partial finding.',
  score: 'Groups of reasons.',
  suppressors: 'What hides a finding and keeps its score.',
  headline: 'Sentences for the queue; the first that holds is told.',
  runbook: 'What to do, step by step; a step is a sentence, or one with a question that events answer.',
  step: 'What to do, in words.',
  ask: 'A search in the query language, with {host} and {stage.field} places.',
  around: 'How long before and after the finding to look: 30m, 24h; without it, at any time.',
  known_gaps: 'What it cannot see.',
  false_positives: 'What looks like this and is harmless.',
  references: 'Where to read more.',
  anchor: 'Chains are resolved from this stage; exactly one, the first.',
  required: 'Without it the chain is partial.',
  group: 'Group whose alternatives this stage is one of.',
  position: 'Place in the story.',
  on: 'Kinds of event.',
  where: 'What the event must satisfy: a Sigma detection.',
  relation: 'How it is tied to an earlier stage; best first.',
  after: 'How long after the earlier stage, at most: 30s, 10m, 24h, 7d.',
  before: 'How long before the earlier stage, at most.',
  any: 'Alternatives, any of which will do.',
  telemetry: 'What must be collected for the stage to be seen.',
  tell: 'Sentence for the story, with {stage.field} places.',
  burst: 'More than `max` in `within` by one process are one happening.',
  name: 'Name that conditions refer to an alternative by.',
  grade: 'How sure the join is at best: inferred or weak.',
  given: 'What the earlier stage\u2019s event must satisfy.',
  given_of: 'The stage that `given` is about, when it is not the related one.',
  caps: 'What holds the score down.',
  at_most: 'The most the score may be.',
  not_below: 'A lowering reason takes no more than down to this score.',
  trace_of: 'The event is only a trace of a file with one of these extensions.',
  yields: 'Steps back when another alternative runs below it.',
  needs: 'Kinds without which the stage is blind.',
  fields: 'Fields without which some ways cannot be judged.',
  essential: 'Fields without which none can be judged: it is blind.',
  witness: 'Proof that the kinds are collected for what the stage is about.',
  missing: 'What is said when there is no witness.',
  fix: 'The setting that would make it visible.',
  max: 'How many.',
  within: 'Length of time.',
  min: 'How many stages of the group complete the chain.',
  take: 'highest: the best reason counts; sum: all do, up to the cap.',
  cap: 'Most points of the group.',
  reasons: 'What raises or lowers the score.',
  points: 'From -100 to 100.',
  text: 'What people read, with {stage.field} places.',
  when: 'Condition over the chain.',
  url: 'Address.',
  value: 'The value in force.',
  about: 'What it is about.',
  depth: 'How many generations, 1 to 8.',
  condition: 'Joins the parts: `a and not b`, `1 of x*`.',
  'runbook.within':
    'Where to look: host, lineage (what the chain started and wrote); without it, on all hosts.',
  'runbook.needs': 'Kinds without which finding nothing says nothing.',
  'when.stage': 'The stage is matched; with `where`, `relation`, `alternative`, `within`.',
  'when.ancestor_of': 'An ancestor of the stage\u2019s process satisfies `where`.',
  'when.matched': 'Stages that are matched; `at_least` says how many.',
  'when.blind': 'Stages that could not be seen; `at_least` says how many.',
  at_least: 'How many of them.',
  'when.normalised': 'The stage matched only after obfuscation was removed.',
  'when.event': 'Another event, related to a stage.',
  'when.complete': 'The chain is complete.',
  'when.all': 'All of these conditions.',
  'when.any': 'Any of these conditions.',
  'when.not': 'The condition does not hold.',
  'when.alternative': 'Which alternative of the stage matched.',
  'when.relation': 'By which relation it was joined.',
};
