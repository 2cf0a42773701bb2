import { type FieldValue, fieldReader, UNKNOWN } from '../../analytics/predicate/fields';
import type { Subject } from '../../analytics/subject';
import { forAnyProfile, literalPattern, patternFor } from './generalise';
import { ancestorsOf, type QuotedChain, stageOf } from './quotedChain';

/** One test of a proposed pattern: a field of a stage's match, or of a process above it, and what it must read. */
export type Atom = {
  readonly stage: string;
  /** How many generations above the match; absent for the match itself. */
  readonly above?: number;
  readonly field: string;
  /** In Sigma's wildcards. */
  readonly pattern: string;
  /** What it reads in the chains it was made from. */
  readonly texts: readonly string[];
};

/** Longest text a pattern is made of; longer ones would make a condition nobody reads. */
const TEXT_MAX = 6000;

/** What a match is about beside its program, the first that is recorded of it. */
const ABOUT = [
  'destination.domain',
  'destination.ip',
  'dns.question.name',
  'dll.path',
  'registry.path',
  'task.name',
  'service.name',
  'pipe.name',
  'file.path',
] as const;

/** Fields of which only the whole value means something. */
const WHOLE: ReadonlySet<string> = new Set(['destination.ip', 'user.name', 'host.name']);

/**
 * A test that the told matches of a stage share over some chains; undefined where one lacks the field, or they share
 * too little. Exact where they read the same.
 */
export function atomOf(chains: readonly QuotedChain[], stage: string, field: string): Atom | undefined {
  return atomFrom(
    stage,
    field,
    chains.map((chain) => toldOf(chain, stage)),
  );
}

/** The same of the process so many generations above. */
export function ancestorAtom(chains: readonly QuotedChain[], stage: string, above: number): Atom | undefined {
  const subjects = chains.map((chain) => ancestorsOf(toldOf(chain, stage), above)[above - 1]);
  const atom = atomFrom(stage, 'process.executable', subjects);
  return atom === undefined ? undefined : { ...atom, above };
}

/** The test of what a stage's match is about: its command line for a start, else its destination or file. */
export function mainAtom(chains: readonly QuotedChain[], stage: string): Atom | undefined {
  const [first] = chains;
  const told = first === undefined ? undefined : toldOf(first, stage);
  if (told === undefined) return undefined;
  if (told.event === undefined || told.event.kind === 'process_start')
    return atomOf(chains, stage, 'process.command_line');
  const field = ABOUT.find((name) => textOf(told, name) !== undefined);
  return field === undefined ? undefined : atomOf(chains, stage, field);
}

/** The same tests with anybody's profile folder where one person's is named; undefined when none is. */
export function anyProfile(atoms: readonly Atom[]): readonly Atom[] | undefined {
  const wider = atoms.map((atom) => ({ ...atom, pattern: forAnyProfile(atom.pattern) }));
  return wider.some(({ pattern }, i) => pattern !== atoms[i]?.pattern) ? wider : undefined;
}

function toldOf(chain: QuotedChain, stage: string): Subject | undefined {
  return stageOf(chain, stage)?.subjects[0];
}

function atomFrom(
  stage: string,
  field: string,
  subjects: readonly (Subject | undefined)[],
): Atom | undefined {
  const texts = subjects.flatMap((subject) => {
    const text = subject === undefined ? undefined : textOf(subject, field);
    return text === undefined ? [] : [text];
  });
  if (texts.length < subjects.length || texts.length === 0) return undefined;
  const distinct = new Map(texts.map((text) => [text.toLowerCase(), text]));
  const [first = ''] = texts;
  const pattern =
    distinct.size === 1
      ? literalPattern(first)
      : WHOLE.has(field)
        ? undefined
        : field.startsWith('d') && !field.includes('path')
          ? domainPattern([...distinct.keys()])
          : patternFor([...distinct.values()]);
  return pattern === undefined ? undefined : { stage, field, pattern, texts: [...distinct.values()] };
}

/** What a field reads first, as recorded; undefined where it is empty, unknown, too long or not to be stored. */
function textOf(subject: Subject, field: string): string | undefined {
  const value: FieldValue = fieldReader(field)?.(subject);
  const text = Array.isArray(value) ? (value as readonly string[])[0] : value;
  if (text === undefined || text === UNKNOWN || typeof text !== 'string' || text === '') return undefined;
  return text.length > TEXT_MAX || text.includes('\0') || /\p{Surrogate}/u.test(text) ? undefined : text;
}

/** Labels that stand before a country's and belong to nobody: under them anyone has a name. */
const OPEN_LABELS: ReadonlySet<string> = new Set([
  'co',
  'com',
  'org',
  'net',
  'gov',
  'ac',
  'edu',
  'or',
  'ne',
  'go',
]);

/** Names under one domain: `*.` and the labels they share at the end; undefined when these are nobody's own. */
function domainPattern(names: readonly string[]): string | undefined {
  const labels = names.map((name) => name.split('.', 128).reverse());
  const [first = []] = labels;
  let shared = 0;
  while (shared < first.length && labels.every((other) => other[shared] === first[shared])) shared++;
  const owned = OPEN_LABELS.has(first[1] ?? '') ? 3 : 2;
  if (shared < owned || labels.some((other) => other.length === shared)) return undefined;
  return `*.${first
    .slice(0, shared)
    .reverse()
    .map((label) => literalPattern(label))
    .join('.')}`;
}
