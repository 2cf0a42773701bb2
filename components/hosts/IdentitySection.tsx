'use client';

import { useId, useState } from 'react';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import type { HostView } from '@/lib/contracts/hosts';
import { useDecideIdentity } from './queries';

/** Which names are this machine and why, and the means to say otherwise: nothing is joined for good. */
export function IdentitySection({ host }: { host: HostView }) {
  const decide = useDecideIdentity(host.id);
  const { names, devices, decisions } = host.identity;
  return (
    <PanelSection title="Names of this machine">
      {names.length === 0 ? (
        <p className="text-text-3">Records call it by this name only.</p>
      ) : (
        <ul>
          {names.map(({ name, because }) => (
            <li key={name} className="flex items-start gap-3 border-b py-1.5 last:border-b-0">
              <span className="min-w-0 flex-1">
                <span className="machine block [overflow-wrap:anywhere]">
                  <HostileText text={name} />
                </span>
                <span className="block text-12 text-text-3">
                  <HostileText text={because === '' ? 'same name' : because} />
                </span>
              </span>
              <Allowed to="hosts.decide">
                <Button
                  size="sm"
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ name, decision: 'separate' })}
                >
                  Not this machine
                </Button>
              </Allowed>
            </li>
          ))}
        </ul>
      )}
      {devices.length > 0 ? (
        <p className="mt-2 text-12 text-text-3">
          Device ids:{' '}
          <span className="machine [overflow-wrap:anywhere]">
            <HostileText text={[...new Set(devices.map((one) => one.device))].join(', ')} />
          </span>
        </p>
      ) : null}
      {decisions.map((one) => {
        const other = one.name === host.name ? one.with : one.name;
        return (
          <p key={`${one.name}${one.with}`} className="mt-2 flex items-start gap-3 text-12">
            <span className="min-w-0 flex-1 text-text-2">
              <PersonName handle={one.by} capital /> said that{' '}
              <span className="machine">
                <HostileText text={other} />
              </span>{' '}
              is {one.decision === 'same' ? 'the same machine' : 'another machine'}, <AgeText at={one.at} />
            </span>
            <Allowed to="hosts.decide">
              <Button
                size="sm"
                disabled={decide.isPending}
                onClick={() => decide.mutate({ name: other, decision: 'automatic' })}
              >
                Undo
              </Button>
            </Allowed>
          </p>
        );
      })}
      <Allowed to="hosts.decide" told>
        <JoinForm onJoin={(name) => decide.mutate({ name, decision: 'same' })} disabled={decide.isPending} />
      </Allowed>
      {decide.error ? (
        <ProblemNote
          compact
          error={decide.error}
          what="The decision was not taken"
          safe="Names are grouped as before."
        />
      ) : null}
    </PanelSection>
  );
}

function JoinForm({ onJoin, disabled }: { onJoin: (name: string) => void; disabled: boolean }) {
  const id = useId();
  const [name, setName] = useState('');
  return (
    <form
      className="mt-3 flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        onJoin(name.trim());
        setName('');
      }}
    >
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block text-12 text-text-3">Also this machine</span>
        <input
          id={id}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="a name or device id as recorded"
          autoComplete="off"
          spellCheck={false}
          className="machine h-7 w-full rounded-md border bg-surface-0 px-2"
        />
      </label>
      <Button size="sm" type="submit" disabled={disabled || name.trim() === ''}>
        Join
      </Button>
    </form>
  );
}
