import type { SigmaChoice } from '@/lib/contracts/sigmaSets';

/** With a value if it was not there, without it if it was. */
export function toggledIn<T extends string>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
}

/** Whether two choices take in the same rules, whatever the order their parts are written in. */
export function sameChoice(a: SigmaChoice, b: SigmaChoice): boolean {
  return (Object.keys(a) as (keyof SigmaChoice)[]).every((name) => {
    const [left, right] = [new Set<string>(a[name]), new Set<string>(b[name])];
    return left.size === right.size && [...left].every((value) => right.has(value));
  });
}

/** Why a choice takes in nothing; null when it may take in something. */
export function emptyChoice({ levels, statuses, included }: SigmaChoice): string | null {
  if (included.length > 0) return null;
  if (levels.length === 0) return 'No level is chosen: no rule would run.';
  return statuses.length === 0 ? 'No status is chosen: no rule would run.' : null;
}
