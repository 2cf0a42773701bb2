'use client';

import { type ReactNode, useState } from 'react';
import { progressText } from '@/components/shared/baseline/backtestWords';
import { Allowed, type Permission, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { ProgressBar } from '@/components/ui/ProgressBar';
import type { BacktestView } from '@/lib/contracts/analytics';
import { BacktestReport } from './BacktestReport';
import { SaveForm } from './SaveForm';
import type { Trial } from './useTrial';

type ChangeBarProps = {
  trial: Trial;
  /** What is changed, one short name each. */
  changes: readonly string[];
  /** Instead of how many changes: what is new, as "A new baseline". */
  title?: string | undefined;
  /** Why it cannot be tried as it is; null when it can. */
  obstacle: string | null;
  /** Puts the tried change in force. Rejects when the server refuses. */
  save: (body: { backtest: string; note: string }) => Promise<unknown>;
  onSaved: () => void;
  onDiscard: () => void;
  /** More ways to try, as "on chosen imports". */
  beside?: ReactNode;
  /** What a save is called. */
  saveWord?: string | undefined;
  /** What saving it needs; `analytics.tune` unless said otherwise. */
  permission?: Permission | undefined;
  /** Instead of the count of findings: what the change would do, as a baseline says it. */
  effect?: ((result: NonNullable<BacktestView['result']>) => string) | undefined;
};

/** Below whatever is being changed: try it on stored events, see what that would do, then save. In this order only. */
export function ChangeBar(props: ChangeBarProps) {
  const { trial, changes, obstacle, beside } = props;
  const [open, setOpen] = useState(true);
  const refusal = useRefusal('analytics.test');
  if (changes.length === 0) return null;
  const { backtest } = trial;
  const busy = trial.running || trial.starting;
  return (
    <section
      aria-label="Unsaved change"
      className="flex max-h-[70%] shrink-0 flex-col border-t border-line-strong bg-surface-1"
    >
      {backtest?.result && trial.isOfThis && open ? (
        <BacktestReport backtest={backtest} effect={props.effect} onClose={() => setOpen(false)} />
      ) : null}
      <div className="space-y-2 px-4 py-2.5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="num min-w-0 flex-1 basis-48">
            <span className="font-medium">
              {props.title ?? `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`}
            </span>{' '}
            <span className="text-text-2 [overflow-wrap:anywhere]">
              {props.title ? 'not saved' : listed(changes)}
            </span>
          </p>
          {backtest?.result && trial.isOfThis && !open ? (
            <Button size="sm" variant="quiet" onClick={() => setOpen(true)}>
              Show the result
            </Button>
          ) : null}
          {beside}
          <Button size="sm" variant="quiet" disabled={busy} onClick={props.onDiscard}>
            Discard
          </Button>
          {trial.running ? (
            <Button size="sm" onClick={trial.cancel}>
              Cancel the back-test
            </Button>
          ) : (
            <Button
              size="sm"
              variant={trial.maySave ? 'default' : 'primary'}
              disabled={busy || obstacle !== null || refusal !== null}
              onClick={() => {
                setOpen(true);
                trial.start();
              }}
            >
              {trial.starting ? 'Beginning…' : trial.maySave ? 'Back-test again' : 'Back-test'}
            </Button>
          )}
        </div>
        <p role="status" className="num text-12 text-text-2 empty:hidden">
          {refusal ?? obstacle ?? statusText(trial)}
        </p>
        {trial.running && backtest ? <Progress progress={backtest.progress} /> : null}
        {trial.error ? (
          <ProblemNote
            compact
            error={trial.error}
            what="The change cannot be tried"
            safe="Nothing was changed; what you wrote is still here."
          />
        ) : null}
        {backtest?.state === 'failed' && trial.isOfThis ? (
          <ErrorNote
            compact
            title="The back-test failed"
            detail={backtest.error}
            safe="Nothing was changed."
            todo="Try it again; if it persists, the server log names the cause."
          />
        ) : null}
        {trial.maySave && backtest ? (
          <Allowed to={props.permission ?? 'analytics.tune'} told>
            <SaveForm
              backtest={backtest.id}
              word={props.saveWord}
              save={props.save}
              onSaved={() => void trial.forget().then(props.onSaved)}
              onAgain={() => trial.start()}
            />
          </Allowed>
        ) : null}
      </div>
    </section>
  );
}

function Progress({ progress }: { progress: BacktestView['progress'] }) {
  return (
    <ProgressBar
      aria-label="Back-test"
      max={Math.max(1, progress.total)}
      value={progress.done}
      className="h-1 w-full"
    />
  );
}

function statusText({ backtest, isOfThis, running, maySave }: Trial): string {
  if (backtest === undefined) return 'Nothing is saved untried: the back-test runs over all stored events.';
  if (running) return `Trying it on stored events: ${progressText(backtest.progress)}.`;
  if (!isOfThis) return 'Changed since the back-test: test again.';
  if (backtest.state === 'cancelled') return 'The back-test was cancelled; nothing was changed.';
  if (backtest.state === 'done' && !maySave)
    return 'Tried on chosen imports only. Saving takes a back-test over all stored events.';
  return '';
}

/** The first few names of what is changed, and how many more. */
function listed(changes: readonly string[]): string {
  const shown = changes.slice(0, 3).join(', ');
  return changes.length > 3 ? `${shown} and ${changes.length - 3} more` : shown;
}
