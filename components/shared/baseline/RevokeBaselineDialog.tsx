'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextArea } from '@/components/ui/TextArea';
import { HostileText } from '../MonoText';
import { ProblemNote } from '../ProblemNote';

/** Asks for the reason before a baseline ends; the record of it stays. */
export function RevokeBaselineDialog(props: {
  /** What the baseline is called. */
  name: string;
  /** What its end does, in a sentence. */
  effect: string;
  /** The revocation; `error` is null until one fails. */
  revoke: { readonly isPending: boolean; readonly error: Error | null };
  /** Never with an empty reason, and not while one runs. */
  onRevoke: (reason: string) => void;
  onClose: () => void;
}) {
  const { revoke, onClose } = props;
  const form = useId();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = () => {
    setAsked(true);
    if (reason.trim() === '' || revoke.isPending) return;
    props.onRevoke(reason.trim());
  };
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Revoke this baseline?"
      description={<HostileText text={props.name} />}
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
        <p className="num">{props.effect}</p>
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
