import { clsx } from 'clsx';
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';

const BOX =
  'h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface-0 px-1.5 text-12 text-text-1 placeholder:text-text-3';

type Labelled = { label: string; hideLabel?: boolean | undefined; className?: string | undefined };

/** A choice of one of many, with its label. */
export function Choice({
  label,
  hideLabel,
  className,
  children,
  ...rest
}: Labelled & { children: ReactNode } & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <div className={clsx('min-w-0', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'label mb-1 block'}>
        {label}
      </label>
      <select id={id} className={BOX} {...rest}>
        {children}
      </select>
    </div>
  );
}

/** One line of text with its label. */
export function Line({
  label,
  hideLabel,
  className,
  ...rest
}: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className={clsx('min-w-0', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'label mb-1 block'}>
        {label}
      </label>
      <input id={id} type="text" autoComplete="off" spellCheck={false} className={BOX} {...rest} />
    </div>
  );
}
