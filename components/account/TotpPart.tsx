'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useMe } from '@/components/shared/me';
import { OnceShown } from '@/components/shared/OnceShown';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import type { TotpSetup } from '@/lib/contracts/people';
import { BackupCodes } from './BackupCodes';
import { Part } from './Part';
import { PasswordInput } from './PasswordInput';
import { QrCode } from './QrCode';
import { useConfirmTotp, useRenewBackupCodes, useSetUpTotp, useStopTotp } from './queries';

type Act = 'set up' | 'stop' | 'renew';

/** The authenticator app: set up with its first code, its backup codes, and the way back. */
export function TotpPart() {
  const me = useMe();
  const toast = useToast();
  const [act, setAct] = useState<Act | null>(null);
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = useSetUpTotp();
  const stop = useStopTotp();
  const renew = useRenewBackupCodes();
  const close = () => {
    setAct(null);
    setSetup(null);
  };
  const confirm = (password: string) => {
    if (act === 'set up') begin.mutate(password, { onSuccess: setSetup });
    if (act === 'stop')
      stop.mutate(password, {
        onSuccess: () => {
          close();
          toast.show({ text: 'You sign in without the authenticator app again.' });
        },
      });
    if (act === 'renew')
      renew.mutate(password, {
        onSuccess: (answer) => {
          close();
          setCodes(answer.backupCodes);
        },
      });
  };
  const error = act === 'set up' ? begin.error : act === 'stop' ? stop.error : renew.error;
  return (
    <Part
      title="Authenticator app"
      about="A second step when you sign in: six digits that your phone shows. With it a stolen password opens nothing."
    >
      <p>
        {me.twoFactor ? (
          <span className="font-medium">In force: a code is asked for when you sign in.</span>
        ) : (
          'Not set up.'
        )}
      </p>
      {codes === null ? null : <BackupCodes codes={codes} onKept={() => setCodes(null)} />}
      {setup !== null ? (
        <FirstCode
          setup={setup}
          onCancel={close}
          onConfirmed={() => {
            setCodes(setup.backupCodes);
            close();
          }}
        />
      ) : act !== null ? (
        <ConfirmPassword
          key={act}
          word={WORD[act]}
          pending={begin.isPending || stop.isPending || renew.isPending}
          error={error}
          onCancel={close}
          onConfirm={confirm}
        />
      ) : me.twoFactor ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setAct('renew')}>
            New backup codes…
          </Button>
          <Button size="sm" variant="danger" onClick={() => setAct('stop')}>
            Sign in without it…
          </Button>
        </div>
      ) : (
        <Button onClick={() => setAct('set up')}>Set up…</Button>
      )}
    </Part>
  );
}

const WORD: Readonly<Record<Act, string>> = {
  'set up': 'Go on',
  stop: 'Sign in without it',
  renew: 'Make new codes',
};

function ConfirmPassword(props: {
  word: string;
  pending: boolean;
  error: Error | null;
  onCancel: () => void;
  onConfirm: (password: string) => void;
}) {
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      aria-label="Confirm with the password"
      className="space-y-3 border-l-2 border-line-strong pl-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '' && !props.pending) props.onConfirm(password);
      }}
    >
      <PasswordInput
        field={field}
        label="Your password, to confirm"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={props.pending || password === ''}>
          {props.pending ? 'One moment…' : props.word}
        </Button>
        <Button variant="quiet" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
      {props.error ? (
        <ProblemNote compact error={props.error} what="Not done" safe="All is as before." />
      ) : null}
    </form>
  );
}

/** What the app is told, and the code by which it shows that it was. Nothing is in force before. */
function FirstCode(props: { setup: TotpSetup; onConfirmed: () => void; onCancel: () => void }) {
  const [code, setCode] = useState('');
  const confirm = useConfirmTotp();
  const digits = code.replaceAll(/\s/g, '');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (digits.length >= 6 && !confirm.isPending) confirm.mutate(digits, { onSuccess: props.onConfirmed });
  };
  return (
    <form aria-label="First code" className="space-y-4" onSubmit={onSubmit}>
      <div className="flex flex-wrap gap-5">
        <QrCode
          text={props.setup.uri}
          label="QR code for the authenticator app; the same as the secret beside it"
        />
        <div className="min-w-56 flex-1 space-y-3">
          <p>Scan this with your authenticator app, or type the secret into it.</p>
          <OnceShown what="Secret" text={props.setup.secret} />
        </div>
      </div>
      <TextField
        className="max-w-56"
        label="Code that the app shows now"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={digits.length < 6 || confirm.isPending}>
          {confirm.isPending ? 'Checking…' : 'Put in force'}
        </Button>
        <Button variant="quiet" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
      {confirm.error ? (
        <ProblemNote
          compact
          error={confirm.error}
          what="Not in force yet"
          safe="You sign in as before. Is the clock of your phone right?"
        />
      ) : null}
    </form>
  );
}
