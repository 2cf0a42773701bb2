'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError, apiPost } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { type InvitationView, signInAnswer } from '@/lib/contracts/people';
import { fieldProblems } from './fieldProblems';
import { type JoinDraft, joinBody, joinProblems } from './joinDraft';
import { PasswordInput } from './PasswordInput';

type JoinFormProps = {
  token: string;
  invitation: InvitationView;
  onDone: (answer: { state: 'signed_in' | 'two_factor' }) => void;
};

/** The first administrator says who they are; everybody sets their password. */
export function JoinForm({ token, invitation, onDone }: JoinFormProps) {
  const first = invitation.purpose === 'first';
  const [draft, setDraft] = useState<JoinDraft>({ handle: '', name: '', email: '', password: '' });
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const accept = useMutation({
    mutationFn: () => apiPost('/invitation', joinBody(token, draft, first), signInAnswer),
    onSuccess: onDone,
  });
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);
  const own = asked ? joinProblems(draft, first) : {};
  const problems: Partial<Record<keyof JoinDraft, string>> = { ...fieldProblems(accept.error), ...own };
  const set = (change: Partial<JoinDraft>) => setDraft({ ...draft, ...change });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const [wrong] = Object.keys(joinProblems(draft, first));
    if (wrong !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`input[name=${wrong}]`)?.focus();
      return;
    }
    if (!accept.isPending) accept.mutate();
  };
  const used = accept.error instanceof ApiError && [404, 409, 410].includes(accept.error.status);
  return (
    <form ref={form} aria-label="Join" noValidate className="space-y-4" onSubmit={onSubmit}>
      {first ? (
        <>
          <TextField
            label="Your name"
            name="name"
            autoComplete="name"
            maxLength={120}
            required
            value={draft.name}
            error={problems.name}
            onChange={(event) => set({ name: event.target.value })}
          />
          <TextField
            label="Handle"
            name="handle"
            autoComplete="off"
            autoCapitalize="off"
            maxLength={40}
            required
            value={draft.handle}
            error={problems.handle}
            hint="What history and mentions call you, as anna.berg. It never changes."
            onChange={(event) => set({ handle: event.target.value })}
          />
          <TextField
            label="Mail address"
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="off"
            maxLength={254}
            required
            value={draft.email}
            error={problems.email}
            hint="You sign in with it."
            onChange={(event) => set({ email: event.target.value })}
          />
        </>
      ) : null}
      <PasswordInput
        label={invitation.purpose === 'password' ? 'New password' : 'Password'}
        name="password"
        autoComplete="new-password"
        required
        value={draft.password}
        error={problems.password}
        hint="At least 12 characters. A few words that only you put together are good."
        onChange={(event) => set({ password: event.target.value })}
      />
      <Button type="submit" variant="primary" className="w-full" disabled={accept.isPending}>
        {accept.isPending ? 'One moment…' : invitation.purpose === 'password' ? 'Set it and sign in' : 'Join'}
      </Button>
      {accept.error ? (
        <ProblemNote
          compact
          error={accept.error}
          what={used ? 'This link no longer works' : 'You could not join'}
          safe={used ? 'Ask an administrator for a new one.' : 'The link was not used.'}
        />
      ) : null}
    </form>
  );
}
