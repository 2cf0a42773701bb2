'use client';

import { HostileText } from '@/components/shared/MonoText';
import { OnceShown } from '@/components/shared/OnceShown';
import { TimeText } from '@/components/shared/TimeText';
import type { OneTimeLink } from '@/lib/contracts/people';

/** A link to be handed over by hand: shown this once. */
export function OneTimeLinkNote({ made }: { made: OneTimeLink }) {
  return (
    <div className="space-y-3">
      <OnceShown what="One-time link" text={made.link} />
      <p className="text-text-2">
        Hand it to <HostileText text={made.person.name} /> in a way only they read. It works once, until{' '}
        <TimeText at={made.expiresAt} date precision="min" zone />; whoever opens it first becomes them.
      </p>
    </div>
  );
}
