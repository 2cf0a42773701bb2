import { clsx } from 'clsx';
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import { described, type Labelled, LabelledField } from './LabelledField';

const BOX =
  'h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface-0 text-text-1 placeholder:text-text-3 aria-[invalid=true]:border-danger';

/** `dense`: smaller letters, where many stand in a table. */
type OneLine = Labelled & { dense?: boolean | undefined };

/** One line of text, a number or a day, with its label and what is wrong with it. */
export function TextField(props: OneLine & InputHTMLAttributes<HTMLInputElement>) {
  const { label, hideLabel, hint, error, className, dense, ...rest } = props;
  const id = useId();
  return (
    <LabelledField {...{ id, label, hideLabel, hint, error, className }}>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        className={clsx(BOX, dense ? 'px-1.5 text-12' : 'px-2')}
        {...described(id, { hint, error })}
        {...rest}
      />
    </LabelledField>
  );
}

/** One of many, with its label. */
export function SelectField(
  props: OneLine & { children: ReactNode } & SelectHTMLAttributes<HTMLSelectElement>,
) {
  const { label, hideLabel, hint, error, className, dense, children, ...rest } = props;
  const id = useId();
  return (
    <LabelledField {...{ id, label, hideLabel, hint, error, className }}>
      <select
        id={id}
        className={clsx(BOX, dense ? 'px-1.5 text-12' : 'px-1')}
        {...described(id, { hint, error })}
        {...rest}
      >
        {children}
      </select>
    </LabelledField>
  );
}
