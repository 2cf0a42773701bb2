import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

export type Similar = FindingDetail['similar'][number];
export type Likeness = Similar['because'][number];

/** What two findings share, in words. */
export const LIKENESS: Readonly<Record<Likeness, string>> = {
  shape: 'same images',
  root: 'same root process',
  destination: 'same destination',
};

/** "3 of 5 were judged: 2 benign true positive, 1 false positive."; says so when none was. */
export function pastVerdicts(similar: readonly Pick<Similar, 'verdict'>[]): string {
  const given = similar.flatMap(({ verdict }) => verdict ?? []);
  const found = `${similar.length} ${similar.length === 1 ? 'finding' : 'findings'}`;
  if (given.length === 0) return `None of ${found} like it has a verdict yet.`;
  const counts = new Map<VerdictValue, number>();
  for (const verdict of given) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const [first, ...others] = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([verdict, count]) => ({ count, word: VERDICT_WORD[verdict].toLowerCase() }));
  if (first === undefined) return '';
  const rest = others.map(({ count, word }) => `, ${count} ${word}`).join('');
  return `${first.count} of ${found} like it ${first.count === 1 ? 'was' : 'were'} called ${first.word}${rest}.`;
}

/** How many share each thing, for the filter; only what any shares, in the order of the words. */
export function likenessCounts(
  similar: readonly Similar[],
): readonly { readonly likeness: Likeness; readonly count: number }[] {
  return (Object.keys(LIKENESS) as Likeness[])
    .map((likeness) => ({
      likeness,
      count: similar.filter(({ because }) => because.includes(likeness)).length,
    }))
    .filter(({ count }) => count > 0);
}
