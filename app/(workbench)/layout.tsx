import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { SessionEnded } from '@/components/account/SessionEnded';
import { Bell } from '@/components/notifications/Bell';
import { MeProvider } from '@/components/shared/me';
import { Shell } from '@/components/shared/shell/Shell';
import { safeNext } from '@/lib/base/safeNext';
import { whoIsHere } from '@/lib/http/currentPerson';

/** Everything behind the door: who is not signed in is sent there and comes back to the page they asked for. */
export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const me = await whoIsHere(asked);
  if (me === null) {
    // Written by proxy.ts: a layout is not told which page it stands around.
    const next = safeNext(asked.get('x-sequela-path'));
    redirect(next === null || next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
  }
  return (
    <MeProvider me={me}>
      <Shell bell={<Bell />}>{children}</Shell>
      <SessionEnded />
    </MeProvider>
  );
}
