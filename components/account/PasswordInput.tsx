'use client';

import { type InputHTMLAttributes, type Ref, useId, useState } from 'react';
import { described, type Labelled, LabelledField } from '@/components/ui/LabelledField';

type PasswordInputProps = Labelled &
  InputHTMLAttributes<HTMLInputElement> & {
    /** For the browser's keeper of passwords: which of the two it is. */
    autoComplete: 'current-password' | 'new-password';
    field?: Ref<HTMLInputElement> | undefined;
  };

/** A password, which can be looked at while it is typed, pasted, and filled in by the browser. */
export function PasswordInput(props: PasswordInputProps) {
  const { label, hideLabel, hint, error, className, field, ...rest } = props;
  const [shown, setShown] = useState(false);
  const id = useId();
  return (
    <LabelledField {...{ id, label, hideLabel, hint, error, className }}>
      <span className="flex rounded-md border border-line-strong bg-surface-0">
        <input
          ref={field}
          id={id}
          type={shown ? 'text' : 'password'}
          spellCheck={false}
          autoCapitalize="off"
          maxLength={200}
          className="focus-inset h-8 min-w-0 flex-1 rounded-md bg-transparent px-2"
          {...described(id, { hint, error })}
          {...rest}
        />
        <button
          type="button"
          aria-pressed={shown}
          aria-label={`Show: ${label.toLowerCase()}`}
          onClick={() => setShown(!shown)}
          className="focus-inset min-w-12 rounded-r-md px-2 text-12 text-text-2 hover:text-text-1 aria-pressed:bg-accent-soft aria-pressed:text-text-1"
        >
          Show
        </button>
      </span>
    </LabelledField>
  );
}
