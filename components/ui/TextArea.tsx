import { clsx } from 'clsx';
import { type ReactNode, type TextareaHTMLAttributes, useId } from 'react';

const BOX =
  'w-full rounded-md border border-line-strong bg-surface-0 px-2 text-text-1 placeholder:text-text-3 aria-[invalid=true]:border-danger';

type FieldText = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: ReactNode;
  error?: string | undefined;
};

/** Several lines of text with their label. */
export function TextArea(props: FieldText & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { label, hideLabel, hint, error, className, rows = 3, ...rest } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <textarea
        id={id}
        rows={rows}
        className={clsx(BOX, 'block resize-y py-1.5')}
        {...described(id, hint, error)}
        {...rest}
      />
    </Field>
  );
}

function described(id: string, hint: ReactNode, error: string | undefined) {
  return {
    ...(hint || error ? { 'aria-describedby': `${id}-note` } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  };
}

function Field(props: FieldText & { id: string; className: string | undefined; children: ReactNode }) {
  return (
    <div className={props.className}>
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
