'use client';

import { useQuery } from '@tanstack/react-query';
import { findingsText } from '@/components/shared/baseline/backtestWords';
import { baselineOutlookQuery, useRevokeBaseline } from '@/components/shared/baseline/baselineQueries';
import { RevokeBaselineDialog } from '@/components/shared/baseline/RevokeBaselineDialog';
import { useToast } from '@/components/ui/Toast';
import type { BaselineView } from '@/lib/contracts/baselines';

/** Ends a baseline with a reason: what it covered comes back, and the record of it stays. */
export function RevokeDialog({ baseline, onClose }: { baseline: BaselineView; onClose: () => void }) {
  const revoke = useRevokeBaseline();
  const toast = useToast();
  const outlook = useQuery(baselineOutlookQuery(baseline.id)).data;
  const returnsText = outlook
    ? `: ${outlook.isCut ? 'at least ' : ''}${findingsText(outlook.returns)} would return to the queue`
    : '';
  const onRevoke = (reason: string) =>
    revoke.mutate(
      { id: baseline.id, reason },
      {
        onSuccess: () => {
          toast.show({ text: 'Revoked. What it covered comes back as hosts are run again.' });
          onClose();
        },
      },
    );
  return (
    <RevokeBaselineDialog
      name={baseline.title}
      effect={
        baseline.state === 'waiting'
          ? 'It is not in force: nothing changes in the queue.'
          : baseline.hits === 0
            ? 'It covers nothing now.'
            : `${findingsText(baseline.hits)} it covers will be as if it had never been${returnsText}.`
      }
      revoke={revoke}
      onRevoke={onRevoke}
      onClose={onClose}
    />
  );
}
