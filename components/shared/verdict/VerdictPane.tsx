'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import type { VerdictValue } from '@/lib/contracts/scalars';
import type { Judge, Outcome, VerdictSubject } from './judge';
import { useVerdictDraft } from './useVerdictDraft';
import { VerdictFields } from './VerdictFields';

/** The verdict in the preview itself: what is being judged stays in sight. Esc cancels, and the words are kept. */
export function VerdictPane(props: {
  subject: VerdictSubject;
  asked: VerdictValue;
  judge: Judge;
  /** Offers to propose a baseline once a false positive is saved. */
  baseline?: boolean | undefined;
  onSaved: (outcome: Outcome, value: VerdictValue, baseline: boolean) => void;
  onCancel: () => void;
}) {
  const { subject, onCancel } = props;
  const form = useId();
  const [wanted, setWanted] = useState(false);
  const draft = useVerdictDraft([subject], props.asked, props.judge);
  const normal = draft.value === 'false_positive' || draft.value === 'benign_true_positive';
  return (
    <div className="max-h-[70%] shrink-0 animate-appear overflow-y-auto border-t border-line-strong bg-surface-2">
      <VerdictFields
        id={form}
        draft={draft}
        compact
        onSaved={(outcome) => props.onSaved(outcome, draft.value, wanted && normal)}
        onCancel={onCancel}
        footer={
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" keys="Ctrl Enter" type="submit" disabled={draft.saving}>
              {draft.saving ? 'Saving…' : draft.conflict ? 'Decide again' : 'Save and next'}
            </Button>
            <Button variant="quiet" keys="Esc" onClick={onCancel}>
              Cancel
            </Button>
            {props.baseline && normal ? (
              <label className="flex min-h-6 items-center gap-1.5 text-12">
                <input
                  type="checkbox"
                  checked={wanted}
                  onChange={(event) => setWanted(event.target.checked)}
                  className="size-3.5 accent-(--accent)"
                />
                Then: never again
              </label>
            ) : null}
          </div>
        }
      />
    </div>
  );
}
