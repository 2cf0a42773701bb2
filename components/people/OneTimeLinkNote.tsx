'use client';

import { HostileText, useCopy } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import type { OneTimeLink } from '@/lib/contracts/people';

/** A link to be handed over by hand: shown this once. */
export function OneTimeLinkNote({ made }: { made: OneTimeLink }) {
  const copy = useCopy();
  return (
    <div className="space-y-3">
      <div className="rounded-md border border-accent bg-surface-0 px-3 py-2">
        <p className="label">One-time link, shown this once</p>
        <div className="mt-1 flex items-start gap-3">
          <output
            aria-label="One-time link"
            className="machine min-w-0 flex-1 select-all self-center [overflow-wrap:anywhere]"
          >
            {made.link}
          </output>
          <Button size="sm" data-autofocus onClick={() => copy(made.link, 'Link copied.')}>
            Copy
          </Button>
        </div>
      </div>
      <p className="text-text-2">
        Hand it to <HostileText text={made.person.name} /> in a way only they read. It works once, until{' '}
        <TimeText at={made.expiresAt} date precision="min" zone />; whoever opens it first becomes them.
      </p>
    </div>
  );
}
