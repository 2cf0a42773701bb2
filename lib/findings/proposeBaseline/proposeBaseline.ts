import { stringify } from 'yaml';
import type { Analytic, When } from '../../analytics/analytic';
import { describeBaseline } from '../../analytics/definition/describe';
import { parseBaseline } from '../../analytics/definition/parseAnalytic';
import type { Lists } from '../../analytics/lists';
import { AppError } from '../../base/appError';
import { type Atom, ancestorAtom, anyProfile, atomOf, mainAtom } from './atoms';
import { literalCharacters } from './generalise';
import { holdsOver, type QuotedChain, stageOf } from './quotedChain';
import { tellsApart } from './tooWide';

/** A pattern that would make chains like these normal. */
export type Candidate = {
  /** What it is, in a few words: "the command line with its parent". */
  readonly name: string;
  /** Condition over a chain, as YAML. */
  readonly yaml: string;
  readonly when: When;
  readonly sentence: string;
  /** How many things it asks for. */
  readonly tests: number;
  /** How many chains it was made from. */
  readonly from: number;
};

/** A pattern that is not proposed, and why. */
export type Refusal = { readonly sentence: string; readonly why: string };

export type Proposal = {
  /** From the narrowest to the widest; all hold over each chain they were asked to cover. */
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refusal[];
};

/** What stands in one pattern. */
type Recipe = { readonly name: string; readonly atoms: readonly (Atom | undefined)[] };

/** Candidates of one proposal: more is no choice. */
const CANDIDATES_MAX = 16;
const REFUSED_MAX = 6;
/** A condition that fits the contract of baselines. */
const YAML_MAX = 20_000;
/** How far above the anchor's parent a program is looked for. */
const ABOVE_MAX = 4;

/**
 * Patterns over any stage or hop that hold over all of `chains`, which are of one analytic, the first being the one
 * they are for. `alike` are further chains of the same shape that people called false or harmless: where given, patterns
 * that cover these too are added. None asks for the analytic, a person, a host or a common program alone. Deterministic.
 */
export function proposeBaseline(
  chains: readonly QuotedChain[],
  alike: readonly QuotedChain[],
  analytic: Analytic,
  lists: Lists,
): Proposal {
  const candidates = new Map<string, Candidate>();
  const refused = new Map<string, Refusal>();
  const covers = alike.length === 0 ? [chains] : [chains, [...chains, ...alike]];
  for (const cover of covers) {
    for (const { name, atoms } of recipesFor(cover, analytic)) {
      const present = atoms.filter((atom) => atom !== undefined);
      // What a wider pattern lacks because the chains differ there must not make it another pattern's twin.
      if (present.length === 0) continue;
      for (const tests of [present, anyProfile(present)]) {
        if (tests === undefined) continue;
        const candidate = candidateOf(
          tests === present ? name : `${name}, for anybody`,
          tests,
          cover,
          analytic,
          lists,
        );
        if (candidate === undefined) continue;
        if (tests.some((atom) => tellsApart(atom, lists))) {
          if (!candidates.has(candidate.yaml)) candidates.set(candidate.yaml, candidate);
        } else if (refused.size < REFUSED_MAX)
          refused.set(candidate.yaml, { sentence: candidate.sentence, why: whyTooWide(tests) });
      }
    }
  }
  const ordered = [...candidates.values()].sort((a, b) => b.tests - a.tests || b.yaml.length - a.yaml.length);
  return {
    candidates: ordered.slice(0, CANDIDATES_MAX),
    refused: [
      {
        sentence: `Every chain of ${analytic.id}.`,
        why: 'Too wide: that would switch the analytic off.',
      },
      ...refused.values(),
    ],
  };
}

