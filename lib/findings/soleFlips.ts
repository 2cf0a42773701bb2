import { cutText } from '../base/cutText';
import { quoteAround } from './conciseExplanation';
import type { Explanation } from './finding';

/** A test that alone decides a predicate, and which way it would have to come out. */
export type Flip = { readonly test: Explanation; readonly to: boolean };

/** How many tests would have to come out otherwise; the flips that alone do it when that is one. */
type Distance = { readonly count: number; readonly flips: readonly Flip[] };

const THERE: Distance = { count: 0, flips: [] };
const OUT_OF_REACH: Distance = { count: Number.POSITIVE_INFINITY, flips: [] };

/** Whether a judged predicate is as wanted already, or which single tests would make it so; undefined: more than one is needed. */
export function soleFlips(explanation: Explanation, wanted: boolean): readonly Flip[] | undefined {
  const { count, flips } = distance(explanation, wanted);
  return count <= 1 ? flips : undefined;
}

function distance(node: Explanation, wanted: boolean): Distance {
  if (node.op === 'test') {
    // What was not recorded is not one value away: nobody knows its value.
    if (node.result === 'unknown') return OUT_OF_REACH;
    return (node.result === 'true') === wanted ? THERE : { count: 1, flips: [{ test: node, to: wanted }] };
  }
  const children = node.children ?? [];
  if (node.op === 'not') {
    const [inner] = children;
    return inner === undefined ? OUT_OF_REACH : distance(inner, !wanted);
  }
  const distances = children.map((child) => distance(child, wanted));
  return (node.op === 'all') === wanted ? together(distances) : nearest(distances);
}

/** All of them are needed. */
function together(distances: readonly Distance[]): Distance {
  const count = distances.reduce((sum, one) => sum + one.count, 0);
  return { count, flips: count === 1 ? distances.flatMap((one) => one.flips) : [] };
}

/** Any of them will do. */
function nearest(distances: readonly Distance[]): Distance {
  const count = Math.min(Number.POSITIVE_INFINITY, ...distances.map((one) => one.count));
  return {
    count,
    flips: count === 1 ? distances.flatMap((one) => (one.count === 1 ? one.flips : [])) : [],
  };
}

const LISTED = 3;
/** Longest value quoted on a line of its own. */
const LINE = 120;

/** What was recorded in the field, cut to a line. */
export function actualOf({ test }: Flip): string {
  return test.actual === undefined ? 'nothing' : quoteAround(test.actual, test.matched, LINE);
}

/** What the field would have to hold. Of several tests on one field any will do. */
export function wantedOf(flips: readonly Flip[]): string {
  const [first] = flips;
  if (first === undefined) return '';
  const alike = flips.filter(({ test, to }) => test.field === first.test.field && to === first.to);
  const values = alike.flatMap(({ test }) => test.expected ?? []);
  const total = alike.reduce((sum, { test }) => sum + (test.expectedTotal ?? test.expected?.length ?? 0), 0);
  const shown = first.to ? values.slice(0, LISTED) : [first.test.matched ?? values[0] ?? ''];
  const more = first.to && total > shown.length ? ` or ${total - shown.length} more` : '';
  const listed = shown.map((value) => (value.length > LINE ? `${cutText(value, LINE - 1)}\u2026` : value));
  return `${first.to ? '' : 'not '}${words(first.test.modifier)}${listed.join(', ')}${more}`;
}

const WORDS: Readonly<Record<string, string>> = {
  contains: 'contains ',
  startswith: 'starts with ',
  endswith: 'ends with ',
  re: 'matches ',
  cidr: 'within ',
  exists: '',
  gt: 'above ',
  gte: 'at least ',
  lt: 'below ',
  lte: 'at most ',
};

function words(modifier: string | undefined): string {
  for (const part of (modifier ?? '').split('|')) {
    const found = WORDS[part];
    if (found !== undefined) return found;
  }
  return '';
}
