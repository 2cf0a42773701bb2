import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A word set apart. `tone` is for system states only; findings say theirs with marks. */
export function Badge(props: {
  tone?: 'neutral' | 'danger' | 'warning' | 'success' | undefined;
  children: ReactNode;
}) {
  const tone = props.tone ?? 'neutral';
  return (
    <span
      className={clsx(
        'inline-flex items-center rounded-sm border px-1.5 text-11 leading-4',
        tone === 'neutral' && 'text-text-2',
        tone === 'danger' && 'border-danger text-danger',
        tone === 'warning' && 'border-warning text-warning',
        tone === 'success' && 'border-success text-success',
      )}
    >
      {props.children}
    </span>
  );
}
