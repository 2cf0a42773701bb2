import { clsx } from 'clsx';

/** Keys drawn as the analyst presses them; "v t" is v, then t. Decoration: the name is in `aria-keyshortcuts`. */
export function Kbd({ keys, className }: { keys: string; className?: string | undefined }) {
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
