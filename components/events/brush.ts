import type { TimeSpan } from '@/components/shared/query/histogramLayout';

/** Where the keyboard stands on the axis: `at` moves, `fixed` is the other end of what is being selected. */
export type Brush = { readonly at: number; readonly fixed: number };

/** One step of the brush by a key; null when the key is none of its own. `step` is a bin, in microseconds. */
export function moveBrush(
  brush: Brush | null,
  key: string,
  shift: boolean,
  span: TimeSpan,
  step: number,
): Brush | null {
  const from = brush ?? { at: span.from, fixed: span.from + step };
  const to = target(from.at, key, span, step);
  if (to === null) return null;
  const at = Math.min(span.to, Math.max(span.from, to));
  // Shift stretches what is selected; without it one bin wanders.
  return shift ? { at, fixed: from.fixed } : { at, fixed: Math.min(span.to, at + step) };
}

/** What a brush selects, from the earlier end to the later, at least a bin. */
export function brushed(brush: Brush, step: number): TimeSpan {
  const from = Math.min(brush.at, brush.fixed);
  const to = Math.max(brush.at, brush.fixed);
  return { from, to: to - from < 1 ? from + step : to };
}

function target(at: number, key: string, span: TimeSpan, step: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return at - step;
    case 'ArrowRight':
      return at + step;
    case 'PageUp':
      return at - 10 * step;
    case 'PageDown':
      return at + 10 * step;
    case 'Home':
      return span.from;
    case 'End':
      return span.to - step;
    default:
      return null;
  }
}
