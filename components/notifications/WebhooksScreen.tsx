'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsInteger, useQueryState } from 'nuqs';
import { type ReactNode, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import type { WebhookList } from '@/lib/contracts/notifications';
import { WebhookDialog } from './WebhookDialog';
import { WebhookRow } from './WebhookRow';
import { WebhooksSkeleton } from './WebhooksSkeleton';
import { webhooksQuery } from './webhookQueries';

/** Systems outside that are told of what happens, and how their messages fare (`?webhook=3` opens those of one). */
export function WebhooksScreen() {
  const refusal = useRefusal('webhooks.manage');
  const list = useQuery({ ...webhooksQuery, enabled: refusal === null });
  const [adding, setAdding] = useState(false);
  if (refusal !== null) return <EmptyState title={refusal} />;
  return (
    <section aria-label="Webhooks" className="h-full overflow-y-auto">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-3 pt-3.5">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-15">Webhooks</h1>
          <p className="max-w-[76ch] text-text-2">
            Each is sent a signed message when something of its kinds happens. A message that does not arrive
            is tried eight times over a day.
          </p>
          {list.data ? <Reach allowed={list.data.allowed} /> : null}
          {list.data ? <MailLine mail={list.data.mail} /> : null}
        </div>
        <Button variant="primary" onClick={() => setAdding(true)}>
          Add a webhook…
        </Button>
      </header>
      <Listed list={list} onAdd={() => setAdding(true)} />
      {adding ? <WebhookDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

type ListedProps = {
  list: { error: Error | null; data: WebhookList | undefined; refetch: () => unknown };
  onAdd: () => void;
};

function Listed({ list, onAdd }: ListedProps): ReactNode {
  const [open, setOpen] = useQueryState('webhook', parseAsInteger);
  if (list.error && !list.data)
    return (
      <ProblemNote
        error={list.error}
        what="The webhooks could not be read"
        safe="Messages are sent as before."
        onRetry={() => void list.refetch()}
      />
    );
  if (!list.data) return <WebhooksSkeleton />;
  if (list.data.items.length === 0)
    return (
      <EmptyState title="No webhook yet" actions={<Button onClick={onAdd}>Add a webhook…</Button>}>
        <p>
          Chat rooms, ticket systems and playbooks can be told of assignments, breached service clocks,
          reviews and failed imports.
        </p>
      </EmptyState>
    );
  return (
    <ul aria-label="Webhooks" className="border-t">
      {list.data.items.map((webhook) => (
        <WebhookRow
          key={webhook.id}
          webhook={webhook}
          open={open === webhook.id}
          onOpen={(wanted) => void setOpen(wanted ? webhook.id : null)}
        />
      ))}
    </ul>
  );
}

/** Where messages may go. */
function Reach({ allowed }: { allowed: readonly string[] }) {
  return (
    <p className="mt-1 text-12 text-text-3">
      {allowed.length === 0 ? (
        'Only to encrypted addresses of the public internet; SEQUELA_WEBHOOK_ALLOW names exceptions inside.'
      ) : (
        <>
          Inside only to <HostileText text={allowed.join(', ')} /> (SEQUELA_WEBHOOK_ALLOW); else to encrypted
          addresses of the public internet.
        </>
      )}
    </p>
  );
}

function MailLine({ mail }: { mail: WebhookList['mail'] }) {
  if (!mail.set)
    return (
      <p className="mt-1 text-12 text-text-3">
        This server sends no mail: SEQUELA_SMTP_URL and SEQUELA_MAIL_FROM are not set.
      </p>
    );
  const count = (number: number) => number.toLocaleString('en');
  return (
    <p className="num mt-1 text-12 text-text-3">
      Mail of the last 30 days: {count(mail.sent)} sent, {count(mail.waiting)} waiting,{' '}
      <span className={mail.failed > 0 ? 'text-danger' : undefined}>{count(mail.failed)} failed</span>
      {mail.lastError === null ? null : (
        <>
          {' '}
          (last: <HostileText text={mail.lastError} />)
        </>
      )}
      .
    </p>
  );
}
