'use client';

import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { useRetireWithUndo } from './useRetireWithUndo';

/** Says that a host reports no more and why; it can be undone. Not there for those who may not. */
export function RetireForm({ hostId, host }: { hostId: string; host: string }) {
  const mayManage = useMay('coverage.manage');
  const [open, setOpen] = useState(false);
  const [givenUp, setGivenUp] = useState(false);
  const [reason, setReason] = useState('');
  const { retire, pending, error } = useRetireWithUndo();
  if (!mayManage) return null;
  if (!open)
    return (
      <Button
        size="sm"
        variant="quiet"
        className="no-print"
        aria-label={`Retire ${hostilePlain(host)}: it is no longer expected to report`}
        // Whoever gave the form up goes on where they began it.
        autoFocus={givenUp}
        onClick={() => setOpen(true)}
      >
        Retire
      </Button>
    );
  const giveUp = () => {
    setGivenUp(true);
    setOpen(false);
  };
  const submit = async (form: HTMLElement) => {
    const next = goOnAt(form);
    try {
      await retire(hostId, host, reason.trim());
    } catch {
      // Told below the field.
      return;
    }
    setGivenUp(false);
    setOpen(false);
    if (next?.isConnected) next.focus({ preventScroll: true });
  };
  return (
    <form
      aria-label={`Retire ${hostilePlain(host)}`}
      className="no-print basis-full py-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void submit(event.currentTarget);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The form is given up, not what is around it.
        event.stopPropagation();
        giveUp();
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
        <Button type="submit" disabled={pending}>
          {pending ? 'Retiring…' : 'Retire'}
        </Button>
        <Button variant="quiet" onClick={giveUp}>
          Cancel
        </Button>
      </div>
      {error ? <ProblemNote compact error={error} what="It was not retired" /> : null}
    </form>
  );
}

/** Where to go on when the row goes away with its host: at the top of what it is in. */
function goOnAt(form: HTMLElement): HTMLElement | null {
  return form.closest('aside')?.querySelector<HTMLElement>('h2') ?? document.getElementById('main');
}
