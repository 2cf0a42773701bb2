import { type RefObject, useRef, useState } from 'react';
import { createDrafts } from '@/components/shared/drafts';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { reasonFor } from './verdictDraft';

const drafts = createDrafts(50);

/** The verdict that is being written. */
export type Judging = {
  /** Null while none is. */
  verdict: VerdictValue | null;
  reason: string;
  /** Where the reason is written. */
  field: RefObject<HTMLTextAreaElement | null>;
  /** Opens the form, or makes the open one one of this verdict. */
  begin: (verdict: VerdictValue) => void;
  write: (reason: string) => void;
  /** Closes the form; the words are kept for the next time. */
  close: () => void;
  /** The words have been stored. */
  forget: () => void;
};

/**
 * What is being judged and why. The words belong to the finding, not to the form: they outlast another verdict being
 * chosen, the form being closed and another finding being looked at, until they are stored.
 */
export function useJudging(finding: Pick<FindingDetail, 'id' | 'verdict'>): Judging {
  const [verdict, setVerdict] = useState<VerdictValue | null>(null);
  const [reason, setReason] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { id } = finding;
  return {
    verdict,
    reason,
    field,
    begin: (next) => {
      setVerdict(next);
      setReason(reasonFor(next, verdict === null ? drafts.get(id) : reason, finding.verdict));
      // A form that opens takes the focus by itself.
      field.current?.focus();
    },
    write: (words) => {
      drafts.keep(id, words);
      setReason(words);
    },
    close: () => setVerdict(null),
    forget: () => drafts.keep(id, ''),
  };
}
