'use client';

import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { ProgressBar } from '@/components/ui/ProgressBar';
import { ProblemNote } from '../ProblemNote';
import { baselineEffect, progressText } from './backtestWords';
import { HiddenList } from './HiddenList';
import { LossNote } from './LossNote';
import { lossText, safeText } from './proposalWords';
import type { Trial } from './useTrialOf';

/** How far the back-test is, and what came out: what would be hidden, what would be lost. */
export function TrialPart({ trial, saveError }: { trial: Trial; saveError: Error | null }) {
  const { backtest, isOfThis } = trial;
  const result = isOfThis ? backtest?.result : null;
  const hidden = result?.changed.filter(({ before, after }) => after.suppressed && !before.suppressed) ?? [];
  return (
    <div className="max-h-[38vh] space-y-2 overflow-y-auto empty:hidden">
      <p role="status" className="num text-12 text-text-2">
        {statusText(trial)}
      </p>
      {trial.running && backtest ? (
        <ProgressBar
          aria-label="Back-test"
          max={Math.max(1, backtest.progress.total)}
          value={backtest.progress.done}
          className="h-1 w-full"
        />
      ) : null}
      {result ? (
        <>
          <p className="num font-medium">{baselineEffect(result, true)}.</p>
          {lossText(result.loses) === null ? (
            <p className="num text-12 text-text-2">{safeText({ result })}</p>
          ) : (
            <LossNote loses={result.loses} />
          )}
          <HiddenList
            label="Hidden by it, over all that is stored"
            items={hidden.map(({ before }) => before)}
            total={hidden.length}
          />
        </>
      ) : null}
      {backtest?.state === 'failed' && isOfThis ? (
        <ErrorNote
          compact
          title="The back-test failed"
          detail={backtest.error}
          safe="Nothing was changed."
          todo="Try it again; if it persists, the server log names the cause."
          actions={
            <Button size="sm" onClick={() => trial.start()}>
              Try again
            </Button>
          }
        />
      ) : null}
      {trial.error ? (
        <ProblemNote
          compact
          error={trial.error}
          what="It cannot be tried"
          safe="Nothing was changed; what you wrote is still here."
        />
      ) : null}
      {saveError ? (
        <ProblemNote
          compact
          error={saveError}
          what="Not saved"
          safe="What you wrote is still here. It is tried again before the next save."
        />
      ) : null}
    </div>
  );
}

function statusText({ backtest, isOfThis, running, starting }: Trial): string {
  if (starting) return 'The back-test begins.';
  if (backtest === undefined)
    return 'Nothing is saved untried: the back-test runs over all stored events and the recorded attacks.';
  if (running) {
    const { done, total } = backtest.progress;
    return total > 0 && done >= total
      ? 'All hosts are tried; now the recorded attacks.'
      : `Trying it on stored events: ${progressText(backtest.progress)}.`;
  }
  if (!isOfThis) return 'Changed since the back-test: try it again.';
  if (backtest.state === 'cancelled') return 'The back-test was stopped; nothing was changed.';
  return '';
}
