'use client';

import { useApproveBaseline } from '@/components/shared/baseline/baselineQueries';
import { hostilePlain } from '@/components/shared/hostileText';
import { useMay, useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import type { BaselineView } from '@/lib/contracts/baselines';

/** What one may do with it: who made it may take it back, and is not the one to approve it. */
export function BaselineActs({ baseline, onRevoke }: { baseline: BaselineView; onRevoke: () => void }) {
  const me = useMe().handle;
  const mayWrite = useMay('baselines.write');
  const isOwn = baseline.createdBy === me;
  const waits = baseline.state === 'waiting';
  return (
    <div className="flex flex-wrap items-start gap-2">
      {waits && mayWrite ? isOwn ? <Second /> : <ApproveButton baseline={baseline} /> : null}
      {mayWrite || (waits && isOwn) ? (
        <Button size="sm" aria-label={`Revoke ${hostilePlain(baseline.title)}`} onClick={onRevoke}>
          {waits ? 'Take back…' : 'Revoke…'}
        </Button>
      ) : null}
    </div>
  );
}

function Second() {
  return <span className="max-w-40 text-12 text-text-3">You made it: somebody else approves it.</span>;
}

function ApproveButton({ baseline }: { baseline: BaselineView }) {
  const approve = useApproveBaseline();
  const toast = useToast();
  return (
    <>
      <Button
        size="sm"
        variant="primary"
        aria-label={`Approve ${hostilePlain(baseline.title)}`}
        disabled={approve.isPending}
        onClick={() =>
          approve.mutate(
            { id: baseline.id, note: '' },
            {
              onSuccess: () =>
                toast.show({ text: 'Approved. It takes effect as hosts are run again, in the background.' }),
            },
          )
        }
      >
        {approve.isPending ? 'Approving…' : 'Approve'}
      </Button>
      {approve.error ? (
        <ProblemNote compact error={approve.error} what="Not approved" safe="It still does nothing." />
      ) : null}
    </>
  );
}
