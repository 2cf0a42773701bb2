import type { TimelineBlind } from './blindLanes';

/**
 * An interval in which nothing of a lane could be recorded: hatched from its true begin to its end, with its reason.
 * Where that says a time of day and there are several days (`dated`), with its ends, if there is room.
 */
export function BlindBand(props: {
  span: TimelineBlind;
  width: number;
  hatch: string;
  /** The interval as a sentence. */
  words: string;
  dated: boolean;
}) {
  const { span, width, words } = props;
  const room = span.x1 - span.x0;
  const reason = `blind: ${span.reason}`;
  const said = [props.dated ? `blind. ${words}` : reason, reason].find((text) => lengthOf(text) < room);
  const length = lengthOf(said ?? '');
  const middle = Math.min(Math.max((span.x0 + span.x1) / 2, length / 2), width - length / 2);
  return (
    <g>
      <rect
        x={span.x0}
        y={span.y + 3}
        width={Math.max(2, room)}
        height={span.height - 6}
        fill={props.hatch}
        opacity={0.6}
      />
      {[span.from === null ? null : span.x0, span.to === null ? null : span.x1].map((x, side) =>
        x === null || x <= 0 || x >= width ? null : (
          <line
            key={side === 0 ? 'from' : 'to'}
            x1={x}
            x2={x}
            y1={span.y + 3}
            y2={span.y + span.height - 3}
            stroke="var(--blind)"
          />
        ),
      )}
      {said === undefined ? null : (
        <>
          <rect
            x={middle - length / 2}
            y={span.y + 5}
            width={length}
            height={span.height - 10}
            fill="var(--surface-0)"
            rx={3}
          />
          <text
            x={middle}
            y={span.y + span.height / 2 + 4}
            textAnchor="middle"
            className="fill-blind text-[11.5px]"
          >
            {said}
          </text>
        </>
      )}
      <title>{words}</title>
    </g>
  );
}

/** Pixels of a text with its air, roughly; a text too many hides less than one that is cut. */
function lengthOf(text: string): number {
  return text.length * 6.1 + 16;
}
