import { canonicalJson } from '../base/canonicalJson';
import type { ValidationCase, ValidationReport } from '../contracts/validation';

/** A run as it is held against another. */
export type ComparedRun = Pick<ValidationReport, 'cases' | 'unusable'>;
type Comparison = NonNullable<ValidationReport['comparison']>;
type Change = Comparison['worse'][number];

/**
 * What became of the cases that two runs have both: the same bytes with the same label of the same analytic. One that
 * was right and is not, whole or in a stage, makes it a regression; so does a complete chain that is raised anew where
 * the label explains none, and a recording that can no longer be read. Where a label was changed, what it says anew is
 * held against nothing. `regressed` is null when nothing is shared.
 */
export function compareRuns(
  now: ComparedRun,
  before: ComparedRun,
): Pick<Comparison, 'regressed' | 'added' | 'removed' | 'relabelled' | 'worse' | 'better'> {
  // An earlier version told neither labels nor what they do not explain.
  const told = before.cases.every(({ labelSha256 }) => labelSha256 !== undefined);
  const [current, earlier] = [byKey(now.cases, told), byKey(before.cases, told)];
  const relabelled = told ? relabelledOf(now, before) : new Map<string, string>();
  const gone = unreadable(now, before);
  const worse: Change[] = [];
  const better: Change[] = [];
  let shared = gone.length;
  for (const [key, one] of current) {
    const was = earlier.get(key);
    if (was === undefined) continue;
    shared++;
    const { recording, analytic } = one;
    const sentence = worseBecause(one, was);
    if (sentence !== undefined) worse.push({ recording, analytic, sentence });
    else if (one.ok && !was.ok)
      better.push({ recording, analytic, sentence: `Was wrong, and is as labelled: ${one.found}.` });
  }
  const inBoth = (sha256: string): boolean =>
    hasBytes(now, sha256) && hasBytes(before, sha256) && !relabelled.has(sha256);
  if (told) {
    worse.push(...only(current, earlier, inBoth).map((one) => toChange(one, one.differences[0])));
    const cured = 'A complete chain that the label does not explain is no longer raised.';
    better.push(...only(earlier, current, inBoth).map((one) => toChange(one, cured)));
  }
  worse.push(...gone);
  return {
    regressed: shared === 0 ? null : worse.length > 0,
    ...recordings(now, before),
    relabelled: [...relabelled.values()].sort(),
    worse,
    better,
  };
}

/** Why a case is worse than it was; undefined when it is not. */
function worseBecause(one: ValidationCase, was: ValidationCase): string | undefined {
  if (was.ok && !one.ok) return one.differences[0] ?? `Found ${one.found}.`;
  // The same label lists its stages in the same order; where nothing was found, none are listed.
  const lost = was.stages.find(({ ok }, i) => ok && one.stages[i]?.ok !== true);
  if (lost === undefined) return undefined;
  const found = one.stages[was.stages.indexOf(lost)]?.found ?? null;
  return `${lost.stage} was ${lost.expected} as labelled and is ${found === lost.expected ? 'shown by another record' : (found ?? 'not in a finding')}.`;
}

function toChange({ recording, analytic, found }: ValidationCase, sentence: string | undefined): Change {
  return { recording, analytic, sentence: sentence ?? `Found ${found}.` };
}

/** Chains that no label explains and that only one of two runs has, of recordings that may be held against each other. */
function only(
  one: ReadonlyMap<string, ValidationCase>,
  other: ReadonlyMap<string, ValidationCase>,
  comparable: (sha256: string) => boolean,
): readonly ValidationCase[] {
  return [...one].flatMap(([key, each]) =>
    each.labelSha256 === null && !other.has(key) && comparable(each.sha256) ? [each] : [],
  );
}

function hasBytes({ cases }: ComparedRun, sha256: string): boolean {
  return cases.some((one) => one.sha256 === sha256);
}

/** Names of recordings that both have under another label, by hash. */
function relabelledOf(now: ComparedRun, before: ComparedRun): ReadonlyMap<string, string> {
  const labelsOf = ({ cases }: ComparedRun): ReadonlyMap<string, readonly string[]> => {
    const labels = new Map<string, string[]>();
    for (const { sha256, labelSha256 } of cases) {
      const known = labels.get(sha256) ?? [];
      labels.set(sha256, known);
      if (typeof labelSha256 === 'string') known.push(labelSha256);
    }
    return labels;
  };
  const [labels, old] = [labelsOf(now), labelsOf(before)];
  const text = (of: readonly string[] | undefined): string => canonicalJson([...(of ?? [])].sort());
  return new Map(
    now.cases.flatMap(({ sha256, recording }): (readonly [string, string])[] =>
      old.has(sha256) && text(labels.get(sha256)) !== text(old.get(sha256)) ? [[sha256, recording]] : [],
    ),
  );
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

/** Cases by what makes two the same; those of one key are told apart by their order. */
function byKey(cases: readonly ValidationCase[], told: boolean): ReadonlyMap<string, ValidationCase> {
  const found = new Map<string, ValidationCase>();
  const seen = new Map<string, number>();
  for (const one of cases) {
    const { sha256, analytic, labelSha256, expected, acceptable } = one;
    if (!told && labelSha256 === null) continue;
    const base = canonicalJson([sha256, analytic, ...(told ? [labelSha256] : [expected, acceptable])]);
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
