'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { BaselineWordFields } from '@/components/shared/baseline/BaselineWordFields';
import { baselineProblems, proposedExpiry } from '@/components/shared/baseline/baselineWords';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useNow } from '@/components/shared/useTimeFormat';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useToast } from '@/components/ui/Toast';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { draftProblem, patternOf, proposedFields, proposedTitle } from './normalDraft';
import { PatternFields } from './PatternFields';
import { PreviewNote } from './PreviewNote';
import { type BaselinePattern, baselinePreviewQuery } from './sigmaQueries';
import { useSaveSigmaBaseline } from './sigmaWrites';
import { useSettled } from './useSettled';

/** Says that hits like this one are normal: which, tried at once on the hits there are, why, by whom, until when. */
export function NormalDialog({ hit, onClose }: { hit: SigmaHitView; onClose: () => void }) {
  const form = useId();
  const now = useNow() ?? 0;
  const me = useMe().handle;
  const toast = useToast();
  const save = useSaveSigmaBaseline();
  const [fields, setFields] = useState(() => proposedFields(hit));
  const [here, setHere] = useState(true);
  const [words, setWords] = useState({ title: proposedTitle(hit), reason: '', owner: me });
  const [chosenEnd, setEnd] = useState<string | null>(null);
  const [accepted, setAccepted] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const expires = chosenEnd ?? proposedExpiry(now);
  const pattern = patternOf(hit, fields, here);
  const preview = usePreview(pattern);
  // The words are those of a baseline of findings; which hits it is about stands in its fields.
  const problems = baselineProblems(
    { ...words, analytic: hit.rule.ruleId, when: 'fields', points: null, expires },
    now,
  );
  const shown = asked ? problems : {};
  const key = JSON.stringify(pattern);
  const loses = preview.isOfThis && (preview.data?.losesTruePositives ?? 0) > 0;
  const mayLose = accepted === key;
  const set = ({ expires: end, ...change }: Partial<typeof words> & { expires?: string }) => {
    if (end !== undefined) setEnd(end);
    setWords({ ...words, ...change });
  };
  const submit = () => {
    setAsked(true);
    if (save.isPending || pattern === null || Object.keys(problems).length > 0) return;
    if (!preview.isOfThis || (loses && !mayLose)) return;
    save.mutate(
      {
        ...pattern,
        title: words.title.trim(),
        reason: words.reason.trim(),
        owner: words.owner.trim(),
        expiresAt: new Date(`${expires}T00:00:00Z`).toISOString(),
        hit: hit.ref,
        acceptLoss: loses,
      },
      {
        onSuccess: () => {
          toast.show({ text: 'Saved. The hits it covers are no longer open.' });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => !open && onClose()}
      title="Normal here"
      description="Hits of this rule are covered where every field that is on has one of its values. * and ? stand for others, as in a rule."
      footer={
        <>
          <span className="min-w-0 flex-1 text-12 text-text-3">
            {draftProblem(fields) ?? (pattern === null ? 'A field has no value, or too many.' : '')}
            {asked && loses && !mayLose ? 'It covers true positives: narrow it, or say that it may.' : ''}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant={loses ? 'danger' : 'primary'}
            disabled={save.isPending || pattern === null || !preview.isOfThis}
          >
            {save.isPending ? 'Saving…' : 'Save the baseline'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="space-y-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PatternFields hit={hit} fields={fields} onFields={setFields} here={here} onHere={setHere} />
        <PreviewNote preview={preview} accepted={mayLose} onAccept={(may) => setAccepted(may ? key : null)} />
        <BaselineWordFields
          words={{ ...words, expires }}
          onChange={set}
          problems={shown}
          now={now}
          reasonRows={2}
          ownerHint="Who answers for it, by handle."
          endHint="At most a year ahead; then its hits are open again."
        />
        {save.error ? (
          <ProblemNote
            compact
            error={save.error}
            what="The baseline was not saved"
            safe="All hits are as they were."
          />
        ) : null}
      </form>
    </Dialog>
  );
}

/** What the pattern would cover, asked once it is settled; `isOfThis`: the answer is about this very pattern. */
function usePreview(pattern: BaselinePattern | null) {
  const asked = useSettled(pattern, 400);
  const query = useQuery({
    ...baselinePreviewQuery(asked ?? { ruleId: '-', host: null, fields: {} }),
    enabled: asked !== null,
  });
  const current = asked !== null && JSON.stringify(asked) === JSON.stringify(pattern);
  return {
    data: asked === null ? undefined : query.data,
    error: query.error,
    isOfThis: current && query.data !== undefined && !query.isPlaceholderData && query.error === null,
    retry: () => void query.refetch(),
  };
}
