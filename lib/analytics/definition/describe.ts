import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import type { Relation } from '../analytic';
import type { Lists } from '../lists';
import {
  type AlternativeText,
  type AnalyticText,
  type StageText,
  type WhenText,
  whenSchema,
} from './analyticSchema';
import { readSource } from './definitionSource';
import { describeDetection } from './describeDetection';
import { KIND_WORDS, RELATION_WORDS } from './words';

/** A definition in plain English: made from its data alone, so that it says what is in force. */
export type Description = {
  /** By stage id; one sentence per alternative. */
  readonly stages: ReadonlyMap<
    string,
    readonly { readonly name: string | null; readonly sentence: string }[]
  >;
  /** When each reason counts, by its id. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly suppressors: ReadonlyMap<string, string>;
  /** When a partial chain is worth a person's time; any of them. */
  readonly keepsPartial: readonly string[];
};

/** Stage titles by id: what sentences call a stage. */
type Titles = ReadonlyMap<string, string>;
type Telling = { readonly titles: Titles; readonly lists: Lists };

/** Describes a definition with its parameters put in. */
export function describeAnalytic(text: AnalyticText, lists: Lists): Description {
  const telling = { titles: titlesOf(text.stages), lists };
  return {
    stages: new Map(text.stages.map((stage) => [stage.id, stageSentences(stage, telling)])),
    reasons: new Map(
      text.score.flatMap((group) =>
        group.reasons.map(({ id, when }) => [id, sentence(whenClause(when, telling))] as const),
      ),
    ),
    suppressors: new Map(
      text.suppressors.map(({ id, when }) => [id, sentence(whenClause(when, telling))] as const),
    ),
    keepsPartial: text.keep_partial_when.map((when) => sentence(whenClause(when, telling))),
  };
}

/** A baseline's condition as a sentence; the text as it is when it cannot be read (any more). */
export function describeBaseline(
  when: string,
  stages: readonly { readonly id: string; readonly title: string }[],
  lists: Lists,
): string {
  const parsed = whenSchema.safeParse(readSource(when).value);
  if (!parsed.success) return when;
  return sentence(whenClause(parsed.data, { titles: titlesOf(stages), lists }));
}

function stageSentences(
  stage: StageText,
  telling: Telling,
): readonly { readonly name: string | null; readonly sentence: string }[] {
  const { on, where, relation, after, before } = stage;
  const own: AlternativeText[] = on === undefined ? [] : [{ on, where, relation, after, before }];
  return [...own, ...(stage.any ?? [])].map((alternative) => ({
    name: alternative.name ?? null,
    sentence: sentence(alternativeClause(alternative, telling)),
  }));
}

function alternativeClause(alternative: AlternativeText, telling: Telling): string {
  const { on, where, relation, after, before, given, given_of: of, grade, yields } = alternative;
  const { trace_of: traces } = alternative;
  const what = kindsClause(on) + (where === undefined ? '' : ` ${describeDetection(where, telling.lists)}`);
  const window = windowClause(relation, after, before, telling);
  const joined = relationClause(relation ?? [], telling, window === '' ? undefined : relation?.[0]?.to);
  const parts = [
    [window, joined].filter((part) => part !== '').join(', '),
    given === undefined
      ? ''
      : `if the event ${of === undefined ? 'it is joined to' : `of ${quoted(of, telling.titles)}`} is one ${describeDetection(given, telling.lists)}`,
    traces === undefined
      ? ''
      : `as a trace of a file that ends with ${oneOf(traces.map((ext) => `.${ext}`))}`,
    yields === true ? 'unless what it stands for runs below it' : '',
    grade === undefined ? '' : `held to be ${grade} at best`,
  ];
  return [what, ...parts.filter((part) => part !== '')].join('; ');
}

function kindsClause(kinds: readonly EventKind[]): string {
  return oneOf(kinds.map((kind) => KIND_WORDS[kind].happens));
}

function windowClause(
  relations: readonly Relation[] | undefined,
  after: number | undefined,
  before: number | undefined,
  { titles }: Telling,
): string {
  const [first] = relations ?? [];
  const target = first === undefined ? '' : ` ${quoted(first.to, titles)}`;
  const [behind, ahead] = [
    after === undefined ? '' : `at most ${lengthOf(after)} after`,
    before === undefined ? '' : `at most ${lengthOf(before)} before`,
  ];
  if (before !== undefined && after === 0) return `${ahead}${target}`;
  if (after !== undefined && before === 0) return `${behind}${target}`;
  const told = [ahead, behind].filter((part) => part !== '').join(' or ');
  return told === '' ? '' : `${told}${target}`;
}

