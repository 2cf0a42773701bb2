import type { Share } from '@/lib/contracts/metrics';
import { shareText } from './teamWords';

const WIDTH = 96;
const HEIGHT = 12;

/** A share as a point on a line from 0 to 1, with the interval it lies in: wide where few were counted. */
export function ShareBar({ share }: { share: Share }) {
  if (share.share === null || share.low === null || share.high === null) return null;
  const x = (part: number) => 1 + part * (WIDTH - 2);
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      className="keep-colour inline-block align-middle"
    >
      <title>{shareText(share)}</title>
      <line x1={1} x2={WIDTH - 1} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--line)" />
      <rect
        x={x(share.low)}
        y={HEIGHT / 2 - 2}
        width={Math.max(1, x(share.high) - x(share.low))}
        height={4}
        fill="var(--line-strong)"
      />
      <line
        x1={x(share.share)}
        x2={x(share.share)}
        y1={1}
        y2={HEIGHT - 1}
        stroke="var(--text-1)"
        strokeWidth={2}
      />
    </svg>
  );
}
