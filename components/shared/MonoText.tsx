'use client';

import { clsx } from 'clsx';
import { Fragment, useState } from 'react';
import { useToast } from '@/components/ui/Toast';
import { elideCommandLine } from './ellipsis';
import { hostileParts, hostilePlain } from './hostileText';

/**
 * Words that come from telemetry inside words of ours: isolated, with hidden and bidirectional characters shown as
 * escapes. `marks` are substrings to underline: what matched.
 */
export function HostileText({ text, marks = [] }: { text: string; marks?: readonly string[] | undefined }) {
  return (
    <bdi>
      {splitMarks(text, marks).map((piece) => (
        <Fragment key={piece.at}>
          {piece.marked ? <mark className={MARK}>{escaped(piece.text)}</mark> : escaped(piece.text)}
        </Fragment>
      ))}
    </bdi>
  );
}

const MARK = 'bg-transparent text-text-1 underline decoration-accent decoration-2 underline-offset-3';

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

function escaped(text: string) {
  return hostileParts(text).map((part, place) =>
    part.escape ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts are positions in an immutable string
      <span key={place} className="mx-px rounded-sm border border-warning px-0.5 text-11 text-warning">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}

/** Cuts `text` where a mark occurs, case-insensitively as Windows is; overlapping marks count once. */
function splitMarks(text: string, marks: readonly string[]): { text: string; marked: boolean; at: number }[] {
  const wanted = marks.filter((mark) => mark !== '').map((mark) => mark.toLowerCase());
  const pieces: { text: string; marked: boolean; at: number }[] = [];
  const lower = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    const next = wanted
      .map((mark) => ({ start: lower.indexOf(mark, at), length: mark.length }))
      .filter((hit) => hit.start >= 0)
      .sort((a, b) => a.start - b.start || b.length - a.length)[0];
    if (!next) break;
    if (next.start > at) pieces.push({ text: text.slice(at, next.start), marked: false, at });
    pieces.push({ text: text.slice(next.start, next.start + next.length), marked: true, at: next.start });
    at = next.start + next.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false, at });
  return pieces;
}
