'use client';

import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import { useRetire } from './coverageQueries';

/** Says that a host reports no more and why; it can be undone. Not there for those who may not. */
export function RetireForm({ hostId, host }: { hostId: string; host: string }) {
  const mayManage = useMay('coverage.manage');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const retire = useRetire();
  const toast = useToast();
  if (!mayManage) return null;
  if (!open)
    return (
      <Button
        size="sm"
        variant="quiet"
        className="no-print"
        aria-label={`Retire ${hostilePlain(host)}: it is no longer expected to report`}
        onClick={() => setOpen(true)}
      >
        Retire
      </Button>
    );
  const bringBack = () =>
    retire.mutate(
      { host: hostId, retired: false, reason: '' },
      { onError: (error) => toast.show({ text: `Still retired: ${error.message}`, tone: 'danger' }) },
    );
  const submit = () =>
    retire.mutate(
      { host: hostId, retired: true, reason: reason.trim() },
      {
        onSuccess: () =>
          toast.show({
            text: (
              <>
                <HostileText text={host} /> is left out from now on.
              </>
            ),
            action: { label: 'Undo', run: bringBack },
            duration: 10_000,
          }),
      },
    );
  return (
    <form
      aria-label={`Retire ${hostilePlain(host)}`}
      className="no-print basis-full py-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (!retire.isPending) submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The form is given up, not what is around it.
        event.stopPropagation();
        setOpen(false);
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Why it reports no more"
          className="min-w-48 flex-1"
          placeholder="Replaced, scrapped, test machine"
          maxLength={500}
          autoFocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" disabled={retire.isPending}>
          {retire.isPending ? 'Retiring…' : 'Retire'}
        </Button>
        <Button variant="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
      {retire.error ? <ProblemNote compact error={retire.error} what="It was not retired" /> : null}
    </form>
  );
}
