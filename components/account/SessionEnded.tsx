'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, apiGet, onSignedOut } from '@/components/shared/apiClient';
import { meQuery, useMe } from '@/components/shared/me';
import { Dialog } from '@/components/ui/Dialog';
import { useToast } from '@/components/ui/Toast';
import { meView } from '@/lib/contracts/people';
import { SignInForm } from './SignInForm';

/**
 * When the session ended while a page was open: signing in again on top of it, so that nothing that was typed is lost.
 * Closed, it comes back only when something is to be stored. Another person who signs in gets a page of their own.
 */
export function SessionEnded() {
  const me = useMe();
  const client = useQueryClient();
  const toast = useToast();
  const [ended, setEnded] = useState(false);
  const putAway = useRef(false);

  const check = useCallback(async () => {
    try {
      await apiGet('/me', meView);
    } catch (error) {
      // Whatever else went wrong is told where it happened.
      if (error instanceof ApiError && error.status === 401) setEnded(true);
    }
  }, []);
  useEffect(() => {
    let asking = false;
    return onSignedOut((wasChange) => {
      if (asking || (putAway.current && !wasChange)) return;
      // Asked once more, because 401 may also be said of a password that was typed to confirm something.
      asking = true;
      void check().finally(() => {
        asking = false;
      });
    });
  }, [check]);

  const goOn = async () => {
    try {
      const now = await apiGet('/me', meView);
      if (now.handle !== me.handle) return window.location.reload();
      putAway.current = false;
      setEnded(false);
      client.setQueryData(meQuery.queryKey, now);
      await client.invalidateQueries();
    } catch (error) {
      toast.show({ text: `Signed in, but: ${error instanceof Error ? error.message : ''}`, tone: 'danger' });
    }
  };
  if (!ended) return null;
  return (
    <Dialog
      open
      width="sm"
      onOpenChange={() => {
        putAway.current = true;
        setEnded(false);
      }}
      title="You are no longer signed in"
      description="What you typed on this page is still here. Sign in and go on, or close this to read what is shown."
    >
      <div className="px-5 py-4">
        <SignInForm
          next={typeof window === 'undefined' ? null : window.location.pathname + window.location.search}
          onSignedIn={() => void goOn()}
        />
      </div>
    </Dialog>
  );
}
