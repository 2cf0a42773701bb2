'use client';

import { useCopy } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';

/** Codes for when the authenticator app is lost, shown this once. */
export function BackupCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const copy = useCopy();
  return (
    <section aria-label="Backup codes" className="space-y-3 border-l-2 border-accent pl-3">
      <p>
        <span className="font-medium">Keep these backup codes.</span>{' '}
        <span className="text-text-2">
          Each signs you in once when you do not have the app. They are not shown again.
        </span>
      </p>
      <ul className="machine grid max-w-72 grid-cols-2 gap-x-6 gap-y-1 print:text-15">
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="no-print flex flex-wrap gap-2">
        <Button size="sm" onClick={() => copy(codes.join('\n'), 'Backup codes copied.')}>
          Copy
        </Button>
        <Button size="sm" onClick={() => globalThis.print()}>
          Print
        </Button>
        <Button size="sm" variant="primary" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </section>
  );
}
