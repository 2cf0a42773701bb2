import { SigmaFault } from './fault';

/** Values of one test, placeholders put in. SigmaHQ's longest list has some 600. */
export const VALUES_MAX = 20_000;
/** Characters of one value; Windows' longest command line has 32,767, a rule's values a few hundred. */
export const VALUE_LENGTH_MAX = 8_192;
/** Wildcards of one value. */
export const WILDCARDS_MAX = 200;
/**
 * Steps of the regular expressions of one set of rules, and of those kept compiled at a time: a set in use fits, so
 * that no record compiles them anew.
 */
export const REGEX_STEPS_MAX = 200_000;

type Kind = 'tests' | 'values' | 'characters' | 'regexSize' | 'named';
type Amounts = Readonly<Record<Kind, number>>;

/** What a document, or a file, may still come to: whoever compiles a part of it takes from here. */
export type Budget = {
  readonly left: Record<Kind, number>;
  readonly limits: Amounts;
  readonly of: 'rule' | 'file';
  /** What it is taken from as well: a document's file. */
  readonly within: Budget | undefined;
};

const OF_RULE: Amounts = {
  tests: 10_000,
  values: 100_000,
  characters: 8_000_000,
  regexSize: 50_000,
  named: 20_000,
};
const OF_FILE: Amounts = {
  tests: 200_000,
  values: 1_000_000,
  characters: 16_000_000,
  regexSize: REGEX_STEPS_MAX,
  named: 400_000,
};

/** A full budget for one file. */
export function newFileBudget(): Budget {
  return { left: { ...OF_FILE }, limits: OF_FILE, of: 'file', within: undefined };
}

/** A full budget for one document, of a file where it stands in one. */
export function newBudget(within?: Budget): Budget {
  return { left: { ...OF_RULE }, limits: OF_RULE, of: 'rule', within };
}

/** Takes from a budget, and from the one it is within; throws the fault that says what there is too much of. */
export function spend(budget: Budget, what: Kind, amount: number): void {
  budget.left[what] -= amount;
  if (budget.left[what] < 0) {
    const limit = budget.limits[what].toLocaleString('en-US');
    throw new SigmaFault(`this ${budget.of} ${SPENT[what](limit)}; split the ${budget.of}`);
  }
  if (budget.within !== undefined) spend(budget.within, what, amount);
}

const SPENT: Readonly<Record<Kind, (limit: string) => string>> = {
  tests: (limit) => `has more than ${limit} tests`,
  values: (limit) => `has more than ${limit} values`,
  characters: (limit) => `has values that come to more than ${limit} characters once they are encoded`,
  regexSize: (limit) => `has regular expressions that come to more than ${limit} steps together`,
  named: (limit) => `has conditions that name parts in more than ${limit} places`,
};
