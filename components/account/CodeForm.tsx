'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { apiPost } from '@/components/shared/apiClient';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { signInAnswer } from '@/lib/contracts/people';
import { SignInProblem } from './SignInProblem';

/** The second step: the code of the authenticator app, or one of the codes kept for when it is lost. */
export function CodeForm({ onSignedIn, onBack }: { onSignedIn: () => void; onBack: () => void }) {
  const [kind, setKind] = useState<'totp' | 'backup'>('totp');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const give = useMutation({
    mutationFn: () => apiPost('/sign-in/second-factor', { code: spoken(code, kind), kind }, signInAnswer),
    onSuccess: onSignedIn,
    onError: () => form.current?.querySelector('input')?.select(),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of code is another field to type into
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, [kind]);
  const short = spoken(code, kind).length < 6;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!short && !give.isPending) give.mutate();
  };
  const isBackup = kind === 'backup';
  return (
    <form ref={form} aria-label="Second step" noValidate className="space-y-4" onSubmit={onSubmit}>
      <p>
        {isBackup
          ? 'Type one of the backup codes you kept. Each works once.'
          : 'The password is right. Type the code your authenticator app shows now.'}
      </p>
      <TextField
        key={kind}
        label={isBackup ? 'Backup code' : 'Code'}
        name="code"
        inputMode={isBackup ? 'text' : 'numeric'}
        autoComplete={isBackup ? 'off' : 'one-time-code'}
        autoCapitalize="off"
        maxLength={40}
        required
        value={code}
        error={asked && short ? (isBackup ? 'Type the whole code.' : 'The code has six digits.') : undefined}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" variant="primary" className="w-full" disabled={give.isPending}>
        {give.isPending ? 'Checking…' : 'Sign in'}
      </Button>
      {give.error ? (
        <SignInProblem
          error={give.error}
          todo="Without app and codes, an administrator can give you a link that resets both."
        />
      ) : null}
      <div className="flex flex-wrap justify-between gap-2 border-t pt-4">
        <Button
          variant="quiet"
          size="sm"
          onClick={() => {
            setKind(isBackup ? 'totp' : 'backup');
            setCode('');
            setAsked(false);
            give.reset();
          }}
        >
          {isBackup ? 'Use the authenticator app' : 'Use a backup code'}
        </Button>
        <Button variant="quiet" size="sm" onClick={onBack}>
          Begin again
        </Button>
      </div>
    </form>
  );
}

/** A code without the blanks that apps and people put into it. */
function spoken(code: string, kind: 'totp' | 'backup'): string {
  return kind === 'totp' ? code.replaceAll(/\s/g, '') : code.trim();
}
