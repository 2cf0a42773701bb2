'use client';

import { useState } from 'react';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { useStartRun } from './validationQueries';

/** Starts a run: all recordings, with or without taking each source of telemetry away in turn. */
export function StartRun({ busy }: { busy: boolean }) {
  const start = useStartRun();
  const [ablation, setAblation] = useState(true);
  return (
    <Allowed to="validation.run" told>
      <div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-(--accent)"
              checked={ablation}
              onChange={(event) => setAblation(event.target.checked)}
            />
            Also without each source of telemetry (takes longer)
          </label>
          <Button
            variant="primary"
            disabled={start.isPending || busy}
            onClick={() => start.mutate({ ablation, shipped: true })}
          >
            {start.isPending ? 'Starting…' : busy ? 'A run is at work' : 'Validate now'}
          </Button>
        </div>
        {start.error ? (
          <div className="mt-2">
            <ProblemNote compact error={start.error} what="No run was started" />
          </div>
        ) : null}
      </div>
    </Allowed>
  );
}
