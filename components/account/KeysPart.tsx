'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { AddKeyDialog } from './AddKeyDialog';
import { KeyTable } from './KeyTable';
import { keysQuery } from './queries';

/** One's own API keys. */
export function KeysPart() {
  const me = useMe();
  const refusal = useRefusal('keys.own');
  const keys = useQuery({ ...keysQuery, enabled: refusal === null });
  const [adding, setAdding] = useState(false);
  const own = keys.data?.items.filter((key) => key.owner === me.handle) ?? [];
  return (
    <section aria-label="API keys" className="space-y-4 px-5 py-6">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <p className="max-w-[68ch] flex-1 text-text-2">
          A key lets a program act in your name, never with more than its scopes and your role. It is shown
          once, ends on its day, and is revoked at once.
        </p>
        {refusal === null ? <Button onClick={() => setAdding(true)}>New key…</Button> : null}
      </div>
      {refusal !== null ? (
        <p>{refusal}</p>
      ) : keys.error ? (
        <ProblemNote
          compact
          error={keys.error}
          what="Your keys could not be read"
          safe="They work as before."
          onRetry={() => void keys.refetch()}
        />
      ) : !keys.data ? (
        <SkeletonRegion label="Reading your keys" className="space-y-3">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/3" />
        </SkeletonRegion>
      ) : own.length === 0 ? (
        <p>You have none.</p>
      ) : (
        <KeyTable items={own} withOwner={false} />
      )}
      {adding ? <AddKeyDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
}
