'use client';

import { type FormEvent, useState } from 'react';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import { password } from '@/lib/contracts/people';
import { Part } from './Part';
import { PasswordInput } from './PasswordInput';
import { useChangePassword } from './queries';

/** A new password; every other session ends with it. */
export function PasswordPart() {
  const me = useMe();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [asked, setAsked] = useState(false);
  const change = useChangePassword();
  const weak = password.safeParse(next).error?.issues[0]?.message;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (current === '' || weak !== undefined || change.isPending) return;
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          setAsked(false);
          toast.show({ text: 'The password is changed. Everywhere else you were signed out.' });
        },
      },
    );
  };
  return (
    <Part title="Password" about="Changing it signs you out everywhere but here.">
      <form aria-label="Change the password" noValidate className="space-y-3" onSubmit={onSubmit}>
        {/* For the browser's keeper of passwords: whose it is. */}
        <input
          type="text"
          name="username"
          autoComplete="username"
          defaultValue={me.email ?? ''}
          hidden
          readOnly
        />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          value={current}
          error={asked && current === '' ? 'Type the password you have now.' : undefined}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          value={next}
          hint="At least 12 characters."
          error={asked && weak !== undefined ? `The new password needs ${weak}.` : undefined}
          onChange={(event) => setNext(event.target.value)}
        />
        <Button type="submit" disabled={change.isPending}>
          {change.isPending ? 'Changing…' : 'Change the password'}
        </Button>
        {change.error ? (
          <ProblemNote
            compact
            error={change.error}
            what="The password was not changed"
            safe="The one you have still works."
          />
        ) : null}
      </form>
    </Part>
  );
}
