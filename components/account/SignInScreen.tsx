'use client';

import { useState } from 'react';
import { apiGet } from '@/components/shared/apiClient';
import { meView } from '@/lib/contracts/people';
import { EntryFrame } from './EntryFrame';
import { homeOf } from './homeOf';
import { SignInForm } from './SignInForm';
import { SignInProblem } from './SignInProblem';

/** The door. `next`: the page that was asked for; `refused`: why single sign-on sent somebody back. */
export function SignInScreen({ next, refused }: { next: string | null; refused: string | null }) {
  const [failure, setFailure] = useState<Error | null>(null);
  const goOn = async () => {
    try {
      const { role } = await apiGet('/me', meView);
      // A new page and not a step within this one: nothing that was read for somebody else is kept.
      window.location.assign(homeOf(role, next));
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <EntryFrame
      title="Sign in"
      lead={next === null ? undefined : 'Then you go on to the page you asked for.'}
    >
      {refused === null ? null : (
        <div className="mb-5">
          <SignInProblem
            error={new Error(refused)}
            todo="Ask an administrator to add you, or sign in another way."
          />
        </div>
      )}
      <SignInForm next={next} onSignedIn={() => void goOn()} />
      {failure ? <SignInProblem error={failure} todo="You are signed in. Reload the page." /> : null}
    </EntryFrame>
  );
}
