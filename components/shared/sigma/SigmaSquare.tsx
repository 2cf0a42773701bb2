import { hostilePlain } from '@/components/shared/hostileText';
import type { Severity } from '@/lib/contracts/scalars';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { hitsWords, ruleTitles, worstOf } from './sigmaMarks';

/** The colour of a level; the words of the mark say the level too. */
const INK: Readonly<Record<Severity, string>> = {
  critical: 'var(--sev-critical)',
  high: 'var(--sev-high)',
  medium: 'var(--sev-medium)',
  low: 'var(--sev-low)',
  informational: 'var(--sev-info)',
};

/** Room of the mark, square, and of each figure of its count beside it, in pixels. */
const SIDE = 13;
const FIGURE = 6.2;

/** How wide the mark of so many hits is: with more than one, their number stands beside the letter. */
export function squareWidth(count: number): number {
  return count > 1 ? SIDE + 1 + countText(count).length * FIGURE : SIDE;
}

/**
 * Hits of Sigma's rules in a drawing: a square with the letter, edged in the worst level's colour, and their number where
 * there are several. Its left upper corner is at 0,0.
 */
export function SigmaSquare({ hits }: { hits: readonly SigmaHitView[] }) {
  const ink = INK[worstOf(hits)];
  const width = squareWidth(hits.length);
  return (
    <g data-sigma={hits.length}>
      <title>{hitsTitle(hits)}</title>
      <rect
        x={0.75}
        y={0.75}
        width={width - 1.5}
        height={SIDE - 1.5}
        rx={1.5}
        fill="var(--surface-0)"
        stroke={ink}
        strokeWidth={1.5}
      />
      <path d={LETTER} fill="none" stroke="var(--text-1)" strokeWidth={1.3} strokeLinejoin="round" />
      {hits.length > 1 ? (
        <text x={SIDE - 2} y={10} className="num fill-text-1 font-mono text-[10px]">
          {countText(hits.length)}
        </text>
      ) : null}
    </g>
  );
}

/** The same mark in a line of text; decoration, the words must stand beside it. */
export function SigmaSign({ level }: { level: Severity }) {
  return (
    <svg
      aria-hidden="true"
      width={SIDE}
      height={SIDE}
      className="keep-colour inline-block shrink-0 align-[-2px]"
    >
      <rect
        x={0.75}
        y={0.75}
        width={SIDE - 1.5}
        height={SIDE - 1.5}
        rx={1.5}
        fill="var(--surface-0)"
        stroke={INK[level]}
        strokeWidth={1.5}
      />
      <path d={LETTER} fill="none" stroke="var(--text-1)" strokeWidth={1.3} strokeLinejoin="round" />
    </svg>
  );
}

/** What the pointer is told: how many, how bad, and which rules. */
export function hitsTitle(hits: readonly SigmaHitView[]): string {
  return hostilePlain(`${hitsWords(hits)}: ${ruleTitles(hits)}`);
}

/** The letter as lines: drawn alike whatever fonts are there. */
const LETTER = 'M9.3 4.4V3.4H3.7L6.7 6.5L3.7 9.6H9.3V8.6';

function countText(count: number): string {
  return count > 99 ? '99+' : String(count);
}
