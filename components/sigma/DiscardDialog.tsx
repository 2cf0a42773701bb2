'use client';

import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';

/** Asks before a choice that was begun and not saved is let go. */
export function DiscardDialog({ onStay, onDiscard }: { onStay: () => void; onDiscard: () => void }) {
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onStay()}
      title="Close without saving?"
      description="Which rules run was changed here and is not saved yet."
      footer={
        <>
          <span className="flex-1" />
          <Button data-autofocus onClick={onStay}>
            Go on with it
          </Button>
          <Button variant="danger" onClick={onDiscard}>
            Discard the changes
          </Button>
        </>
      }
    >
      <p className="px-5 py-4">The rules run as they were chosen before.</p>
    </Dialog>
  );
}
