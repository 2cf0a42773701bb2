import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/components/shared/apiClient';
import { useAssign, useGiveVerdict, type VerdictInput } from '@/components/shared/findingQueries';
import { ME } from '@/components/shared/people';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { useToast } from '@/components/ui/Toast';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

const UNDO_MS = 10_000;
const UNDO_KEY = ['undo', 'verdict'];
type Undo = { input: VerdictInput; until: number; toast: number };

/**
 * Verdict and assignment of one finding. A refusal stays with the form, in `error`, so that no word is lost. Undo lives
 * in the query cache and so outlasts the step to the next finding: ten seconds, by the toast or by `z`.
 */
export function useDecision(finding: FindingDetail) {
  const client = useQueryClient();
  const toast = useToast();
  const give = useGiveVerdict();
  const assign = useAssign();
  const { id, revision } = finding;

  const undo = () => {
    const last = client.getQueryData<Undo | null>(UNDO_KEY);
    if (last == null || Date.now() > last.until) return;
    client.setQueryData(UNDO_KEY, null);
    toast.dismiss(last.toast);
    give.mutate(last.input, {
      onSuccess: () => toast.show({ text: 'Verdict taken back.', duration: 4000 }),
      onError: (error) => toast.show({ text: `The verdict stands: ${error.message}`, tone: 'danger' }),
    });
  };

  const save = async (verdict: VerdictValue, reason: string): Promise<boolean> => {
    const before = finding.verdict;
    try {
      const answer = await give.mutateAsync({ id, revision, verdict, reason });
      const shown = toast.show({
        text: `${VERDICT_WORD[verdict]} saved.`,
        action: { label: 'Undo', keys: 'z', run: undo },
        duration: UNDO_MS,
      });
      client.setQueryData<Undo>(UNDO_KEY, {
        input: {
          id,
          revision: answer.revision,
          verdict: before?.value ?? null,
          reason: before?.reason ?? '',
        },
        until: Date.now() + UNDO_MS,
        toast: shown,
      });
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  };

  const take = () =>
    assign.mutate(
      { id, revision, assignee: finding.assignee === null ? ME : null },
      { onError: (error) => toast.show({ text: `Not assigned: ${error.message}`, tone: 'danger' }) },
    );

  return { save, undo, take, saving: give.isPending, error: give.error, forget: give.reset };
}