/** The relations, grouped by the stage they lead to; one that the window has named already is “its”. */
function relationClause(
  relations: readonly Relation[],
  { titles }: Telling,
  named: string | undefined,
): string {
  const byStage = new Map<string, string[]>();
  for (const { kind, to, depth } of relations) {
    const { phrase, generations } = RELATION_WORDS[kind];
    const told = to === named ? shortened(phrase) : `${phrase} ${quoted(to, titles)}`;
    const up = generations === true && depth > 1 ? ` (up to ${depth} generations)` : '';
    byStage.set(to, [...(byStage.get(to) ?? []), `${told}${up}`]);
  }
  return [...byStage.values()].flat().join(', or ');
}

function shortened(phrase: string): string {
  return phrase
    .replace(/ as$/, '')
    .replace(/the (process|file|command line) of$/, 'its $1')
    .replace(/to start$/, 'to start it');
}

function whenClause(when: WhenText, telling: Telling, inner = false): string {
  const { titles, lists } = telling;
  if ('stage' in when) {
    const conditions = [
      when.alternative === undefined ? '' : `as \u201c${when.alternative}\u201d`,
      when.where === undefined ? '' : `by something ${describeDetection(when.where, lists)}`,
      when.relation === undefined
        ? ''
        : `joined by ${oneOf(when.relation.map((kind) => kind.replaceAll('_', ' ')))}`,
      when.within === undefined ? '' : `within ${lengthOf(when.within)} of what it is joined to`,
    ].filter((part) => part !== '');
    return [`${quoted(when.stage, titles)} is matched`, ...conditions].join(' ');
  }
  if ('ancestor_of' in when)
    return `the process of ${quoted(when.ancestor_of, titles)} has ${when.depth === 1 ? 'a parent' : `an ancestor (up to ${when.depth ?? 8} generations)`} ${describeDetection(when.where, lists)}`;
  if ('matched' in when) return countClause(when.matched, when.at_least, 'matched', titles);
  if ('blind' in when) return countClause(when.blind, when.at_least, 'blind', titles);
  if ('normalised' in when)
    return `${quoted(when.normalised, titles)} is matched only after obfuscation was removed`;
  if ('event' in when) return `also ${alternativeClause(when.event, telling)}`;
  if ('complete' in when) return 'the chain is complete';
  if ('not' in when) return `it is not so that ${whenClause(when.not, telling, true)}`;
  const [list, word] = 'all' in when ? [when.all, ', and '] : [when.any, ', or '];
  const told = list.map((part) => whenClause(part, telling, true)).join(word);
  return inner && list.length > 1 ? `(${told})` : told;
}

function countClause(
  stages: readonly string[],
  atLeast: number | undefined,
  state: 'matched' | 'blind',
  titles: Titles,
): string {
  const names = stages.map((id) => quoted(id, titles));
  const say = (plural: boolean): string =>
    state === 'blind' ? 'could not be seen' : plural ? 'are matched' : 'is matched';
  if (stages.length === 1) return `${names[0]} ${say(false)}`;
  const wanted = atLeast ?? stages.length;
  if (wanted === stages.length) return `${names.join(' and ')} ${say(true)}`;
  return `at least ${wanted} of ${names.join(', ')} ${say(wanted > 1)}`;
}

function titlesOf(stages: readonly { readonly id: string; readonly title: string }[]): Titles {
  return new Map(stages.map(({ id, title }) => [id, title]));
}

function quoted(stage: string, titles: Titles): string {
  return `\u201c${titles.get(stage) ?? stage}\u201d`;
}

function oneOf(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

function sentence(clause: string): string {
  return `${clause.replace(/^\(*[a-z]/, (start) => start.toUpperCase())}.`;
}

const UNITS = [
  [MICROS_PER_DAY, 'd'],
  [MICROS_PER_HOUR, 'h'],
  [MICROS_PER_MINUTE, 'min'],
  [MICROS_PER_SECOND, 's'],
] as const;

/** A length of time as a definition sets it: whole days, hours, minutes or seconds. */
function lengthOf(micros: number): string {
  const [size, unit] = UNITS.find(([size]) => micros >= size && micros % size === 0) ?? [1000, 'ms'];
  return `${micros / size} ${unit}`;
}
