'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { findingsText } from '@/components/shared/baseline/backtestWords';
import { baselineOutlookQuery, useRevokeBaseline } from '@/components/shared/baseline/baselineQueries';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextArea } from '@/components/ui/TextArea';
import { useToast } from '@/components/ui/Toast';
import type { BaselineView } from '@/lib/contracts/baselines';

/** Ends a baseline with a reason: what it covered comes back, and the record of it stays. */
export function RevokeDialog({ baseline, onClose }: { baseline: BaselineView; onClose: () => void }) {
  const form = useId();
  const revoke = useRevokeBaseline();
  const toast = useToast();
  const outlook = useQuery(baselineOutlookQuery(baseline.id)).data;
  const returnsText = outlook
    ? `: ${outlook.isCut ? 'at least ' : ''}${findingsText(outlook.returns)} would return to the queue`
    : '';
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState(false);
  const submit = () => {
    if (reason.trim() === '') return setRefused(true);
    revoke.mutate(
      { id: baseline.id, reason: reason.trim() },
      {
        onSuccess: () => {
          toast.show({ text: 'Revoked. What it covered comes back as hosts are run again.' });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Revoke this baseline?"
      description={<HostileText text={baseline.title} />}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" type="submit" form={form} disabled={revoke.isPending}>
            {revoke.isPending ? 'Revoking…' : 'Revoke'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>
          {baseline.state === 'waiting'
            ? 'It is not in force: nothing changes in the queue.'
            : baseline.hits === 0
              ? 'It covers nothing now.'
              : `${findingsText(baseline.hits)} it covers will be as if it had never been${returnsText}.`}
        </p>
        <TextArea
          label="Reason"
          data-autofocus
          required
          maxLength={2000}
          value={reason}
          error={refused && reason.trim() === '' ? 'Say why: the record keeps it.' : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        {revoke.error ? (
          <ProblemNote compact error={revoke.error} what="Not revoked" safe="The baseline stays in force." />
        ) : null}
      </form>
    </Dialog>
  );
}
