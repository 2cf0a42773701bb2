'use client';

import { HostileText } from '@/components/shared/MonoText';
import { RemoveDialog } from '@/components/shared/RemoveDialog';
import type { WebhookView } from '@/lib/contracts/notifications';
import { useRemoveWebhook } from './webhookQueries';

/** Asks before a webhook goes: its secret and its messages cannot be had back. */
export function RemoveWebhookDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const remove = useRemoveWebhook(webhook.id);
  return (
    <RemoveDialog
      title="Remove the webhook?"
      description="This cannot be undone. To stop it for a while, switch it off instead."
      remove={remove}
      onRemove={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <HostileText text={webhook.name} /> is told nothing more. Its secret is forgotten, and with it the
        list of its messages; that it was there stays in the audit trail.
      </p>
    </RemoveDialog>
  );
}
