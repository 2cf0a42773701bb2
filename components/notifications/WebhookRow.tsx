'use client';

import { useId, useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuRule } from '@/components/ui/Menu';
import { useToast } from '@/components/ui/Toast';
import type { WebhookView } from '@/lib/contracts/notifications';
import { Deliveries } from './Deliveries';
import { kindEvent } from './kindTitle';
import { RemoveWebhookDialog } from './RemoveWebhookDialog';
import { WebhookDialog } from './WebhookDialog';
import { useChangeWebhook, useTestWebhook } from './webhookQueries';

const LAST_WORD = {
  waiting: 'last message waits',
  sent: 'last message arrived',
  failed: 'last message failed',
};

/** One webhook: where it leads, of what it is told, how it fares; its messages below it when `open`. */
export function WebhookRow(props: { webhook: WebhookView; open: boolean; onOpen: (open: boolean) => void }) {
  const { webhook, open, onOpen } = props;
  const id = useId();
  const name = hostilePlain(webhook.name);
  return (
    <li className="border-b px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-13">
            <HostileText text={webhook.name} />
            {webhook.enabled ? null : <span className="font-normal text-text-3"> · switched off</span>}
          </h2>
          <MonoText text={webhook.url} max={90} className="text-text-2" />
          <p className="mt-1 text-12 text-text-2">{webhook.kinds.map(kindEvent).join(' · ')}</p>
          <p className="mt-1 text-12 text-text-3">
            {webhook.lastState === null ? 'nothing sent yet' : LAST_WORD[webhook.lastState]}
            {webhook.failed > 0 ? (
              <span className="num text-danger"> · {webhook.failed.toLocaleString('en')} given up</span>
            ) : null}
            {' · added '}
            <TimeText at={webhook.createdAt} date precision="min" />
            {' by '}
            <PersonName handle={webhook.createdBy} />
          </p>
        </div>
        <Button
          size="sm"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onOpen(!open)}
        >
          Messages<span className="sr-only"> to {name}</span>
        </Button>
        <Acts webhook={webhook} name={name} onTested={() => onOpen(true)} />
      </div>
      {open ? (
        <div id={id} className="mt-3">
          <Deliveries webhookId={webhook.id} name={name} />
        </div>
      ) : null}
    </li>
  );
}

function Acts(props: { webhook: WebhookView; name: string; onTested: () => void }) {
  const { webhook, name, onTested } = props;
  const toast = useToast();
  const test = useTestWebhook(webhook.id);
  const change = useChangeWebhook(webhook.id);
  const [act, setAct] = useState<'change' | 'remove' | null>(null);
  const refused = (what: string) => (error: Error) =>
    toast.show({ text: `${what}: ${error.message}`, tone: 'danger' });
  return (
    <>
      <Button
        size="sm"
        disabled={test.isPending}
        onClick={() => test.mutate(undefined, { onSuccess: onTested, onError: refused('Not sent') })}
      >
        Test<span className="sr-only"> {name}</span>
      </Button>
      <Menu
        align="end"
        label={`What to do about ${name}`}
        trigger={
          <Button size="sm" aria-label={`Act on ${name}`}>
            Act
          </Button>
        }
      >
        <MenuItem onSelect={() => setAct('change')}>Change…</MenuItem>
        <MenuItem
          disabled={change.isPending}
          onSelect={() =>
            change.mutate(
              { enabled: !webhook.enabled, revision: webhook.revision },
              { onError: refused('Not changed') },
            )
          }
        >
          {webhook.enabled ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuRule />
        <MenuItem onSelect={() => setAct('remove')}>Remove…</MenuItem>
      </Menu>
      {act === 'change' ? <WebhookDialog webhook={webhook} onClose={() => setAct(null)} /> : null}
      {act === 'remove' ? <RemoveWebhookDialog webhook={webhook} onClose={() => setAct(null)} /> : null}
    </>
  );
}
