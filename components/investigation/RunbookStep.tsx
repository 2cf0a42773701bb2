import { clsx } from 'clsx';
import Link from 'next/link';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { TimeText } from '@/components/shared/TimeText';
import type { RunbookView } from '@/lib/contracts/findings';

type Step = RunbookView['steps'][number];

const STATE_WORD: Readonly<Record<Step['state'], string>> = {
  answered: 'answered from the events',
  blind: 'could not all have been seen',
  person: 'for a person',
};

/** One step: what to do, what the events say to it, the first of them, and the way to all. */
export function RunbookStep(props: {
  step: Step;
  number: number;
  selectedEventId: string | null;
  onEvent: (eventId: string) => void;
}) {
  const { step } = props;
  return (
    <li className="flex gap-2.5">
      <StepMark state={step.state} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="num mr-1.5 text-text-3">{props.number}</span>
          {step.text}
          <span className="sr-only">{` (${STATE_WORD[step.state]})`}</span>
        </p>
        {step.answer === null ? null : (
          <p
            className={clsx(
              'mt-0.5 [overflow-wrap:anywhere]',
              step.state === 'blind' ? 'text-blind' : step.total === 0 ? 'text-text-3' : 'font-medium',
            )}
          >
            <HostileText text={step.answer} />
          </p>
        )}
        {step.events.length === 0 ? null : (
          <ul className="mt-1">
            {step.events.map((event) => (
              <li key={event.eventId}>
                <button
                  type="button"
                  aria-current={event.eventId === props.selectedEventId ? 'true' : undefined}
                  className={clsx(
                    'flex min-h-6 w-full items-baseline gap-2 rounded-sm px-1 text-left hover:bg-surface-2',
                    event.eventId === props.selectedEventId && 'bg-accent-soft',
                  )}
                  onClick={() => props.onEvent(event.eventId)}
                >
                  <TimeText at={event.time} precision="s" className="num shrink-0 text-12 text-text-3" />
                  <span className="min-w-0 truncate">
                    <HostileText text={event.text} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {step.query === null ? null : (
          <p className="mt-1 flex flex-wrap items-baseline gap-x-3 text-12">
            <Link
              className="link inline-flex min-h-6 items-center"
              href={eventsHref({ q: step.query, from: step.from, to: step.to })}
            >
              {step.total !== null && step.total > step.events.length
                ? `Open all ${step.total.toLocaleString('en')} in Events`
                : 'Open in Events'}
            </Link>
            <MonoText text={step.query} max={60} className="min-w-0 text-text-3" />
          </p>
        )}
      </div>
    </li>
  );
}

/** Answered a tick, blind the hatch, a person's an empty box: by shape, not by colour alone. */
function StepMark({ state }: { state: Step['state'] }) {
  if (state === 'blind')
    return (
      <span
        aria-hidden="true"
        title={STATE_WORD.blind}
        className="hatch keep-colour mt-[3px] size-3.5 shrink-0 rounded-sm border border-blind"
      />
    );
  return (
    <svg width={14} height={14} aria-hidden="true" className="mt-[3px] shrink-0 text-text-2">
      <title>{STATE_WORD[state]}</title>
      <rect x={0.7} y={0.7} width={12.6} height={12.6} rx={2} fill="none" stroke="currentColor" />
      {state === 'answered' ? (
        <path d="M3.5 7.2 6 9.7l4.6-5.2" fill="none" stroke="currentColor" strokeWidth={1.6} />
      ) : null}
    </svg>
  );
}
