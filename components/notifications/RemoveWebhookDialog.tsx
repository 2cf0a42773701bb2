'use client';

import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { WebhookView } from '@/lib/contracts/notifications';
import { useRemoveWebhook } from './webhookQueries';

/** Asks before a webhook goes: its secret and its messages cannot be had back. */
export function RemoveWebhookDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const remove = useRemoveWebhook(webhook.id);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title="Remove the webhook?"
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
        <p>
          <HostileText text={webhook.name} /> is told nothing more. Its secret is forgotten, and with it the
          list of its messages; that it was there stays in the audit trail.
        </p>
        {remove.error ? <ProblemNote compact error={remove.error} what="It was not removed" /> : null}
      </div>
    </Dialog>
  );
}
