import { clsx } from 'clsx';
import { Fragment } from 'react';
import type { Strength } from '@/lib/contracts/scalars';
import { StagePip } from './StagePip';
import { gapSentence, gapText, type StageMark, stageSentence, stripSentence } from './stageWords';

/** The chain as a row of pips, 12 px high, as in the queue: one picture with one name. Fills its box's width. */
export function StageStrip({
  stages,
  className,
}: {
  stages: readonly StageMark[];
  className?: string | undefined;
}) {
  return (
    <span
      role="img"
      aria-label={stripSentence(stages)}
      title={stages.map(stageSentence).join('\n')}
      className={clsx('flex items-center overflow-hidden', className)}
    >
      {stages.map((stage, place) => (
        <Fragment key={stage.id}>
          {place > 0 ? <StageLine strength={lineStrength(stage)} /> : null}
          <StagePip state={stage.state} required={stage.required} size={12} />
        </Fragment>
      ))}
    </span>
  );
}

type StageTrackProps = {
  stages: readonly StageMark[];
  /** Stage in hand, marked as current. */
  current?: string | null | undefined;
  /** With it, each stage is a button: the header's navigation. */
  onSelect?: ((id: string) => void) | undefined;
  /** Clock time of a stage as the analyst reads times. */
  time: (iso: string) => string;
  className?: string | undefined;
};

/**
 * The chain with names, times and gaps, pips 20 px: a finding's header. An ordered list whose stages share the width
 * and go on in a second row where they would be too narrow to read; it never scrolls sideways.
 */
export function StageTrack({ stages, current, onSelect, time, className }: StageTrackProps) {
  return (
    <ol
      aria-label="Stages"
      className={clsx('grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-y-1', className)}
    >
      {stages.map((stage, place) => {
        const words = <StageWords stages={stages} place={place} time={time} />;
        return (
          <li key={stage.id} className="min-w-0">
            {onSelect ? (
              <button
                type="button"
                className={clsx(
                  'focus-inset block w-full rounded-md px-1.5 py-1 text-left hover:bg-surface-2',
                  current === stage.id && 'bg-accent-soft',
                )}
                aria-current={current === stage.id ? 'step' : undefined}
                aria-label={[stageSentence(stage), gapSentence(stages, place)].filter(Boolean).join(', ')}
                onClick={() => onSelect(stage.id)}
              >
                {words}
              </button>
            ) : (
              <span className="block px-1.5 py-1">{words}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Mark, the way to the next stage with its gap, then name and time, or why there is none. */
function StageWords({
  stages,
  place,
  time,
}: {
  stages: readonly StageMark[];
  place: number;
  time: (iso: string) => string;
}) {
  const stage = stages[place];
  const next = stages[place + 1];
  if (stage === undefined) return null;
  const gap = gapText(stages, place + 1);
  return (
    <>
      <span className="flex h-5 items-center gap-1.5">
        <StagePip state={stage.state} required={stage.required} size={20} letter />
        {next === undefined ? null : (
          <span className="-mr-3 flex min-w-0 flex-1 items-center">
            <StageLine strength={lineStrength(next)} />
            {gap === '' ? null : (
              <span className="num truncate px-1 font-mono text-11 text-text-3">{gap}</span>
            )}
            {gap === '' ? null : <StageLine strength={lineStrength(next)} />}
          </span>
        )}
      </span>
      <span className="mt-0.5 line-clamp-2 leading-4" title={stage.title}>
        {stage.title}
      </span>
      <span
        className={clsx(
          'num block truncate text-11 leading-4',
          stage.state === 'blind' ? 'text-blind' : 'text-text-3',
        )}
        title={stage.stateReason ?? undefined}
      >
        {stage.state === 'matched' && stage.time
          ? time(stage.time)
          : `${stage.state}${stage.stateReason ? `: ${stage.stateReason}` : ''}`}
      </span>
    </>
  );
}

/** The join drawn before a stage: solid exact, dashed inferred, dotted weak or not applicable, cut when broken. */
export function StageLine({
  strength,
  className,
}: {
  strength: Strength | 'none';
  className?: string | undefined;
}) {
  if (strength === 'broken') {
    return (
      <span aria-hidden="true" className={clsx('flex min-w-[2px] flex-1 justify-between', className)}>
        <span className="w-[32%] border-t border-line-strong" />
        <span className="w-[32%] border-t border-line-strong" />
      </span>
    );
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'min-w-[2px] flex-1 border-t border-line-strong',
        strength === 'inferred' && 'border-dashed',
        (strength === 'weak' || strength === 'none') && 'border-dotted',
        className,
      )}
    />
  );
}

function lineStrength(stage: StageMark): Strength | 'none' {
  return stage.state === 'matched' ? (stage.strength ?? 'exact') : 'none';
}
