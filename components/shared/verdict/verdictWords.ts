import type { StageView, VerdictView } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { personName } from '../people';

export const VERDICT_WORD: Record<VerdictValue, string> = {
  true_positive: 'True positive',
  benign_true_positive: 'Benign true positive',
  false_positive: 'False positive',
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

export const VERDICTS = Object.keys(VERDICT_WORD) as VerdictValue[];

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

type Stage = Pick<StageView, 'title' | 'required' | 'state'>;

/** Titles of required stages nobody could have seen: a false positive cannot rest on them. */
export function blindRequired(stages: readonly Stage[]): string[] {
  return stages.filter((stage) => stage.required && stage.state === 'blind').map((stage) => stage.title);
}

/** "False positive by you: installer or update". */
export function verdictSentence(verdict: VerdictView): string {
  return `${VERDICT_WORD[verdict.value]} by ${personName(verdict.by)}${verdict.reason ? `: ${verdict.reason}` : ''}`;
}
