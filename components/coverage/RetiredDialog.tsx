'use client';

import { useId, useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { useRetire } from './coverageQueries';

/** Says of a retired host that it is expected to report again: by its name, as it stands in no list any more. */
export function RetiredDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [host, setHost] = useState('');
  const retire = useRetire();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Bring a host back"
      description="It counts again, from its first event on. Who retired which host and why is in the audit."
      width="sm"
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            disabled={host.trim() === '' || retire.isPending}
          >
            {retire.isPending ? 'Saving…' : 'Expect it again'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (host.trim() === '' || retire.isPending) return;
          retire.mutate({ host: host.trim(), retired: false, reason: '' }, { onSuccess: onClose });
        }}
      >
        <TextField
          label="Name of the host"
          data-autofocus
          maxLength={400}
          value={host}
          onChange={(event) => setHost(event.target.value)}
        />
        {retire.error ? <ProblemNote compact error={retire.error} what="Nothing was changed" /> : null}
      </form>
    </Dialog>
  );
}
