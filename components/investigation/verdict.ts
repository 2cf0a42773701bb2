import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

export const VERDICT_WORD: Readonly<Record<VerdictValue, string>> = {
  true_positive: 'True positive',
  benign_true_positive: 'Benign true positive',
  false_positive: 'False positive',
  undetermined: 'Undetermined',
};

export const VERDICT_MEANING: Readonly<Record<VerdictValue, string>> = {
  true_positive: 'It happened and it is hostile.',
  benign_true_positive: 'It happened and it is meant to.',
  false_positive: 'It is not what the analytic looks for.',
  undetermined: 'What was recorded does not allow a decision.',
};

/**
 * Required stages that nobody could have seen. Calling the finding a false positive would say that they did not
 * happen, which the telemetry does not support: the reader has to say so knowingly, or choose *undetermined*.
 */
export function unseenStages(finding: FindingDetail, verdict: VerdictValue): StageView[] {
  return verdict === 'false_positive'
    ? finding.stages.filter((stage) => stage.required && stage.state === 'blind')
    : [];
}
