import type { Literals, SigmaNode, SigmaTest } from '../rule';
import { indexedLiteral } from './fieldFinder';
import type { Rarity } from './rarity';

/** One literal in one field (undefined: any value of the record), as the index looks for it. */
export type ClauseLiteral = {
  readonly field: string | undefined;
  readonly place: Literals['place'];
  readonly text: string;
};

/** Literals of which a record must hold one, else the condition is not true of it. */
export type Clause = {
  readonly literals: readonly ClauseLiteral[];
  /** Share of records expected to hold one, from 0 to 1. */
  readonly share: number;
};

/** What is known of a condition: clauses that must all be met, rarest first; `never`: it cannot come true. */
export type Necessary = readonly Clause[] | 'never';

/** More than these tell little more. */
const KEPT = 3;
/** A clause of more literals would cost more than it saves. */
const MOST_LITERALS = 50_000;

/** Finds what conditions need; what is known of a test is worked out once. */
export type ClauseFinder = (condition: SigmaNode, canHave: (field: string) => boolean) => Necessary;

/**
 * Finds what a record must hold for a condition to be true (not: unknown or false) of it. `canHave` tells which fields
 * records of the source can have at all: a test on another is never true, nor is its negation.
 */
export function createClauseFinder(rarity: Rarity): ClauseFinder {
  const ofTests = new Map<SigmaTest, readonly Clause[]>();
  const ofTest = (test: SigmaTest): readonly Clause[] => {
    const known = ofTests.get(test);
    if (known !== undefined) return known;
    const found = test.literals === undefined ? [] : clauseOf(test.field, test.literals, rarity);
    ofTests.set(test, found);
    return found;
  };
  return (condition, canHave) => {
    // Parts stand in many places of a condition but are one object.
    const ofParts = new Map<SigmaNode, Necessary>();
    const visit = (node: SigmaNode): Necessary => {
      switch (node.op) {
        case 'test':
          return node.test.field === undefined || canHave(node.test.field) ? ofTest(node.test) : 'never';
        case 'part': {
          const known = ofParts.get(node.of);
          if (known !== undefined) return known;
          const found = visit(node.of);
          ofParts.set(node.of, found);
          return found;
        }
        case 'not':
          return [];
        case 'all':
          return every(node.of.map(visit));
        case 'any':
          return some(node.of.map(visit));
      }
    };
    return visit(condition);
  };
}

function clauseOf(field: string | undefined, { place, texts }: Literals, rarity: Rarity): readonly Clause[] {
  // Of an empty text, or of none at all, nothing follows.
  if (texts.length === 0 || texts.length > MOST_LITERALS || texts.includes('')) return [];
  let share = 0;
  for (const text of texts) share += rarity(field, place, text);
  return [
    { literals: texts.map((text) => ({ field, ...indexedLiteral(place, text) })), share: Math.min(1, share) },
  ];
}

function every(parts: readonly Necessary[]): Necessary {
  const clauses: Clause[] = [];
  for (const part of parts) {
    if (part === 'never') return 'never';
    clauses.push(...part);
  }
  return clauses.sort((a, b) => a.share - b.share).slice(0, KEPT);
}

/** (A1 and A2) or (B1 and B2) needs (A1 or B1), and (A2 or B2). */
function some(parts: readonly Necessary[]): Necessary {
  const possible = parts.filter((part) => part !== 'never');
  if (possible.length === 0) return 'never';
  const [only] = possible;
  if (possible.length === 1 && only !== undefined) return only;
  if (possible.some((part) => part.length === 0)) return [];
  const clauses: Clause[] = [];
  const depth = Math.max(...possible.map((part) => part.length));
  for (let k = 0; k < depth; k++) {
    const literals: ClauseLiteral[] = [];
    let share = 0;
    for (const part of possible) {
      const clause = part[Math.min(k, part.length - 1)];
      if (clause === undefined || literals.length + clause.literals.length > MOST_LITERALS) return clauses;
      for (const literal of clause.literals) literals.push(literal);
      share += clause.share;
    }
    clauses.push({ literals, share: Math.min(1, share) });
  }
  return clauses;
}