function recipesFor(chains: readonly QuotedChain[], analytic: Analytic): readonly Recipe[] {
  const [first] = chains;
  const isMatched = (id: string): boolean =>
    chains.every((chain) => (stageOf(chain, id)?.subjects.length ?? 0) > 0);
  const stages = [...analytic.stages]
    .sort((a, b) => a.position - b.position)
    .filter(({ id }) => isMatched(id));
  const anchor = stages.find((stage) => stage.anchor)?.id ?? stages[0]?.id;
  if (first === undefined || anchor === undefined) return [];
  const of = (stage: string, field: string): Atom | undefined => atomOf(chains, stage, field);
  const program = of(anchor, 'process.executable');
  const parent = of(anchor, 'process.parent.executable');
  const main = mainAtom(chains, anchor);
  const command = of(anchor, 'process.command_line');
  const user = of(anchor, 'user.name');
  const host = of(anchor, 'host.name');
  const others = stages.flatMap(({ id, title }) =>
    id === anchor ? [] : [{ title, program: of(id, 'process.executable'), main: mainAtom(chains, id) }],
  );
  const own = [program, parent, main, command];
  const everything = [...own, ...others.flatMap((other) => [other.program, other.main])];
  const hops = Array.from({ length: ABOVE_MAX - 1 }, (_, i) => ancestorAtom(chains, anchor, i + 2));
  return [
    { name: 'This very chain, on this host by this user', atoms: [...everything, user, host] },
    { name: 'This very chain', atoms: everything },
    { name: 'What was run and by which program, by this user', atoms: [...own, user] },
    { name: 'What was run and by which program', atoms: own },
    { name: 'What was run', atoms: [program, main, command] },
    ...others.flatMap((other): readonly Recipe[] =>
      other.main === undefined
        ? []
        : [
            {
              name: `The programs, with \u201c${other.title}\u201d`,
              atoms: [program, parent, other.program, other.main],
            },
            { name: `Only \u201c${other.title}\u201d`, atoms: [other.program, other.main] },
          ],
    ),
    {
      name: 'Who signed the program, and its parent',
      atoms: [program, parent, of(anchor, 'process.code_signature.subject_name')],
    },
    ...hops.flatMap((hop): readonly Recipe[] =>
      hop === undefined ? [] : [{ name: 'The program, and one further up', atoms: [program, hop] }],
    ),
    { name: 'The program and its parent', atoms: [program, parent] },
    { name: 'The program', atoms: [program] },
    { name: 'The user', atoms: [user] },
    { name: 'The host', atoms: [host] },
  ];
}

/** The candidate of some tests; undefined when its condition does not hold over every chain, or is too long to keep. */
function candidateOf(
  name: string,
  atoms: readonly Atom[],
  chains: readonly QuotedChain[],
  analytic: Analytic,
  lists: Lists,
): Candidate | undefined {
  const unique = new Map(atoms.map((atom) => [`${atom.stage}/${atom.above ?? 0}/${atom.field}`, atom]));
  const yaml = conditionOf([...unique.values()]);
  if (yaml.length > YAML_MAX) return undefined;
  const when = readBack(yaml, analytic, lists);
  if (when === undefined || !chains.every((chain) => holdsOver(when, chain) === true)) return undefined;
  return {
    name,
    yaml,
    when,
    sentence: describeBaseline(yaml, analytic.stages, lists),
    tests: unique.size,
    from: chains.length,
  };
}

/** The condition as it will be read; undefined for one that cannot be, whatever telemetry stands in it. */
function readBack(yaml: string, analytic: Analytic, lists: Lists): When | undefined {
  try {
    return parseBaseline(yaml, analytic, lists);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Tests of one match stand together, so that one event must meet them all. Values are quoted by the YAML writer. */
function conditionOf(atoms: readonly Atom[]): string {
  const parts = new Map<string, object>();
  for (const { stage, above } of atoms) {
    const key = `${stage}/${above ?? 0}`;
    if (parts.has(key)) continue;
    const where = Object.fromEntries(
      atoms
        .filter((other) => other.stage === stage && other.above === above)
        .map(({ field, pattern }) => [field, pattern]),
    );
    parts.set(key, above === undefined ? { stage, where } : { ancestor_of: stage, depth: above, where });
  }
  const [only, ...more] = parts.values();
  return stringify(more.length === 0 ? only : { all: [only, ...more] }, {
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function whyTooWide(atoms: readonly Atom[]): string {
  const fields = new Set(atoms.map(({ field }) => field));
  if (fields.has('user.name') || fields.has('host.name'))
    return 'Too wide: whoever takes over this account or computer would be hidden too.';
  return atoms.every(({ pattern }) => literalCharacters(pattern) > 0)
    ? 'Too wide: every computer has these programs, and attackers use them.'
    : 'Too wide: it says next to nothing.';
}
