'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { useMay, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useDraft } from '@/components/shared/useDraft';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { SelectField } from '@/components/ui/TextField';
import type { ReviewDetail } from '@/lib/contracts/reviews';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { decisionDrafts } from './reviewDrafts';
import { type Remark, useDecideReview } from './reviewQueries';

/** Approve, or send back with what is to be done; remarks made above go with either. */
export function DecideForm(props: {
  review: ReviewDetail;
  remarks: readonly Remark[];
  onDrop: (place: number) => void;
  /** It is decided: the remarks were stored with it. */
  onDecided: () => void;
}) {
  const { review, remarks } = props;
  const router = useRouter();
  const decide = useDecideReview(review.id);
  const may = useMay('cases.review');
  const refusal = useRefusal('cases.review');
  const { text, write } = useDraft(decisionDrafts, String(review.id));
  const [outcome, setOutcome] = useState<VerdictValue>(() => outcomeOf(review));
  if (!may) return <footer className="border-t px-4 py-2 text-text-2">{refusal}</footer>;
  const say = (decision: 'approved' | 'sent_back') =>
    decide
      .mutateAsync(
        {
          decision,
          text: text.trim(),
          comments: remarks,
          outcome: decision === 'approved' ? outcome : null,
        },
        // Only while one is still here: who went elsewhere is not called away.
        { onSuccess: () => router.push('/cases/home') },
      )
      .then(
        () => {
          write('');
          props.onDecided();
        },
        // Told below; words and remarks stay.
        () => undefined,
      );
  return (
    <footer className="max-h-[45vh] space-y-2 overflow-y-auto border-t bg-surface-1 px-4 py-3">
      {remarks.length === 0 ? null : (
        <ul aria-label="Remarks" className="space-y-0.5">
          {remarks.map((remark, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: remarks have no name of their own
            <li key={place} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <HostileText text={remark.text} />
                {remark.pin?.field ? (
                  <span className="machine text-text-3"> · {remark.pin.field}</span>
                ) : null}
              </span>
              <Button size="sm" variant="quiet" onClick={() => props.onDrop(place)}>
                Drop
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <TextArea
          label="Decision in words"
          rows={2}
          maxLength={8000}
          className="min-w-72 flex-1"
          placeholder="Needed to send it back: what is missing"
          value={text}
          onChange={(event) => write(event.target.value)}
        />
        <SelectField
          label="Verdict of the whole"
          className="w-48"
          value={outcome}
          onChange={(event) => setOutcome(event.target.value as VerdictValue)}
        >
          {VERDICTS.map((value) => (
            <option key={value} value={value}>
              {VERDICT_WORD[value]}
            </option>
          ))}
        </SelectField>
        <Button variant="primary" disabled={decide.isPending} onClick={() => say('approved')}>
          Approve and close
        </Button>
        <Button disabled={decide.isPending || text.trim() === ''} onClick={() => say('sent_back')}>
          Send back
        </Button>
      </div>
      {decide.error ? (
        <ProblemNote
          compact
          error={decide.error}
          what="Nothing was decided"
          safe="Your words are still here."
        />
      ) : null}
    </footer>
  );
}

/** The gravest verdict in force: what an approved case would usually be closed as. */
function outcomeOf(review: ReviewDetail): VerdictValue {
  const given = new Set(review.findings.map(({ verdicts }) => verdicts[0]?.value));
  return VERDICTS.find((value) => given.has(value)) ?? 'undetermined';
}
