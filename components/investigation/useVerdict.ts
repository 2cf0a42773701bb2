import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '@/components/ui/Toast';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { assignFinding, giveVerdict, type VerdictInput } from './queries';
import { VERDICT_WORD } from './verdict';

const UNDO_MS = 10_000;
const UNDO_KEY = ['investigation', 'undo'];
type Undo = { input: VerdictInput; until: number; toast: number };

/**
 * Gives and takes back verdicts, and assigns. Undo lives in the query cache, so that it outlasts the step to the next
 * finding: ten seconds, by the toast or by `z`.
 */
export function useVerdict(finding: FindingDetail) {
  const client = useQueryClient();
  const toast = useToast();
  const refresh = () => client.invalidateQueries({ queryKey: ['findings'] });

  const takeBack = useMutation({
    mutationFn: (undo: Undo) => giveVerdict(undo.input),
    onSuccess: () => toast.show({ text: 'Verdict taken back.', duration: 4000 }),
    onError: (error) =>
      toast.show({ text: `The verdict could not be taken back: ${error.message}`, tone: 'danger' }),
    onSettled: refresh,
  });
  const undo = () => {
    const last = client.getQueryData<Undo | null>(UNDO_KEY);
    if (last == null || Date.now() > last.until) return;
    client.setQueryData(UNDO_KEY, null);
    toast.dismiss(last.toast);
    takeBack.mutate(last);
  };

  const give = useMutation({
    mutationFn: (given: { verdict: VerdictValue; reason: string }) =>
      giveVerdict({ id: finding.id, revision: finding.revision, ...given }),
    onSuccess: (_, given) => {
      const before = finding.verdict;
      const shown = toast.show({
        text: `${VERDICT_WORD[given.verdict]}: ${finding.headline}`,
        action: { label: 'Undo', keys: 'z', run: undo },
        duration: UNDO_MS,
      });
      const input = { id: finding.id, verdict: before?.value ?? null, reason: before?.reason ?? '' };
      client.setQueryData<Undo>(UNDO_KEY, { input, until: Date.now() + UNDO_MS, toast: shown });
    },
    onSettled: refresh,
  });

  const assign = useMutation({
    mutationFn: (assignee: string | null) =>
      assignFinding({ id: finding.id, assignee, revision: finding.revision }),
    onError: (error) => toast.show({ text: `Not assigned: ${error.message}`, tone: 'danger' }),
    onSettled: refresh,
  });

  return { give, assign, undo };
}
