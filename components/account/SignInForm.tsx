'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { redirectAnswer, signInAnswer, signInOptions } from '@/lib/contracts/people';
import { CodeForm } from './CodeForm';
import { PasswordInput } from './PasswordInput';
import { signInWithPasskey, useKnowsPasskeys } from './passkeys';
import { SignInProblem } from './SignInProblem';

export const signInOptionsQuery = {
  queryKey: ['sign-in'],
  queryFn: ({ signal }: { signal: AbortSignal }) => apiGet('/sign-in', signInOptions, { signal }),
  staleTime: 60_000,
};

/**
 * Address and password, then a code where one is asked for; or a passkey; or single sign-on. `next`: where single
 * sign-on is to lead back to.
 */
export function SignInForm({ next, onSignedIn }: { next: string | null; onSignedIn: () => void }) {
  const [asksCode, setAsksCode] = useState(false);
  const answered = ({ state }: { state: 'signed_in' | 'two_factor' }) =>
    state === 'signed_in' ? onSignedIn() : setAsksCode(true);
  if (asksCode) return <CodeForm onSignedIn={onSignedIn} onBack={() => setAsksCode(false)} />;
  return (
    <>
      <PasswordForm onAnswer={answered} />
      <OtherWays next={next} onAnswer={answered} />
    </>
  );
}

type Answered = (answer: { state: 'signed_in' | 'two_factor' }) => void;

function PasswordForm({ onAnswer }: { onAnswer: Answered }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: () => apiPost('/sign-in', { email: email.trim(), password }, signInAnswer),
    onSuccess: onAnswer,
    // Typed again more often than corrected.
    onError: () => field.current?.select(),
  });
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('input[name=email]')?.focus();
  }, []);
  const missing = { email: email.trim() === '', password: password === '' };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (missing.email || missing.password || signIn.isPending) return;
    signIn.mutate();
  };
  return (
    <form ref={form} aria-label="Sign in" noValidate className="space-y-4" onSubmit={onSubmit}>
      <TextField
        label="Address"
        name="email"
        // In a dialog, which would begin at its own button.
        data-autofocus
        type="email"
        autoComplete="username"
        autoCapitalize="off"
        maxLength={254}
        required
        value={email}
        error={asked && missing.email ? 'Type the mail address you joined with.' : undefined}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordInput
        field={field}
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        error={asked && missing.password && !missing.email ? 'Type your password.' : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" className="w-full" disabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
      {signIn.error ? (
        <SignInProblem
          error={signIn.error}
          todo="Forgotten? An administrator can give you a link to set a new password."
        />
      ) : null}
    </form>
  );
}

/** Below the form, so that nothing above moves when it is known what there is. */
function OtherWays({ next, onAnswer }: { next: string | null; onAnswer: Answered }) {
  const options = useQuery(signInOptionsQuery);
  const knowsPasskeys = useKnowsPasskeys();
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: onAnswer });
  const elsewhere = useMutation({
    mutationFn: () => apiPost('/sign-in/single-sign-on', next === null ? {} : { next }, redirectAnswer),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (options.error)
    return (
      <Below>
        <SignInProblem error={options.error} todo="Check that Sequela is running, then reload the page." />
      </Below>
    );
  if (!options.data) return null;
  const offersPasskey = options.data.passkey && knowsPasskeys;
  const { singleSignOn } = options.data;
  if (options.data.empty) return <Below>{NOBODY_YET}</Below>;
  if (!offersPasskey && singleSignOn === null) return null;
  const error = passkey.error ?? elsewhere.error;
  return (
    <Below>
      <div className="space-y-2">
        {offersPasskey ? (
          <Button className="w-full" disabled={passkey.isPending} onClick={() => passkey.mutate()}>
            {passkey.isPending ? 'Asking the browser…' : 'Use a passkey'}
          </Button>
        ) : null}
        {singleSignOn === null ? null : (
          <Button
            className="w-full"
            disabled={elsewhere.isPending || elsewhere.isSuccess}
            onClick={() => elsewhere.mutate()}
          >
            {elsewhere.isPending || elsewhere.isSuccess
              ? `Going to ${singleSignOn.name}…`
              : `Sign in with ${singleSignOn.name}`}
          </Button>
        )}
        {error ? <SignInProblem error={error} todo="Try again, or sign in with your password." /> : null}
      </div>
    </Below>
  );
}

function Below({ children }: { children: ReactNode }) {
  return <div className="mt-6 border-t pt-5">{children}</div>;
}

const NOBODY_YET = (
  <div role="note" className="border-l-2 border-accent pl-3">
    <p className="font-medium">Nobody has joined yet</p>
    <p className="mt-0.5 text-text-2">
      The first administrator joins by the one-time link that Sequela printed when it started. Started again,
      it prints a new one.
    </p>
  </div>
);
