import { type Condition, parseCondition } from '../../sigma/condition';
import type { Lists } from '../lists';
import type { TestValue } from '../predicate/fieldTest';
import type { Detection } from '../predicate/predicate';
import { fieldWords } from './words';

/** Values told one by one; of longer rows the rest is counted. */
const TOLD = 5;
const LONGEST = 80;

type Clause =
  | { readonly op: 'text'; readonly text: string; readonly negated: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Clause[] };

/** What a detection asks for, to be said behind the thing it is asked of: `whose program name is cmd.exe`. */
export function describeDetection(detection: Detection, lists: Lists): string {
  return tell(clauseOf(detection, lists, false));
}

function clauseOf(detection: Detection, lists: Lists, negated: boolean): Clause {
  if (Array.isArray(detection) || typeof detection.condition !== 'string')
    return partClause(detection, lists, negated);
  const { condition, ...parts } = detection as { condition: string } & Record<string, unknown>;
  const named = (node: Condition, no: boolean): Clause => {
    if (node.op === 'name') return partClause(parts[node.name], lists, no);
    if (node.op === 'not') return named(node.of, !no);
    return join(
      no === (node.op === 'all') ? 'any' : 'all',
      node.of.map((inner) => named(inner, no)),
    );
  };
  return named(parseCondition(condition, Object.keys(parts)), negated);
}

function partClause(part: unknown, lists: Lists, negated: boolean): Clause {
  if (Array.isArray(part))
    return join(
      negated ? 'all' : 'any',
      part.map((item) => partClause(item, lists, negated)),
    );
  const tests = Object.entries((part ?? {}) as Record<string, TestValue | readonly TestValue[]>);
  return join(
    negated ? 'any' : 'all',
    tests.map(([key, value]): Clause => ({ op: 'text', ...testTexts(key, value, lists, negated) })),
  );
}

function join(op: 'all' | 'any', of: readonly Clause[]): Clause {
  const flat = of.flatMap((clause) => (clause.op === op ? clause.of : [clause]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { op, of: flat };
}

function tell(clause: Clause, depth = 0): string {
  if (clause.op === 'text') return clause.text;
  const told = clause.of.map((inner) => tell(inner, depth + 1));
  if (depth > 0) return `(${told.join(clause.op === 'all' ? ' and ' : ' or ')})`;
  return told.join(clause.op === 'all' ? ', and ' : ', or ');
}

function testTexts(
  key: string,
  value: TestValue | readonly TestValue[],
  lists: Lists,
  negated: boolean,
): { readonly text: string; readonly negated: string } {
  const [field = '', ...modifiers] = key.split('|');
  const words = fieldWords(field);
  const values = Array.isArray(value) ? (value as readonly TestValue[]) : [value as TestValue];
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  const whose = (positive: string, negative: string): { text: string; negated: string } => {
    const [yes, no] = [`whose ${words.noun} ${positive}`, `whose ${words.noun} ${negative}`];
    return negated ? { text: no, negated: yes } : { text: yes, negated: no };
  };
  const [is, isNot] = words.plural === true ? ['are', 'are not'] : ['is', 'is not'];
  if (has('exists') || values.includes(null)) {
    const wanted = has('exists') && (values[0] === true || values[0] === 'true');
    return wanted
      ? whose(`${is} recorded`, `${isNot} recorded`)
      : whose(`${isNot} recorded`, `${is} recorded`);
  }
  for (const [modifier, positive, negative] of COMPARED)
    if (has(modifier)) return whose(`${is} ${positive} ${values[0]}`, `${is} ${negative} ${values[0]}`);
  if (values.length > 0 && values.every((item) => typeof item === 'boolean')) {
    const holds = (values[0] === true) !== negated;
    const yes = words.yes ?? `whose ${words.noun} ${is} true`;
    const no = words.no ?? `whose ${words.noun} ${is} false`;
    return holds ? { text: yes, negated: no } : { text: no, negated: yes };
  }
  const [verb, not] = verbsOf(has, words.plural === true);
  const tried = triedValues(values, has, lists);
  return whose(`${verb} ${tried}`, `${not} ${tried}`);
}

const COMPARED = [
  ['lte', 'at most', 'above'],
  ['lt', 'below', 'at least'],
  ['gte', 'at least', 'below'],
  ['gt', 'above', 'at most'],
] as const;

function verbsOf(has: (modifier: string) => boolean, plural: boolean): readonly [string, string] {
  const [does, s] = plural ? ['do', ''] : ['does', 's'];
  if (has('re')) return [plural ? 'match' : 'matches', `${does} not match`];
  if (has('cidr')) return plural ? ['lie in', 'do not lie in'] : ['lies in', 'does not lie in'];
  if (has('contains')) return [`contain${s}`, `${does} not contain`];
  if (has('startswith')) return [`start${s} with`, `${does} not start with`];
  if (has('endswith')) return [`end${s} with`, `${does} not end with`];
  return plural ? ['are', 'are not'] : ['is', 'is not'];
}

function triedValues(values: readonly TestValue[], has: (modifier: string) => boolean, lists: Lists): string {
  const quote = (value: TestValue): string => {
    const text = cut(String(value));
    return has('re') ? `/${text}/` : /^[\w.$-]+$/.test(text) ? text : `\u201c${text}\u201d`;
  };
  const told = values.map((value) => (has('expand') ? listWords(String(value), lists) : quote(value)));
  const [first = 'one of an empty list'] = told;
  const amount = has('all') ? 'all of' : 'one of';
  const notes = [...(has('cased') ? ['case counts'] : []), ...(has('windash') ? ['with any dash'] : [])];
  const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  if (told.length <= 1) return `${first}${note}`;
  if (has('expand')) return `${told.join(' or ')}${note}`;
  const more = told.length > TOLD ? ` and ${told.length - TOLD} more` : '';
  return `${amount} ${told.slice(0, TOLD).join(', ')}${more}${note}`;
}

/** `one of the 16 of %browser%` */
function listWords(text: string, lists: Lists): string {
  const name = /^%([a-z0-9_]+)%$/.exec(text)?.[1] ?? '';
  const size = lists.get(name)?.length ?? 0;
  return size === 1 ? text : `one of the ${size} of ${text}`;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\u2026`;
}
