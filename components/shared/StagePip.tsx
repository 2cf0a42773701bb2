import { useId } from 'react';
import type { StageState } from '@/lib/contracts/scalars';
import { STATE_LETTER } from './stageWords';

type StagePipProps = {
  state: StageState;
  /** Box in CSS pixels: 12 in the queue, 20 in the header. */
  size?: number | undefined;
  /** Optional stages are drawn smaller. */
  required?: boolean | undefined;
  /** Shows the state's letter always, not only in print and forced colours: for marks with room for it. */
  letter?: boolean | undefined;
  /** Gives the mark a name; without it, it is decoration beside words that say the same. */
  label?: string | undefined;
  x?: number | undefined;
  y?: number | undefined;
};

/**
 * Matched is a solid disc, absent a hollow ring, blind a violet hatch: the same three marks in HTML, inside another
 * SVG (give `x`, `y`), in print and in forced colours, where a letter joins them.
 */
export function StagePip({ state, size = 12, required = true, letter = false, label, x, y }: StagePipProps) {
  const pattern = useId();
  const r = (required ? 0.42 : 0.31) * size;
  const c = size / 2;
  const stroke = size >= 18 ? 1.6 : 1.3;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden beside words that say the same
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      className="shrink-0 overflow-visible"
      {...(x === undefined ? {} : { x })}
      {...(y === undefined ? {} : { y })}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {state === 'matched' ? <circle cx={c} cy={c} r={r} fill="var(--matched)" /> : null}
      {state === 'absent' ? (
        <circle
          cx={c}
          cy={c}
          r={r - stroke / 2}
          fill="var(--surface-0)"
          stroke="var(--absent)"
          strokeWidth={stroke}
        />
      ) : null}
      {state === 'blind' ? (
        <>
          <defs>
            <pattern
              id={pattern}
              width="3.2"
              height="3.2"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="1.5" height="3.2" fill="var(--blind)" />
            </pattern>
          </defs>
          <circle cx={c} cy={c} r={r - stroke / 2} fill="var(--surface-0)" />
          <circle
            cx={c}
            cy={c}
            r={r - stroke / 2}
            fill={`url(#${pattern})`}
            stroke="var(--blind)"
            strokeWidth={stroke}
          />
        </>
      ) : null}
      <text
        {...(letter ? {} : { className: 'mark-letter' })}
        x={c}
        y={c}
        dy="0.36em"
        textAnchor="middle"
        fontSize={size * 0.6}
        fontWeight={700}
        fill={state === 'matched' ? 'var(--surface-0)' : 'var(--text-1)'}
        stroke={state === 'matched' ? 'none' : 'var(--surface-0)'}
        strokeWidth={2}
        paintOrder="stroke"
      >
        {STATE_LETTER[state]}
      </text>
    </svg>
  );
}
