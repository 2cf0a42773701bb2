'use client';

import { useId } from 'react';
import { Button } from '@/components/ui/Button';

/** What malware samples are usually packed with. */
const USUAL = ['infected', 'malware', 'virus', 'password'] as const;

/** A password for an archive, with the usual ones at hand. They only fill the field: nothing is tried. */
export function PasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="label mb-1 block">
        Password of the archive
      </label>
      <input
        id={id}
        // Shown, not hidden: it is an archive's password, often a public one, and typed once.
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={1024}
        value={value}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
        className="machine h-8 w-full rounded-md border border-line-strong bg-surface-0 px-2 text-text-1"
      />
      <p id={`${id}-note`} className="mt-1 text-12 text-text-3">
        Nothing is tried until you say so. It is used for this reading only and then forgotten.
      </p>
      <fieldset className="mt-2 flex flex-wrap gap-2">
        <legend className="label mb-1">Usual for samples</legend>
        {USUAL.map((usual) => (
          <Button key={usual} size="sm" className="machine" onClick={() => onChange(usual)}>
            {usual}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}
