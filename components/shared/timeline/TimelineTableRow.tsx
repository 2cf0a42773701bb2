'use client';

import { clsx } from 'clsx';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { SigmaSign } from '@/components/shared/sigma/SigmaSquare';
import { hitsWords, ruleTitles, worstOf } from '@/components/shared/sigma/sigmaMarks';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { TimelineStage } from './lane';
import { KIND_WORDS } from './markShape';
import type { TimelineRow } from './timelineRows';
import { relativeTime } from './timeScale';
import { blindWords, type TimeWriter } from './timeWords';

type RowProps = {
  row: TimelineRow;
  rowIndex: number;
  /** The one row that Tab reaches. */
  active: boolean;
  selected: boolean;
  lit: boolean;
  origin: number | null;
  writer: TimeWriter;
  stages: readonly TimelineStage[];
  processName: string;
  onChoose: () => void;
  onZoom: (row: { from: number; to: number }) => void;
  onFlag: (eventId: string, flagged: boolean) => void;
};

/** A row of the sequence's table: an event, an interval that was blind, or a number of events that are not listed. */
export function TimelineTableRow(props: RowProps) {
  const { row, selected, lit, origin, writer } = props;
  return (
    <tr
      data-row={row.id}
      aria-rowindex={props.rowIndex}
      tabIndex={props.active ? 0 : -1}
      aria-current={selected ? 'true' : undefined}
      className={clsx(
        'focus-inset h-7 cursor-pointer *:border-b *:px-3',
        selected ? 'bg-accent-soft' : lit ? 'bg-surface-2' : undefined,
      )}
      onClick={props.onChoose}
    >
      <td className="whitespace-nowrap pl-4 font-mono text-12 text-text-2">{writer.time(row.time)}</td>
      <td className="whitespace-nowrap font-mono text-12 text-text-2 max-sm:hidden">
        {origin === null ? '' : relativeTime(row.time, origin)}
      </td>
      {row.type === 'event' ? (
        <EventCells {...props} row={row} />
      ) : row.type === 'hit' ? (
        <HitCells row={row} processName={props.processName} />
      ) : row.type === 'blind' ? (
        <td colSpan={5} className="max-w-0 w-full min-w-40 truncate text-blind">
          <span
            aria-hidden="true"
            className="hatch mr-2 inline-block size-3 border border-blind align-middle"
          />
          {`${row.what} could not be recorded. ${blindWords(row, writer.dateTime)}`}
        </td>
      ) : (
        <td colSpan={5} className="max-w-0 w-full min-w-40 truncate text-text-2">
          {`${row.count.toLocaleString('en')} ${row.what} between ${writer.time(row.from)} and ${writer.time(row.to)}; `}
          <button
            type="button"
            tabIndex={props.active ? 0 : -1}
            className="link min-h-6"
            onClick={(event) => {
              event.stopPropagation();
              props.onZoom(row);
            }}
          >
            zoom in to list them
          </button>
        </td>
      )}
    </tr>
  );
}

/** Hits on a record that is no listed event: which rules, and what kind of record it was. */
function HitCells({ row, processName }: { row: Extract<TimelineRow, { type: 'hit' }>; processName: string }) {
  return (
    <>
      <td />
      <td className="whitespace-nowrap text-text-2 max-sm:hidden">
        <HostileText text={(row.hits[0]?.source ?? '').slice(0, 200)} />
      </td>
      <td className="whitespace-nowrap">
        <HostileText text={(processName || imageOf(row.event.image)).slice(0, 200)} />
      </td>
      <td className="max-w-0 w-full min-w-40 truncate">
        <Hits hits={row.hits} />
      </td>
      <td />
    </>
  );
}

/** The mark with its words and the rules; nothing where none hit. */
function Hits({ hits }: { hits: readonly SigmaHitView[] }) {
  return hits.length === 0 ? null : (
    <span className="num mr-2">
      <SigmaSign level={worstOf(hits)} /> {hitsWords(hits)}:{' '}
      <span className="text-text-2">
        <HostileText text={ruleTitles(hits)} />
      </span>
    </span>
  );
}

function imageOf(image: string | null): string {
  return image?.split(/[\\/]/).at(-1) ?? '';
}

function EventCells(props: RowProps & { row: Extract<TimelineRow, { type: 'event' }> }) {
  const { event } = props.row;
  const number = props.stages.findIndex((stage) => stage.id === event.stage);
  const refusal = useRefusal('events.annotate');
  return (
    <>
      <td className="whitespace-nowrap">
        {number < 0 ? '' : `${number + 1} ${props.stages[number]?.title ?? ''}`}
      </td>
      <td className="whitespace-nowrap text-text-2 max-sm:hidden">{KIND_WORDS[event.kind]}</td>
      <td className="whitespace-nowrap">
        <HostileText text={props.processName.slice(0, 200)} />
      </td>
      <td className="max-w-0 w-full min-w-40 truncate">
        <Hits hits={props.row.hits} />
        <HostileText text={event.label.slice(0, 500)} />{' '}
        <span className="machine text-text-3">
          <HostileText text={(event.detail ?? '').slice(0, 500)} />
        </span>
      </td>
      <td className="whitespace-nowrap">
        <span className="flex items-center gap-1.5">
          <button
            type="button"
            aria-pressed={event.flagged}
            aria-label="Flagged"
            aria-keyshortcuts="m"
            disabled={refusal !== null}
            title={refusal ?? undefined}
            tabIndex={props.active ? 0 : -1}
            className={clsx(
              'focus-inset grid size-6 place-items-center rounded-sm hover:bg-surface-3',
              event.flagged ? 'text-warning' : 'text-text-3',
            )}
            onClick={(click) => {
              click.stopPropagation();
              props.onFlag(event.eventId, !event.flagged);
            }}
          >
            <svg aria-hidden="true" width={12} height={14} className="block">
              <path
                d="M2 13V1.5l8 3.2 -8 3.2"
                fill={event.flagged ? 'currentColor' : 'none'}
                stroke="currentColor"
                strokeWidth={1.3}
                strokeLinejoin="round"
              />
            </svg>
          </button>
          {event.comments === 0 ? null : (
            <span className="num text-12 text-text-2">
              {event.comments}
              <span className="sr-only">{event.comments === 1 ? ' comment' : ' comments'}</span>
            </span>
          )}
        </span>
      </td>
    </>
  );
}
