import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** What every field has beside what is typed into it. */
export type Labelled = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string | undefined;
};

/** A field's label, and below it a hint or what is wrong with it. */
export function LabelledField(props: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className={clsx('min-w-0', props.className)}>
      <label htmlFor={props.id} className={props.hideLabel ? 'sr-only' : 'label mb-1 block'}>
        {props.label}
      </label>
      {props.children}
      {props.hint || props.error ? (
        <p
          id={`${props.id}-note`}
          className={clsx('mt-1 text-12', props.error ? 'text-danger' : 'text-text-3')}
        >
          {props.error ?? props.hint}
        </p>
      ) : null}
    </div>
  );
}

/** Ties what is typed into to the note that LabelledField shows below it. */
export function described(id: string, { hint, error }: Pick<Labelled, 'hint' | 'error'>) {
  return {
    ...(hint || error ? { 'aria-describedby': `${id}-note` } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  };
}
