import type { ReactNode } from 'react';

export type GlyphProps = {
  /** CSS pixels; 14 unless told. */
  size?: number | undefined;
  x?: number | undefined;
  y?: number | undefined;
  /** Names the mark; without it, it is decoration beside words that say the same. */
  label?: string | undefined;
  className?: string | undefined;
};

/** The frame of every glyph: 14 × 14, one line weight, the colour of the text around it. */
export function Glyph({ size = 14, x, y, label, className, children }: GlyphProps & { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden beside words that say the same
    <svg
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.2}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className ?? 'shrink-0'}
      {...(x === undefined ? {} : { x })}
      {...(y === undefined ? {} : { y })}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {children}
    </svg>
  );
}
