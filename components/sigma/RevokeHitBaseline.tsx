'use client';

import { useId, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextArea } from '@/components/ui/TextArea';
import { useToast } from '@/components/ui/Toast';
import { counted } from '@/lib/base/numberWords';
import type { SigmaBaselineView } from '@/lib/contracts/sigma';
import { useRevokeSigmaBaseline } from './sigmaWrites';

/** Ends a baseline of hits with a reason: its hits are open again, and the record of it stays. */
export function RevokeHitBaseline(props: { baseline: SigmaBaselineView; onClose: () => void }) {
  const { baseline, onClose } = props;
  const form = useId();
  const revoke = useRevokeSigmaBaseline();
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = () => {
    setAsked(true);
    if (reason.trim() === '' || revoke.isPending) return;
    revoke.mutate(
      { id: baseline.id, reason: reason.trim() },
      {
        onSuccess: () => {
          toast.show({ text: 'Revoked. The hits it covered are open again.' });
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
        <p className="num">
          {baseline.hits === 0
            ? 'It covers nothing now.'
            : `${counted(baseline.hits, 'hit')} it covers will be open again.`}
        </p>
        <TextArea
          label="Reason"
          data-autofocus
          required
          maxLength={2000}
          value={reason}
          error={asked && reason.trim() === '' ? 'Say why: the record keeps it.' : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        {revoke.error ? (
          <ProblemNote compact error={revoke.error} what="Not revoked" safe="The baseline stays in force." />
        ) : null}
      </form>
    </Dialog>
  );
}
