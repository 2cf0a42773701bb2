'use client';

import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { ValidationRecording } from '@/lib/contracts/validation';
import { useRemoveRecording } from './validationQueries';

/** Asks before the bytes of a recording go: they cannot be had back. */
export function RemoveRecordingDialog(props: { recording: ValidationRecording; onClose: () => void }) {
  const { recording, onClose } = props;
  const remove = useRemoveRecording();
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Remove the recording?"
      description="Its bytes are deleted and cannot be had back."
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(recording.id, { onSuccess: onClose })}
          >
            {remove.isPending ? 'Removing…' : 'Remove'}
          </Button>
        </>
      }
    >
      <div className="space-y-3 px-5 py-4">
        <p>
          <HostileText text={recording.name} /> is no longer replayed. Reports that name it stay as they were
          signed.
        </p>
        {remove.error ? <ProblemNote compact error={remove.error} what="It was not removed" /> : null}
      </div>
    </Dialog>
  );
}
