'use client';

import { useState } from 'react';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { ROLE_MEANING, ROLE_WORD } from '@/components/shared/permissionWords';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { Part } from './Part';
import { useChangeName } from './queries';

/** How one is shown to others, and what one is here. */
export function NamePart() {
  const me = useMe();
  const [name, setName] = useState(me.name);
  const change = useChangeName();
  const changed = name.trim() !== me.name;
  return (
    <Part
      title="Name and role"
      about={
        <>
          <p>
            <span className="font-medium text-text-1">{ROLE_WORD[me.role]}.</span> {ROLE_MEANING[me.role]}
          </p>
          <p className="mt-1">Roles are given by administrators.</p>
        </>
      }
    >
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && name.trim() !== '') change.mutate(name.trim());
        }}
      >
        <TextField
          label="Name"
          autoComplete="name"
          maxLength={120}
          value={name}
          error={name.trim() === '' ? 'Say what you are called.' : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={!changed || name.trim() === '' || change.isPending}>
          {change.isPending ? 'Saving…' : 'Save the name'}
        </Button>
        {change.error ? (
          <ProblemNote compact error={change.error} what="The name was not changed" safe="It is as before." />
        ) : null}
      </form>
      <dl className="grid grid-cols-[96px_1fr] gap-x-3 gap-y-1">
        <dt className="text-text-3">Handle</dt>
        <dd className="machine leading-5">{me.handle}</dd>
        <dt className="text-text-3">Address</dt>
        <dd>{me.email ?? 'none'}</dd>
      </dl>
    </Part>
  );
}
