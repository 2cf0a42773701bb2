import type { StageView, VerdictView } from '@/lib/contracts/findings';
import { VERDICT_WORD, type VerdictValue, verdictValue } from '@/lib/contracts/scalars';

export { VERDICT_WORD };

/** Where there is little room; the whole word must be its name. */
export const VERDICT_SHORT: Record<VerdictValue, string> = {
  true_positive: 'True',
  benign_true_positive: 'Benign true',
  false_positive: 'False',
  undetermined: 'Undetermined',
};

export const VERDICT_MEANING: Record<VerdictValue, string> = {
  true_positive: 'It happened, and it is an attack.',
  benign_true_positive: 'It happened as described, and it was allowed: a test, an administrator, a tool.',
  false_positive: 'It did not happen as described.',
  undetermined: 'What was recorded does not allow a decision.',
};

/** The second key after `v`. */
export const VERDICT_KEY: Record<VerdictValue, string> = {
  true_positive: 't',
  benign_true_positive: 'b',
  false_positive: 'f',
  undetermined: 'u',
};

export const VERDICTS = verdictValue.options;

/** Reasons given often enough to be one key away. */
export const COMMON_REASONS: Record<VerdictValue, readonly string[]> = {
  true_positive: [
    'Confirmed with the user',
    'Destination is known to be hostile',
    'Escalated for containment',
  ],
  benign_true_positive: ['Approved test or exercise', 'Administrator at work', 'Known business tool'],
  false_positive: ['Installer or update', 'Records joined by mistake', 'Ordinary use of the program'],
  undetermined: ['A required stage is blind', 'User could not be reached', 'Records around it are missing'],
};

type Stage = Pick<StageView, 'id' | 'title' | 'required' | 'group' | 'state' | 'stateReason'>;

/** A stage that had to be seen and could not be. */
export type BlindStage = { id: string; title: string; why: string | null };

/**
 * Required stages nobody could have seen: a false positive cannot rest on them. Of stages that are alternatives, the
 * blind ones count while none of them matched.
 */
export function blindStages(stages: readonly Stage[]): BlindStage[] {
  const met = new Set(stages.flatMap(({ group, state }) => (group && state === 'matched' ? [group] : [])));
  return stages
    .filter(({ required, group, state }) => state === 'blind' && (group ? !met.has(group) : required))
    .map(({ id, title, stateReason }) => ({ id, title, why: stateReason }));
}

/** The same over several findings, each stage once. */
export function blindAmong(findings: readonly { stages: readonly Stage[] }[]): BlindStage[] {
  const all = new Map(
    findings
      .flatMap(({ stages }) => blindStages(stages))
      .map((stage) => [`${stage.title}\n${stage.why}`, stage]),
  );
  return [...all.values()];
}

/** "Callback", "Callback and Second stage". */
export function stageNames(stages: readonly BlindStage[]): string {
  const titles = [...new Set(stages.map(({ title }) => title))];
  const last = titles.pop() ?? '';
  return titles.length === 0 ? last : `${titles.join(', ')} and ${last}`;
}

/**
 * The verdict a form begins with: where a false positive is asked for and a required stage was blind, undetermined is
 * what can be said.
 */
export function proposedVerdict(asked: VerdictValue, blind: readonly BlindStage[]): VerdictValue {
  return asked === 'false_positive' && blind.length > 0 ? 'undetermined' : asked;
}

/** "False positive by you: installer or update"; `nameOf` is of `usePeople`. */
export function verdictSentence(
  verdict: Pick<VerdictView, 'value' | 'reason' | 'by'>,
  nameOf: (handle: string) => string,
): string {
  return `${VERDICT_WORD[verdict.value]} by ${nameOf(verdict.by)}${verdict.reason ? `: ${verdict.reason}` : ''}`;
}
