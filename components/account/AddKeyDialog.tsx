'use client';

import { useId, useState } from 'react';
import { OnceShown } from '@/components/shared/OnceShown';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { scope } from '@/lib/contracts/people';
import { useAddKey } from './queries';
import { daysProblem, SCOPE_WORD, type Scope, USUAL_DAYS } from './scopeWords';

/** Makes a key: what for, with which scopes, how long; then shows it this once. */
export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [days, setDays] = useState(String(USUAL_DAYS));
  const [asked, setAsked] = useState(false);
  const add = useAddKey();
  const made = add.data;
  const problems = {
    name: name.trim() === '' ? 'Say what it is for.' : undefined,
    scopes: scopes.length === 0 ? 'Choose at least one.' : undefined,
    days: daysProblem(days) ?? undefined,
  };
  const submit = () => {
    setAsked(true);
    if (problems.name ?? problems.scopes ?? problems.days) return;
    if (!add.isPending) add.mutate({ name: name.trim(), scopes, days: Number(days) });
  };
  const toggle = (one: Scope) =>
    setScopes(scopes.includes(one) ? scopes.filter((each) => each !== one) : [...scopes, one]);
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={(open) => !open && onClose()}
      title={made ? 'The key is made' : 'New API key'}
      description={
        made
          ? 'Only a hash of it is stored: copy it now.'
          : 'A program with it acts in your name, within its scopes.'
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
              <Button variant="primary" type="submit" form={form} disabled={add.isPending}>
                {add.isPending ? 'Making…' : 'Make the key'}
              </Button>
            </>
          )}
        </>
      }
    >
      {made ? (
        <div className="px-5 py-4">
          <OnceShown what="Key" text={made.key} />
          <p className="mt-3 text-text-2">
            Programs send it as <span className="machine">Authorization: Bearer …</span>
          </p>
        </div>
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
          <TextField
            label="Name"
            data-autofocus
            placeholder="Collector in Oslo"
            maxLength={80}
            value={name}
            error={asked ? problems.name : undefined}
            onChange={(event) => setName(event.target.value)}
          />
          <fieldset className="space-y-1.5">
            <legend className="label mb-1">Scopes</legend>
            {scope.options.map((one) => (
              <label key={one} className="flex min-h-6 items-start gap-2">
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0 accent-(--accent)"
                  checked={scopes.includes(one)}
                  onChange={() => toggle(one)}
                />
                <span>
                  {SCOPE_WORD[one].label}
                  <span className="block text-12 text-text-3">{SCOPE_WORD[one].opens}</span>
                </span>
              </label>
            ))}
            {asked && problems.scopes ? (
              <p role="alert" className="text-12 text-danger">
                {problems.scopes}
              </p>
            ) : null}
          </fieldset>
          <TextField
            className="w-32"
            label="Ends after days"
            inputMode="numeric"
            value={days}
            error={asked ? problems.days : undefined}
            onChange={(event) => setDays(event.target.value)}
          />
          {add.error ? (
            <ProblemNote
              compact
              error={add.error}
              what="No key was made"
              safe="Your other keys are as before."
            />
          ) : null}
        </form>
      )}
    </Dialog>
  );
}
