'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { useToast } from '@/components/ui/Toast';
import { elideCommandLine } from './ellipsis';
import { HostileText } from './HostileWords';
import { hostilePlain } from './hostileText';

export { HostileText } from './HostileWords';

type MonoTextProps = {
  text: string;
  /** Characters to show before the middle is cut; without it nothing is cut. */
  max?: number | undefined;
  marks?: readonly string[] | undefined;
  className?: string | undefined;
};

/**
 * What a machine wrote: command line, path, hash, address. Too long, it becomes a button that shows the whole on
 * focus, copies with `c`, and toggles with a click.
 */
export function MonoText({ text, max, marks, className }: MonoTextProps) {
  const [whole, setWhole] = useState(false);
  const copy = useCopy();
  const shown = max === undefined ? text : elideCommandLine(text, max);
  if (shown === text) {
    return (
      <span className={clsx('machine [overflow-wrap:anywhere]', className)}>
        <HostileText text={text} marks={marks} />
      </span>
    );
  }
  return (
    <button
      type="button"
      className={clsx(
        'machine inline min-h-6 cursor-text select-text text-left [overflow-wrap:anywhere]',
        className,
      )}
      aria-label={hostilePlain(text)}
      aria-keyshortcuts="c"
      title={whole ? 'Press c to copy' : hostilePlain(text)}
      onFocus={() => setWhole(true)}
      onBlur={() => setWhole(false)}
      onKeyDown={(event) => {
        if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return;
        event.stopPropagation();
        copy(text);
      }}
    >
      <HostileText text={whole ? text : shown} marks={marks} />
    </button>
  );
}

/** Copies exactly what was recorded, and says so. */
export function useCopy(): (text: string, what?: string) => void {
  const toast = useToast();
  return (text, what = 'Copied.') => {
    navigator.clipboard.writeText(text).then(
      () => toast.show({ text: what, duration: 3000 }),
      () =>
        toast.show({
          text: 'The browser did not allow copying. Select the text and copy it.',
          tone: 'danger',
        }),
    );
  };
}
