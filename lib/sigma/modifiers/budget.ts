import { SigmaFault } from './fault';

/** Values of one test, placeholders put in. SigmaHQ's longest list has some 600. */
export const VALUES_MAX = 20_000;
/** Characters of one value; Windows' longest command line has 32,767, a rule's values a few hundred. */
export const VALUE_LENGTH_MAX = 8_192;
/** Wildcards of one value. */
export const WILDCARDS_MAX = 200;

/** What one document may still come to: whoever compiles a part of it takes from here. */
export type Budget = { tests: number; values: number; characters: number; regexSize: number };

/** A full budget for one document. */
export function newBudget(): Budget {
  return { tests: 10_000, values: 100_000, characters: 8_000_000, regexSize: 50_000 };
}

/** Takes from a document's budget; throws the fault that says what there is too much of. */
export function spend(budget: Budget, what: keyof Budget, amount: number): void {
  budget[what] -= amount;
  if (budget[what] < 0) throw new SigmaFault(`${SPENT[what]}; split the rule`);
}

const SPENT: Readonly<Record<keyof Budget, string>> = {
  tests: 'this rule has more than 10,000 tests',
  values: 'this rule has more than 100,000 values',
  characters: 'the values of this rule come to more than 8,000,000 characters',
  regexSize: 'the regular expressions of this rule are too large together',
};
