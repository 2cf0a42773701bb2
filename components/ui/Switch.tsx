'use client';

import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';

/** On or off, at once, with its label. */
export function Switch(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  hint?: string;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Radix.Root
        id={id}
        checked={props.checked}
        onCheckedChange={props.onChange}
        className="h-6 w-10 shrink-0 rounded-full border border-line-strong bg-surface-2 p-0.5 transition-colors duration-150 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
      >
        <Radix.Thumb className="block size-4.5 rounded-full bg-text-3 transition-transform duration-150 data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent" />
      </Radix.Root>
      <label htmlFor={id} className="pt-0.5">
        {props.label}
        {props.hint ? <span className="block text-text-3">{props.hint}</span> : null}
      </label>
    </div>
  );
}
