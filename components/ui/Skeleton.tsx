import { clsx } from 'clsx';
import type { CSSProperties } from 'react';

/** A bar where a word will be. Put several in the final layout inside a `SkeletonRegion`. */
export function Skeleton(props: { className?: string | undefined; style?: CSSProperties }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('block h-3 animate-rest rounded-sm bg-surface-3', props.className)}
      style={props.style}
    />
  );
}

/** Says in words that something is being read, to eyes after a moment and to screen readers at once. */
export function SkeletonRegion(props: {
  label: string;
  className?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <div role="status" aria-busy="true" className={props.className}>
      <span className="sr-only">{props.label}</span>
      {props.children}
    </div>
  );
}
