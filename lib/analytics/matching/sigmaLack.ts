import type { Alternative, Stage } from '../analytic';
import type { HostIndex } from '../host/hostIndex';
import type { Predicate } from '../predicate/predicate';
import { lackFix, lackSentence } from '../predicate/sigmaTest';

/** What a stage cannot see for want of Sigma's rules. */
export type StageLack = {
  /** "needs Sigma rule …, which is not switched on here" */
  readonly sentence: string;
  /** What to do about it. */
  readonly fix: string;
  /** No way to satisfy the stage can be judged; else only some cannot, or not fully. */
  readonly isBlind: boolean;
};

/** What a stage lacks of rules that its ways name; undefined when it names none, or all are switched on. */
export function stageLack(stage: Stage, index: Pick<HostIndex, 'sigma'>): StageLack | undefined {
  const lacks = stage.alternatives.map((alternative) => alternativeLack(alternative, index));
  const rules = new Set<string>();
  let isLacking = false;
  for (const lack of lacks) {
    if (lack === undefined) continue;
    isLacking = true;
    for (const rule of lack.rules) rules.add(rule);
  }
  if (!isLacking) return undefined;
  return {
    sentence: lackSentence([...rules], index.sigma),
    fix: lackFix([...rules], index.sigma),
    isBlind: lacks.every((lack) => lack?.isBlind === true),
  };
}

/** What one way to satisfy a stage lacks; blind when it cannot come true, whatever the records say. */
export function alternativeLack(
  { where, given }: Pick<Alternative, 'where' | 'given'>,
  { sigma }: Pick<HostIndex, 'sigma'>,
): { readonly rules: readonly string[]; readonly isBlind: boolean } | undefined {
  const judge = (predicate: Predicate | undefined) => predicate?.lacks?.(sigma);
  const lacks = [judge(where), judge(given)].filter((lack) => lack !== undefined);
  if (lacks.length === 0) return undefined;
  return { rules: lacks.flatMap(({ rules }) => rules), isBlind: lacks.some(({ canHold }) => !canHold) };
}
