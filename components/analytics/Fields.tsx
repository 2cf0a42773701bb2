import { clsx } from 'clsx';
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';

const BOX =
  'h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface-0 px-2 text-text-1 placeholder:text-text-3 aria-[invalid=true]:border-danger';

type Labelled = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string | undefined;
};

/** One line of text, a number or a day, with its label and what is wrong with it. */
export function TextField(props: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const { label, hideLabel, hint, error, className, ...rest } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        className={BOX}
        {...described(id, hint, error)}
        {...rest}
      />
    </Field>
  );
}

/** One of many, with its label. */
export function SelectField(
  props: Labelled & { children: ReactNode } & SelectHTMLAttributes<HTMLSelectElement>,
) {
  const { label, hideLabel, hint, error, className, children, ...rest } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <select id={id} className={clsx(BOX, 'px-1')} {...described(id, hint, error)} {...rest}>
        {children}
      </select>
    </Field>
  );
}

function described(id: string, hint: ReactNode, error: string | undefined) {
  return {
    ...(hint || error ? { 'aria-describedby': `${id}-note` } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  };
}

function Field(props: Labelled & { id: string; children: ReactNode }) {
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
