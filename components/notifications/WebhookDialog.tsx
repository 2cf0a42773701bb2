'use client';

import { useId, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { OnceShown } from '@/components/shared/OnceShown';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import {
  type NotificationKind,
  notificationKind,
  WEBHOOK_KINDS,
  type WebhookView,
} from '@/lib/contracts/notifications';
import { kindEvent } from './kindTitle';
import { useAddWebhook, useChangeWebhook, type WebhookFields } from './webhookQueries';

/** Adds a webhook and shows its secret this once; with `webhook`, changes that one. */
export function WebhookDialog({ webhook, onClose }: { webhook?: WebhookView; onClose: () => void }) {
  const form = useId();
  const add = useAddWebhook();
  const change = useChangeWebhook(webhook?.id ?? 0);
  const [asked, setAsked] = useState(false);
  const [fields, setFields] = useState<WebhookFields>(() => startFrom(webhook));
  const working = add.isPending || change.isPending;
  const error = add.error ?? change.error;
  const problems = problemsOf(fields);
  const submit = () => {
    setAsked(true);
    if (working || Object.keys(problems).length > 0) return;
    const wanted = { ...fields, name: fields.name.trim(), url: fields.url.trim() };
    if (webhook === undefined) add.mutate(wanted);
    else change.mutate({ ...wanted, revision: webhook.revision }, { onSuccess: onClose });
  };
  const made = add.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={made ? 'The webhook is added' : webhook ? 'Change the webhook' : 'New webhook'}
      description={
        made
          ? 'Its secret is stored encrypted and never shown again: copy it now.'
          : webhook
            ? 'Its secret stays as it is.'
            : 'It is sent JSON by POST, signed with a secret that is made now.'
      }
      footer={
        <>
          <span className="flex-1" />
          {made ? (
            <Button variant="primary" onClick={onClose}>
              I have copied it
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>Cancel</Button>
              <Button variant="primary" type="submit" form={form} disabled={working}>
                {working ? 'Saving…' : webhook ? 'Save' : 'Add'}
              </Button>
            </>
          )}
        </>
      }
    >
      {made ? (
        <SecretOnce secret={made.secret} />
      ) : (
        <form
          id={form}
          noValidate
          className="space-y-4 px-5 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Fields
            fields={fields}
            onChange={setFields}
            problems={asked ? problems : {}}
            refused={refusedUrl(error)}
          />
          {error && refusedUrl(error) === undefined ? (
            <ProblemNote compact error={error} what="Nothing was saved" />
          ) : null}
        </form>
      )}
    </Dialog>
  );
}

function Fields(props: {
  fields: WebhookFields;
  onChange: (fields: WebhookFields) => void;
  problems: Readonly<Partial<Record<keyof WebhookFields, string>>>;
  /** What the server says against the address. */
  refused: string | undefined;
}) {
  const { fields, onChange, problems, refused } = props;
  const toggle = (kind: NotificationKind, on: boolean) =>
    onChange({
      ...fields,
      kinds: WEBHOOK_KINDS.filter((one) => (one === kind ? on : fields.kinds.includes(one))),
    });
  return (
    <>
      <TextField
        label="Name"
        data-autofocus
        placeholder="Chat room of the night shift"
        maxLength={80}
        value={fields.name}
        error={problems.name}
        onChange={(event) => onChange({ ...fields, name: event.target.value })}
      />
      <TextField
        label="Address"
        inputMode="url"
        placeholder="https://hooks.example.com/…"
        maxLength={2000}
        value={fields.url}
        error={problems.url ?? refused}
        onChange={(event) => onChange({ ...fields, url: event.target.value })}
      />
      <fieldset>
        <legend className="label mb-1">Tell it when</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {WEBHOOK_KINDS.map((kind) => (
            <label key={kind} className="flex min-h-6 items-start gap-2 py-0.5">
              <input
                type="checkbox"
                className="mt-0.5 size-4 shrink-0 accent-(--accent)"
                checked={fields.kinds.includes(kind)}
                onChange={(event) => toggle(kind, event.target.checked)}
              />
              <span>{kindEvent(kind)}</span>
            </label>
          ))}
        </div>
        {problems.kinds ? (
          <p role="alert" className="mt-1 text-12 text-danger">
            {problems.kinds}
          </p>
        ) : null}
      </fieldset>
    </>
  );
}

function SecretOnce({ secret }: { secret: string }) {
  return (
    <div className="space-y-3 px-5 py-4">
      <OnceShown what="Secret" text={secret} />
      <p className="text-text-2">
        Every message has a header <span className="machine">Sequela-Signature: t=…,v1=…</span>. The receiver
        computes HMAC-SHA256 over <span className="machine">t.body</span> with this secret, compares it with{' '}
        <span className="machine">v1</span>, and refuses what is older than five minutes.{' '}
        <span className="machine">Sequela-Delivery</span> is the same for every attempt at one message.
      </p>
    </div>
  );
}

function startFrom(webhook: WebhookView | undefined): WebhookFields {
  if (webhook === undefined) return { name: '', url: '', kinds: [] };
  const kinds = webhook.kinds.flatMap((kind) => notificationKind.safeParse(kind).data ?? []);
  return { name: webhook.name, url: webhook.url, kinds };
}

function problemsOf(fields: WebhookFields): Partial<Record<keyof WebhookFields, string>> {
  return {
    ...(fields.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(fields.url.trim() === '' ? { url: 'Say where messages go.' } : {}),
    ...(fields.kinds.length === 0 ? { kinds: 'Choose at least one.' } : {}),
  };
}

/** What the server says against the address; undefined when the refusal is about something else. */
function refusedUrl(error: Error | null): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.problem?.errors?.find(({ path }) => path === 'url' || path === 'body.url')?.message;
}
