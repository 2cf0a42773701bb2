'use client';

import { Button } from '@/components/ui/Button';
import { useCopy } from './MonoText';

/** A secret that is shown this once: to be copied now. `what` names it: "Key". */
export function OnceShown({ what, text }: { what: string; text: string }) {
  const copy = useCopy();
  return (
    <div className="rounded-md border border-accent bg-surface-0 px-3 py-2">
      <p className="label">{what}, shown this once</p>
      <div className="mt-1 flex items-start gap-3">
        <output
          aria-label={what}
          className="machine min-w-0 flex-1 select-all self-center [overflow-wrap:anywhere]"
        >
          {text}
        </output>
        <Button size="sm" data-autofocus onClick={() => copy(text, `${what} copied.`)}>
          Copy
        </Button>
      </div>
    </div>
  );
}
