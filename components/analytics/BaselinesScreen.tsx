'use client';

import { parseAsBoolean, useQueryState } from 'nuqs';
import { Allowed } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import { BaselineForm } from './BaselineForm';
import { BaselineList } from './BaselineList';

/** Every baseline of every analytic. */
export function BaselinesScreen() {
  const [adding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false));
  return (
    <article aria-label="Baselines" className="flex h-full flex-col">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 pb-2.5 pt-3.5">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-20">Baselines</h1>
          <p className="max-w-[72ch] text-text-2">
            What is normal here. What a baseline covers is hidden or lowered, never deleted, and always
            counted; each has an owner and an end.
          </p>
        </div>
        {adding ? null : (
          <Allowed to="baselines.propose" told>
            <Button size="sm" onClick={() => void setAdding(true)}>
              New baseline
            </Button>
          </Allowed>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {adding ? (
          <BaselineForm analytic={null} onClose={() => void setAdding(null)} />
        ) : (
          <BaselineList analytic={null} />
        )}
      </div>
    </article>
  );
}
