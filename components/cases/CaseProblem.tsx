'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';

/** A change of a case that was refused; after a conflict, the way to what stands now. */
export function CaseProblem({ error }: { error: Error }) {
  const client = useQueryClient();
  return (
    <div className="space-y-1">
      <ProblemNote compact error={error} what="It was not stored" safe="The case is as it was before." />
      {error instanceof ApiError && error.status === 409 ? (
        <Button size="sm" onClick={() => void client.invalidateQueries({ queryKey: ['cases'] })}>
          Show what stands now
        </Button>
      ) : null}
    </div>
  );
}
