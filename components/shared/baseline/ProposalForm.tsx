'use client';

import { type KeyboardEvent, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import type { BaselineProposalView, BaselineView } from '@/lib/contracts/baselines';
import { HostileText } from '../MonoText';
import { useMay, useMe } from '../me';
import { useNow } from '../useTimeFormat';
import { BaselineWordFields } from './BaselineWordFields';
import { useSaveBaseline } from './baselineQueries';
import { type BaselineDraft, baselineChange, baselineProblems, proposedExpiry } from './baselineWords';
import { CandidateList } from './CandidateList';
import { HiddenList } from './HiddenList';
import { lookedText, lossText } from './proposalWords';
import { TrialPart } from './TrialPart';
import { useTrialOf } from './useTrialOf';

/** The draft of a baseline: the pattern, who answers for it, why, until when; tried, then saved. */
export function ProposalForm(props: {
  proposal: BaselineProposalView;
  reason: string;
  onClose: () => void;
  onSaved: (baseline: BaselineView) => void;
}) {
  const { proposal } = props;
  const now = useNow() ?? 0;
  const me = useMe().handle;
  const mayWrite = useMay('baselines.write');
  const toast = useToast();
  const [place, setPlace] = useState(0);
  const [words, setWords] = useState({ title: proposal.title, reason: props.reason, owner: me });
  const [chosenEnd, setExpires] = useState<string | null>(null);
  const expires = chosenEnd ?? proposedExpiry(now);
  const [asked, setAsked] = useState(false);
  const candidate = proposal.candidates[place] ?? proposal.candidates[0];
  const draft: BaselineDraft = {
    ...words,
    analytic: proposal.analytic,
    when: candidate?.when ?? '',
    points: null,
    expires,
  };
  const problems = baselineProblems(draft, now);
  const whole = Object.keys(problems).length === 0;
  const change = whole ? { ...baselineChange(draft), finding: proposal.finding } : null;
  const [id, keep] = useState<string | null>(null);
  const trial = useTrialOf(proposal.analytic, change, [id, async (next) => keep(next)]);
  const save = useSaveBaseline();
  const loss = trial.isOfThis ? lossText(trial.backtest?.result?.loses) : null;
  const shown = asked ? problems : {};
  const set = ({ expires: end, ...more }: Partial<typeof words> & { expires?: string }) => {
    if (end !== undefined) setExpires(end);
    setWords({ ...words, ...more });
  };

  const leave = () => {
    if (trial.running) trial.cancel();
    props.onClose();
  };
  const goOn = () => {
    setAsked(true);
    if (!whole || trial.running || trial.starting || save.isPending) return;
    if (!trial.maySave || !trial.backtest) {
      save.reset();
      return trial.start();
    }
    save.mutate(
      { backtest: trial.backtest.id, note: '', ...(loss === null ? {} : { acceptLoss: true }) },
      {
        onSuccess: (baseline) => {
          toast.show({
            text:
              baseline.state === 'waiting'
                ? 'Saved. It does nothing until a second person approves it.'
                : 'Saved. It takes effect as hosts are run again, in the background.',
          });
          props.onSaved(baseline);
        },
        // What it was tried against is not in force any more: it is tried again before the next save.
        onError: () => keep(null),
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    goOn();
  };
  const saveWord = mayWrite && loss === null ? 'Save the baseline' : 'Save and ask a second person';
  const busy = trial.running || trial.starting || save.isPending;
  return (
    <form
      aria-label="A baseline from this finding"
      className="flex min-h-0 flex-col"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        goOn();
      }}
    >
      <div className="space-y-4 px-5 py-4">
        <CandidateList proposal={proposal} chosen={place} onChoose={setPlace} />
        {candidate ? (
          <HiddenList
            label="Would be hidden now"
            items={candidate.hides.findings}
            total={candidate.hides.total}
          />
        ) : null}
        <p className="num text-12 text-text-3">{lookedText(proposal)}</p>
        <Left proposal={proposal} />
        <BaselineWordFields
          words={{ ...words, expires }}
          onChange={set}
          problems={shown}
          now={now}
          reasonRows={2}
          ownerHint="Who answers for it, by handle."
          endHint="At most a year ahead. What it covered until then stays covered."
        />
        <Refused proposal={proposal} />
      </div>
      <div className="sticky bottom-0 space-y-2 border-t bg-surface-1 px-5 py-3">
        <TrialPart trial={trial} saveError={save.error} />
        <div className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1 basis-40 text-12 text-text-2">
            {mayWrite ? '' : 'Your role proposes: a lead or engineer approves it before it hides anything.'}
          </span>
          <Button onClick={leave}>Cancel</Button>
          {trial.running ? <Button onClick={trial.cancel}>Stop the back-test</Button> : null}
          <Button
            type="submit"
            variant={loss === null ? 'primary' : 'danger'}
            keys="Ctrl Enter"
            disabled={busy}
          >
            {save.isPending ? 'Saving…' : busy ? 'Trying it…' : trial.maySave ? saveWord : 'Back-test it'}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Which of the chosen findings it is not for. */
function Left({ proposal }: { proposal: BaselineProposalView }) {
  const { left } = proposal;
  if (left.length === 0) return null;
  const reasons = [...new Set(left.map(({ why }) => why))];
  return (
    <p role="status" className="border-l-2 border-line-strong pl-2.5 text-text-2">
      {left.length} of the chosen {left.length === 1 ? 'is' : 'are'} left out. {reasons.join(' ')}
    </p>
  );
}

/** What nobody is offered, and why. */
function Refused({ proposal }: { proposal: BaselineProposalView }) {
  return (
    <details className="text-12">
      <summary className="min-h-6 cursor-pointer text-text-2">
        {proposal.refused.length} wider {proposal.refused.length === 1 ? 'pattern is' : 'patterns are'} not
        offered
      </summary>
      <ul className="mt-1 space-y-1">
        {proposal.refused.map(({ sentence, why }) => (
          <li key={sentence} className="[overflow-wrap:anywhere]">
            <HostileText text={sentence} /> <span className="text-text-3">{why}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
