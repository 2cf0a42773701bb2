'use client';

import { parseAsBoolean, useQueryState } from 'nuqs';
import { Allowed } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import { BaselineForm } from './BaselineForm';
import { BaselineList } from './BaselineList';

/** What is normal here, for one analytic: the list, or the form for a new one. */
export function BaselinesTab({ analytic }: { analytic: string }) {
  const [adding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false));
  if (adding) return <BaselineForm analytic={analytic} onClose={() => void setAdding(null)} />;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <p className="min-w-0 flex-1 basis-64 text-text-2">
          A baseline says what is normal here. What it covers is hidden or lowered, never deleted, and always
          counted; it has an owner and an end.
        </p>
        <Allowed to="baselines.propose" told>
          <Button size="sm" onClick={() => void setAdding(true)}>
            New baseline
          </Button>
        </Allowed>
      </div>
      <BaselineList analytic={analytic} />
    </div>
  );
}
