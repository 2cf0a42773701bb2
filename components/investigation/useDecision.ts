import { useAssign } from '@/components/shared/findingWrites';
import { useMe } from '@/components/shared/me';
import type { Outcome } from '@/components/shared/verdict/judge';
import { useUndo } from '@/components/shared/verdict/useUndo';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { useToast } from '@/components/ui/Toast';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

/** What follows a verdict, its undo by the message or by `z`, and whose the finding is. */
export function useDecision(finding: FindingDetail) {
  const me = useMe().handle;
  const toast = useToast();
  const assign = useAssign();
  const { offer, undo } = useUndo();
  const { id, revision } = finding;

  const give = (assignee: string | null) =>
    assign.mutate(
      { id, revision, assignee },
      { onError: (error) => toast.show({ text: `Not assigned: ${error.message}`, tone: 'danger' }) },
    );

  return {
    saved: (outcome: Outcome, verdict: VerdictValue) => {
      if (outcome.undo) offer(`${VERDICT_WORD[verdict]} saved.`, outcome.undo);
    },
    undo,
    give,
    take: () => give(finding.assignee === me ? null : me),
  };
}
