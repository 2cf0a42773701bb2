'use client';

import { useQuery } from '@tanstack/react-query';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { KeyTable } from './KeyTable';
import { keysQuery } from './queries';

/** Every key of everybody. */
export function AllKeysScreen() {
  const refusal = useRefusal('keys.manage');
  const keys = useQuery({ ...keysQuery, enabled: refusal === null });
  if (refusal !== null) return <EmptyState title={refusal} />;
  return (
    <section aria-label="API keys" className="h-full overflow-y-auto">
      <header className="px-4 pb-2 pt-3.5">
        <h1 className="text-15">API keys</h1>
        <p className="text-text-2">
          Keys of all people. Each speaks for its owner, within its scopes and never with more than the
          owner’s role. People make their own under Account.
        </p>
      </header>
      {keys.error ? (
        <ProblemNote
          error={keys.error}
          what="The keys could not be read"
          safe="They work as before."
          onRetry={() => void keys.refetch()}
        />
      ) : !keys.data ? (
        <SkeletonRegion label="Reading the keys" className="space-y-4 px-4 py-3">
          {[80, 65, 72].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : keys.data.items.length === 0 ? (
        <EmptyState title="Nobody has made a key" />
      ) : (
        <div className="px-4">
          <KeyTable items={keys.data.items} withOwner />
        </div>
      )}
    </section>
  );
}
