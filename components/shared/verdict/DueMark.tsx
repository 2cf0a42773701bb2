'use client';

import { clsx } from 'clsx';
import { useNow, useTimeFormat } from '../useTimeFormat';
import { type Clock, dueWords } from './dueWords';

const MEANING: Record<Clock, string> = {
  running: 'Its verdict is due',
  soon: 'Its verdict is due within the hour,',
  breached: 'Its verdict was due',
  met: 'Decided in time; it was due',
  missed: 'Decided late; it was due',
};

/** The service clock of a finding: a shape and words, so that it is told without colour. Nothing without a clock. */
export function DueMark(props: { due: string | null; clock: Clock | null; className?: string | undefined }) {
  const now = useNow();
  const format = useTimeFormat();
  const { due } = props;
  if (due === null || now === null) return null;
  const words = dueWords(due, props.clock, now);
  if (words === null) return null;
  const { state, text } = words;
  return (
    <span
      title={`${MEANING[state]} ${format.dateTime(due, 'min')} ${format.zoneNameAt(due)}`}
      className={clsx(
        'inline-flex items-center gap-1 whitespace-nowrap',
        state === 'breached' && 'font-medium text-danger',
        state === 'soon' && 'text-warning',
        (state === 'running' || state === 'met' || state === 'missed') && 'text-text-3',
        props.className,
      )}
    >
      <DueShape state={state} />
      <span>
        <span className="sr-only">{`${MEANING[state]} `}</span>
        {text}
      </span>
    </span>
  );
}

/** A dial that fills: empty while there is time, half in the last hour, a full square when it is over. */
function DueShape({ state }: { state: Clock }) {
  return (
    <svg aria-hidden="true" width="8" height="8" viewBox="0 0 8 8" className="shrink-0" fill="none">
      {state === 'breached' ? (
        <rect x="0.5" y="0.5" width="7" height="7" fill="currentColor" />
      ) : (
        <circle cx="4" cy="4" r="3.4" stroke="currentColor" strokeWidth="1.1" />
      )}
      {state === 'soon' ? <path d="M4 .6a3.4 3.4 0 0 1 0 6.8Z" fill="currentColor" /> : null}
      {state === 'met' ? <path d="m2.3 4.1 1.2 1.2 2.2-2.5" stroke="currentColor" strokeWidth="1.1" /> : null}
      {state === 'missed' ? <path d="m2.6 2.6 2.8 2.8" stroke="currentColor" strokeWidth="1.1" /> : null}
    </svg>
  );
}
