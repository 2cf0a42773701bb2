import { clsx } from 'clsx';
import { type SelectHTMLAttributes, useId } from 'react';

type Option = { value: string; label: string };

/** The platform's own select, in our clothes: typing, touch and screen readers work as people know them. */
export function Select(
  props: SelectHTMLAttributes<HTMLSelectElement> & {
    label: string;
    hideLabel?: boolean | undefined;
    options: readonly Option[];
  },
) {
  const { label, hideLabel, options, className, ...rest } = props;
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'label mb-1 block'}>
        {label}
      </label>
      <select
        id={id}
        className={clsx(
          'h-6 max-w-full rounded-md border border-line-strong bg-surface-1 px-1.5 text-12 text-text-1',
        )}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
