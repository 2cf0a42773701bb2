import { sparkOf } from './chartGeometry';

const SIZE = { width: 132, height: 30 };

/** Thirteen weeks as a small line; `words` says them to who does not see it. */
export function Sparkline(props: {
  values: readonly (number | null)[];
  /** What the line begins and ends at; without it from 0 to the largest. */
  domain?: [number, number];
  words: string;
}) {
  const { path, last } = sparkOf(props.values, SIZE, props.domain);
  return (
    <span className="mt-2 block">
      <span className="sr-only">{props.words}</span>
      <svg
        width={SIZE.width}
        height={SIZE.height}
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        aria-hidden="true"
        className="block"
      >
        <line
          x2={SIZE.width}
          y1={SIZE.height - 0.5}
          y2={SIZE.height - 0.5}
          stroke="var(--line)"
          strokeWidth={1}
        />
        <path d={path} fill="none" stroke="var(--text-2)" strokeWidth={1.5} strokeLinejoin="round" />
        {last ? <circle cx={last.x} cy={last.y} r={2.5} fill="var(--text-1)" /> : null}
      </svg>
    </span>
  );
}
