'use client';

import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/ProgressBar';
import type { ValidationRunSummary } from '@/lib/contracts/validation';
import { useCancelRun } from './validationQueries';
import { stateText } from './validationWords';

/** How far a run is, and a way to stop it. */
export function RunProgress({ run }: { run: ValidationRunSummary }) {
  const cancel = useCancelRun();
  return (
    <div className="max-w-[62ch] border-l-2 border-accent py-1 pl-4">
      <div className="num flex flex-wrap items-center gap-x-3 gap-y-1">
        <p role="status">
          Run {run.id} {stateText(run)}
          {run.state === 'running' && run.ablation ? ' (each recording once per source taken away)' : ''}.
        </p>
        <Allowed to="validation.run">
          <Button size="sm" disabled={cancel.isPending} onClick={() => cancel.mutate(run.id)}>
            {cancel.isPending ? 'Stopping…' : 'Stop'}
          </Button>
        </Allowed>
      </div>
      <ProgressBar
        aria-label={`Progress of run ${run.id}`}
        className="mt-2 h-1.5 w-full"
        max={Math.max(1, run.total)}
        value={run.state === 'running' ? run.done : 0}
      />
      {cancel.error ? <ProblemNote compact error={cancel.error} what="It was not stopped" /> : null}
    </div>
  );
}
