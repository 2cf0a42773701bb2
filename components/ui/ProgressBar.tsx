import { clsx } from 'clsx';
import type { ProgressHTMLAttributes } from 'react';

/** How far something has come, as a thin bar; without a value, that it is at work. Named by `aria-label` or the text beside it. */
export function ProgressBar({ className, ...rest }: ProgressHTMLAttributes<HTMLProgressElement>) {
  return (
    <progress
      className={clsx(
        'block appearance-none overflow-hidden rounded-full bg-surface-3 [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-surface-3 [&::-webkit-progress-value]:bg-accent',
        rest.value === undefined && 'animate-pulse motion-reduce:animate-none',
        className,
      )}
      {...rest}
    />
  );
}
