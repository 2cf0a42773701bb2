'use client';

import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useRemoveSchedule } from './reportQueries';

/** Asks before a schedule goes: whom it was sent to is forgotten. */
export function RemoveScheduleDialog(props: { id: string; name: string; onClose: () => void }) {
  const { id, name, onClose } = props;
  const remove = useRemoveSchedule(id);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Remove the schedule?"
      description="This cannot be undone. To stop it for a while, switch it off instead."
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
          >
            {remove.isPending ? 'Removing…' : 'Remove'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>{name}: nothing more is made. What was sent stays sent.</p>
        {remove.error ? <ProblemNote compact error={remove.error} what="It was not removed" /> : null}
      </div>
    </Dialog>
  );
}
