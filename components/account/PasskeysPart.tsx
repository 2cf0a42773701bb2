'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { TextField } from '@/components/ui/TextField';
import type { PasskeyView } from '@/lib/contracts/people';
import { Part } from './Part';
import { PasskeyNotGiven, registerPasskey, useKnowsPasskeys } from './passkeys';
import { passkeysQuery, useRemovePasskey } from './queries';
import { signInOptionsQuery } from './SignInForm';

/** Keys that a device keeps: they sign in without a password, and only here. */
export function PasskeysPart() {
  const options = useQuery(signInOptionsQuery);
  const list = useQuery(passkeysQuery);
  return (
    <Part
      title="Passkeys"
      about="A passkey stays on a device and is unlocked by its PIN, finger or face. A look-alike page gets nothing from it."
    >
      {list.error ? (
        <ProblemNote
          compact
          error={list.error}
          what="Your passkeys could not be read"
          onRetry={() => void list.refetch()}
        />
      ) : !list.data ? (
        <SkeletonRegion label="Reading your passkeys">
          <Skeleton className="w-2/3" />
        </SkeletonRegion>
      ) : (
        <PasskeyRows items={list.data.items} />
      )}
      {options.data?.passkey === false ? (
        <p className="text-text-2">
          None can be made at this address: browsers want a name, with https unless it is localhost.
        </p>
      ) : (
        <AddPasskey />
      )}
    </Part>
  );
}

function PasskeyRows({ items }: { items: readonly PasskeyView[] }) {
  const remove = useRemovePasskey();
  if (items.length === 0) return <p>You have none.</p>;
  return (
    <>
      <ul className="border-t">
        {items.map((passkey) => (
          <li key={passkey.id} className="flex items-center gap-3 border-b py-1.5">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                <HostileText text={passkey.name ?? 'Passkey'} />
              </span>
              {passkey.createdAt === null ? null : (
                <span className="text-12 text-text-3">
                  made <TimeText at={passkey.createdAt} date precision="min" />
                </span>
              )}
            </span>
            <Button
              size="sm"
              variant="danger"
              aria-label={`Remove ${hostilePlain(passkey.name ?? 'this passkey')}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(passkey.id)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {remove.error ? <ProblemNote compact error={remove.error} what="The passkey was not removed" /> : null}
    </>
  );
}

function AddPasskey() {
  const client = useQueryClient();
  const known = useKnowsPasskeys();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: registerPasskey,
    onSuccess: (list) => {
      client.setQueryData(passkeysQuery.queryKey, list);
      setName('');
    },
  });
  if (!known) return null;
  return (
    <form
      aria-label="Add a passkey"
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!add.isPending) add.mutate(name);
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          className="min-w-48 flex-1"
          label="Name of the device"
          placeholder="Work laptop"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={add.isPending}>
          {add.isPending ? 'Asking the browser…' : 'Add a passkey'}
        </Button>
      </div>
      {add.error instanceof PasskeyNotGiven ? (
        <ErrorNote compact title="No passkey was made" detail={add.error.message} />
      ) : add.error ? (
        <ProblemNote compact error={add.error} what="No passkey was made" safe="The others are as before." />
      ) : null}
    </form>
  );
}
