import { clsx } from 'clsx';
import { type RefAttributes, type TextareaHTMLAttributes, useId } from 'react';
import { described, type Labelled, LabelledField } from './LabelledField';

const BOX =
  'w-full rounded-md border border-line-strong bg-surface-0 px-2 text-text-1 placeholder:text-text-3 aria-[invalid=true]:border-danger';

/** Several lines of text with their label. */
export function TextArea(
  props: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement> & RefAttributes<HTMLTextAreaElement>,
) {
  const { label, hideLabel, hint, error, className, rows = 3, ...rest } = props;
  const id = useId();
  return (
    <LabelledField {...{ id, label, hideLabel, hint, error, className }}>
      <textarea
        id={id}
        rows={rows}
        className={clsx(BOX, 'block resize-y py-1.5')}
        {...described(id, { hint, error })}
        {...rest}
      />
    </LabelledField>
  );
}
