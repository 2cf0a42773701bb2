'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { ApiError, apiGet } from '@/components/shared/apiClient';
import { HostileText } from '@/components/shared/MonoText';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { type InvitationView, invitationView } from '@/lib/contracts/people';
import { CodeForm } from './CodeForm';
import { EntryFrame } from './EntryFrame';
import { JoinForm } from './JoinForm';

/** What a one-time link leads to. `signedInAs`: the name of who already is, in this browser. */
export function JoinScreen({ signedInAs }: { signedInAs: string | null }) {
  const token = useTokenOfAddress();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      apiGet('/invitation', invitationView, { params: { token: token ?? '' }, signal }),
    enabled: token !== undefined && token !== null,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const [asksCode, setAsksCode] = useState(false);
  if (token === null) return <NoLink />;
  if (invitation.error) return <DeadLink error={invitation.error} />;
  if (token === undefined || !invitation.data)
    return (
      <EntryFrame title="Join">
        <SkeletonRegion label="Reading the link" className="space-y-4">
          {[40, 90, 90].map((width, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars that never change
            <Skeleton key={place} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      </EntryFrame>
    );
  if (asksCode)
    return (
      <EntryFrame title="The new password is set">
        <CodeForm onSignedIn={() => goHome()} onBack={() => window.location.assign('/sign-in')} />
      </EntryFrame>
    );
  return (
    <EntryFrame title={TITLE[invitation.data.purpose]} lead={<Lead invitation={invitation.data} />}>
      {signedInAs === null ? null : (
        <p role="note" className="mb-5 border-l-2 border-warning pl-3">
          You are signed in as <HostileText text={signedInAs} /> in this browser. Using this link signs you in
          as somebody else instead.
        </p>
      )}
      <JoinForm
        token={token}
        invitation={invitation.data}
        onDone={({ state }) => (state === 'signed_in' ? goHome() : setAsksCode(true))}
      />
    </EntryFrame>
  );
}

/** The page of the sign-in sends those who are signed in on to where their role begins. */
function goHome() {
  window.location.assign('/sign-in');
}

/**
 * The link's token, taken out of the address at once: neither history, nor a copied address, nor what is asked for next
 * carries it. Undefined while it is being read, null when there is none.
 */
function useTokenOfAddress(): string | null | undefined {
  const [token, setToken] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    const found = new URLSearchParams(window.location.search).get('token');
    if (found !== null) window.history.replaceState(null, '', window.location.pathname);
    setToken((before) => found ?? before ?? null);
  }, []);
  return token;
}

const TITLE: Readonly<Record<InvitationView['purpose'], string>> = {
  first: 'Become the first administrator',
  join: 'Join Sequela',
  password: 'Set a new password',
};

function Lead({ invitation }: { invitation: InvitationView }) {
  if (invitation.purpose === 'first')
    return <p>Nobody works here yet. This link works once, for whoever sets Sequela up.</p>;
  return (
    <p>
      For <HostileText text={invitation.name ?? ''} />
      {invitation.handle === null ? null : (
        <>
          , called <span className="machine">{invitation.handle}</span> in history and mentions
        </>
      )}
      . This link works once.
    </p>
  );
}

function NoLink() {
  return (
    <EntryFrame title="Open the link again">
      <p>
        This page needs the whole one-time link. It was taken out of the address so that nobody can read it
        there; open it again from where you got it.
      </p>
      <p className="mt-4">
        <Link className="link" href="/sign-in">
          Sign in
        </Link>
      </p>
    </EntryFrame>
  );
}

function DeadLink({ error }: { error: Error }) {
  const dead = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
  return (
    <EntryFrame title={dead ? 'This link no longer works' : 'The link could not be read'}>
      <ErrorNote
        compact
        title={dead ? 'Nothing was done with it' : 'It was not used'}
        detail={error.message}
        todo={dead ? undefined : 'Wait a moment, then open it again.'}
        actions={
          <Link className="link" href="/sign-in">
            Sign in
          </Link>
        }
      />
    </EntryFrame>
  );
}
