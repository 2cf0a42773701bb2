import { useState } from 'react';
import { useFindingJudge } from '@/components/shared/verdict/judge';
import { useVerdictDraft, type VerdictDraft } from '@/components/shared/verdict/useVerdictDraft';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

/** The verdict that is being written. */
export type Judging = {
  /** Whether the form is open. */
  open: boolean;
  draft: VerdictDraft;
  /** Opens the form, or makes the open one one of this verdict. */
  begin: (verdict: VerdictValue) => void;
  /** Closes the form; the words are kept for the next time. */
  close: () => void;
};

/**
 * What is being judged and why. The words belong to the finding, not to the form: they outlast another verdict being
 * chosen, the form being closed and another finding being looked at, until they are stored.
 */
export function useJudging(finding: FindingDetail): Judging {
  const [open, setOpen] = useState(false);
  const judge = useFindingJudge();
  const draft = useVerdictDraft([finding], 'undetermined', judge);
  return {
    open,
    draft,
    begin: (verdict) => {
      setOpen(true);
      // A form that opens takes the focus by itself.
      draft.ask(verdict);
    },
    close: () => setOpen(false),
  };
}
