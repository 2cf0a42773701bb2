import { canonicalJson } from '../base/canonicalJson';
import type { ValidationCase, ValidationReport } from '../contracts/validation';

/** A run as it is held against another. */
export type ComparedRun = Pick<ValidationReport, 'cases' | 'unusable'>;
type Comparison = NonNullable<ValidationReport['comparison']>;
type Change = Comparison['worse'][number];

/**
 * What became of the cases that two runs have both: the same bytes, labelled the same for the same analytic. One that
 * was right and is not makes it a regression, and so does one whose recording can no longer be read.
 */
export function compareRuns(
  now: ComparedRun,
  before: ComparedRun,
): Pick<Comparison, 'regressed' | 'added' | 'removed' | 'worse' | 'better'> {
  const earlier = byKey(before.cases);
  const worse: Change[] = [];
  const better: Change[] = [];
  for (const [key, one] of byKey(now.cases)) {
    const was = earlier.get(key);
    if (was === undefined || was.ok === one.ok) continue;
    const { recording, analytic } = one;
    if (one.ok)
      better.push({ recording, analytic, sentence: `Was wrong, and is as labelled: ${one.found}.` });
    else worse.push({ recording, analytic, sentence: one.differences[0] ?? `Found ${one.found}.` });
  }
  worse.push(...unreadable(now, before));
  return { regressed: worse.length > 0, ...recordings(now, before), worse, better };
}

/** Cases that were right of recordings that cannot be read any more. */
function unreadable(now: ComparedRun, before: ComparedRun): readonly Change[] {
  const reasons = new Map(now.unusable.map(({ sha256, reason }) => [sha256, reason]));
  return before.cases.flatMap(({ ok, sha256, recording, analytic }) => {
    const reason = reasons.get(sha256);
    return ok && reason !== undefined
      ? [{ recording, analytic, sentence: `The recording could not be read: ${reason}` }]
      : [];
  });
}

/** Cases by what makes two the same. A label may expect one analytic twice: they are told apart by their order. */
function byKey(cases: readonly ValidationCase[]): ReadonlyMap<string, ValidationCase> {
  const found = new Map<string, ValidationCase>();
  const seen = new Map<string, number>();
  for (const one of cases) {
    const { sha256, analytic, expected, acceptable } = one;
    const base = canonicalJson([sha256, analytic, expected, acceptable]);
    const nth = seen.get(base) ?? 0;
    seen.set(base, nth + 1);
    found.set(`${base} ${nth}`, one);
  }
  return found;
}

function recordings(now: ComparedRun, before: ComparedRun): Pick<Comparison, 'added' | 'removed'> {
  const [added, old] = [namesOf(now), namesOf(before)];
  const without = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
    [...one].flatMap(([sha256, name]) => (other.has(sha256) ? [] : [name])).sort();
  return { added: without(added, old), removed: without(old, added) };
}

/** Names of all recordings, by hash. */
function namesOf({ cases, unusable }: ComparedRun): ReadonlyMap<string, string> {
  return new Map([...cases, ...unusable].map(({ sha256, recording }) => [sha256, recording]));
}
