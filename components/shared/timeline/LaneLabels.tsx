'use client';

import { clsx } from 'clsx';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { Tooltip } from '@/components/ui/Tooltip';
import type { TimelineLane, TimelineStage } from './lane';

/** The names of the lanes, left of the plot; one that was blind tells when and why on hover and focus. */
export function LaneLabels(props: {
  lanes: readonly TimelineLane[];
  stages: readonly TimelineStage[];
  width: number;
  /** Colour of a lane that stands for a process; null where lanes stand for something else. */
  colourOf: ((laneId: string) => string) | null;
  /** Sentences per lane about what could not be seen in it. */
  blind: ReadonlyMap<string, readonly string[]>;
}) {
  return (
    <ol aria-label="Lanes" className="shrink-0" style={{ width: props.width }}>
      {props.lanes.map((lane) => (
        <LaneLabel
          key={lane.id}
          lane={lane}
          number={props.stages.findIndex((stage) => stage.id === lane.id) + 1}
          colour={props.colourOf?.(lane.id) ?? null}
          blind={props.blind.get(lane.id) ?? []}
        />
      ))}
    </ol>
  );
}

function LaneLabel(props: {
  lane: TimelineLane;
  number: number;
  colour: string | null;
  blind: readonly string[];
}) {
  const { lane, number, colour, blind } = props;
  return (
    <li className="flex items-center gap-1.5 pl-4 pr-2" style={{ height: lane.height }}>
      {number > 0 ? <span className="num w-3 shrink-0 text-right text-11 text-text-3">{number}</span> : null}
      {colour === null ? null : (
        <span className="size-2 shrink-0 rounded-full" style={{ background: colour }} />
      )}
      <span
        className={clsx(
          'truncate text-12',
          lane.state === 'blind' ? 'text-blind' : lane.total === 0 ? 'text-text-3' : 'text-text-2',
        )}
        title={hostilePlain(lane.label)}
      >
        <HostileText text={lane.label} />
      </span>
      {lane.detail !== null && lane.state === null ? (
        <span className="num font-mono text-11 text-text-3">{lane.detail}</span>
      ) : null}
      {blind.length === 0 ? null : (
        <Tooltip
          side="right"
          text={
            <ul className="space-y-1">
              {blind.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          }
        >
          <button
            type="button"
            aria-label={`${hostilePlain(lane.label)}: blind. ${blind.join(' ')}`}
            className="focus-inset -my-1 ml-auto grid size-6 shrink-0 place-items-center"
          >
            <span aria-hidden="true" className="hatch size-3 rounded-sm border border-blind" />
          </button>
        </Tooltip>
      )}
    </li>
  );
}
