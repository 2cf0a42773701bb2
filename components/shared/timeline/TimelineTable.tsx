'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, useRef } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { parseMicros } from '@/lib/base/time';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import type { TimelineProcess, TimelineStage } from './layoutTimeline';
import { KIND_WORDS } from './markShape';
import { relativeTime } from './timeScale';

/** The sequence as rows, in the order things happened; arrows go from row to row and select. */
export function TimelineTable(props: {
  events: readonly TimelineEventView[];
  origin: number | null;
  formatTime: (micros: number) => string;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  selectedEventId: string | null;
  litEntityId: string | null;
  onSelect: (eventId: string) => void;
}) {
  const rows = useRef(new Map<string, HTMLTableRowElement>());
  const events = [...props.events].sort((a, b) => (parseMicros(a.time) ?? 0) - (parseMicros(b.time) ?? 0));
  const names = new Map(props.processes.map((process) => [process.entityId, process]));
  const place = Math.max(
    0,
    events.findIndex((event) => event.eventId === props.selectedEventId),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      '.': place + 1,
      ',': place - 1,
      Home: 0,
      End: events.length - 1,
    }[event.key];
    const target = to === undefined ? undefined : events[to];
    if (target === undefined) return;
    props.onSelect(target.eventId);
    rows.current.get(target.eventId)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="size-full overflow-auto">
      <table
        aria-label="Sequence as a table"
        className="w-full border-separate border-spacing-0 text-left"
        onKeyDown={onKeyDown}
      >
        <thead className="sticky top-0 z-10 bg-surface-0">
          <tr>
            {['Time', 'After T0', 'Stage', 'What', 'Process', 'Detail'].map((title) => (
              <th key={title} scope="col" className="label border-b px-3 py-1.5 font-medium first:pl-4">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event, index) => {
            const time = parseMicros(event.time) ?? 0;
            const process = event.entityId === null ? undefined : names.get(event.entityId);
            const number = props.stages.findIndex((stage) => stage.id === event.stage);
            return (
              <tr
                key={event.eventId}
                ref={(element) => {
                  if (element === null) rows.current.delete(event.eventId);
                  else rows.current.set(event.eventId, element);
                }}
                tabIndex={index === place ? 0 : -1}
                aria-current={event.eventId === props.selectedEventId ? 'true' : undefined}
                className={clsx(
                  'focus-inset h-7 cursor-pointer *:border-b *:px-3',
                  event.eventId === props.selectedEventId
                    ? 'bg-accent-soft'
                    : event.entityId !== null && event.entityId === props.litEntityId
                      ? 'bg-surface-2'
                      : undefined,
                )}
                onClick={() => props.onSelect(event.eventId)}
              >
                <td className="whitespace-nowrap pl-4 font-mono text-12 text-text-2">
                  {props.formatTime(time)}
                </td>
                <td className="whitespace-nowrap font-mono text-12 text-text-2">
                  {props.origin === null ? '' : relativeTime(time, props.origin)}
                </td>
                <td className="whitespace-nowrap">
                  {number < 0 ? '' : `${number + 1} ${props.stages[number]?.title}`}
                </td>
                <td className="whitespace-nowrap text-text-2">{KIND_WORDS[event.kind]}</td>
                <td className="whitespace-nowrap">
                  <HostileText text={process?.name ?? ''} />
                </td>
                <td className="max-w-0 w-full truncate">
                  <HostileText text={event.label} />{' '}
                  <span className="machine text-text-3">
                    <HostileText text={event.detail ?? ''} />
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
