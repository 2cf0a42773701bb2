'use client';

import { clsx } from 'clsx';
import { useKeyName } from './keyNames';

/**
 * Keys drawn as the analyst presses them; "v t" is v, then t. Where the action was put on other keys, those are drawn,
 * and nothing where it has none. Decoration: the name is in `aria-keyshortcuts`.
 */
export function Kbd({ keys, className }: { keys: string; className?: string | undefined }) {
  const shown = useKeyName(keys);
  if (shown === '') return null;
  return <Keycaps keys={shown} className={className} />;
}

/** These keys and no others, parted by spaces. */
export function Keycaps({ keys, className }: { keys: string; className?: string | undefined }) {
  return (
    <span aria-hidden="true" className={clsx('inline-flex gap-0.5', className)}>
      {keys.split(' ').map((key, place) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
          key={`${key}${place}`}
          className="min-w-4 rounded-sm border border-line px-1 text-center text-11 leading-4 text-text-3"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
