'use client';

import { HostileText } from '@/components/shared/MonoText';
import { RemoveDialog } from '@/components/shared/RemoveDialog';
import type { ValidationRecording } from '@/lib/contracts/validation';
import { useRemoveRecording } from './validationQueries';

/** Asks before the bytes of a recording go: they cannot be had back. */
export function RemoveRecordingDialog(props: { recording: ValidationRecording; onClose: () => void }) {
  const { recording, onClose } = props;
  const remove = useRemoveRecording();
  return (
    <RemoveDialog
      title="Remove the recording?"
      description="Its bytes are deleted and cannot be had back."
      remove={remove}
      onRemove={() => remove.mutate(recording.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <HostileText text={recording.name} /> is no longer replayed. Reports that name it stay as they were
        signed.
      </p>
    </RemoveDialog>
  );
}
