import { Fragment } from 'react';
import { hostileParts } from './hostileText';

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
