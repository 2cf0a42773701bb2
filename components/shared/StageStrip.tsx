import { clsx } from 'clsx';
import { Fragment } from 'react';
import type { Strength } from '@/lib/contracts/scalars';
import { StagePip } from './StagePip';
import { type StageMark, stageSentence, stripSentence } from './stageWords';
import { formatDuration, millisecondsBetween } from './timeFormat';

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

/** More stages than this are set closer, so that a header of 1,440 px holds six. */
const CROWD = 5;

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

/** The chain with names, times and gaps, pips 20 px: a finding's header. An ordered list; scrolls when narrow. */
export function StageTrack({ stages, current, onSelect, time, className }: StageTrackProps) {
  const crowded = stages.length > CROWD;
  return (
    <ol aria-label="Stages" className={clsx('flex min-w-0 items-center overflow-x-auto', className)}>
      {stages.map((stage, place) => {
        const words = <StageWords stage={stage} time={time} crowded={crowded} />;
        return (
          <li key={stage.id} className={clsx('flex items-center', place > 0 && 'min-w-fit flex-1')}>
            {place > 0 ? (
              <span
                className={clsx(
                  'flex flex-1 flex-col items-stretch',
                  crowded ? 'mx-1 min-w-10' : 'mx-2 min-w-14',
                )}
              >
                <span className="num h-4 whitespace-nowrap px-1 text-center font-mono text-11 leading-4 text-text-3">
                  {gapText(stages, place)}
                </span>
                <StageLine strength={lineStrength(stage)} />
                <span className="h-4" />
              </span>
            ) : null}
            {onSelect ? (
              <button
                type="button"
                className={clsx(
                  'focus-inset flex max-w-60 items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-surface-2',
                  current === stage.id && 'bg-accent-soft',
                )}
                aria-current={current === stage.id ? 'step' : undefined}
                aria-label={stageSentence(stage)}
                onClick={() => onSelect(stage.id)}
              >
                {words}
              </button>
            ) : (
              <span className="flex items-center gap-2 px-2 py-1">{words}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function StageWords({
  stage,
  time,
  crowded,
}: {
  stage: StageMark;
  time: (iso: string) => string;
  crowded: boolean;
}) {
  return (
    <>
      <StagePip state={stage.state} required={stage.required} size={20} />
      <span className="min-w-0 leading-4">
        <span className={clsx('block truncate', crowded ? 'max-w-36' : 'max-w-52')} title={stage.title}>
          {stage.title}
        </span>
        <span
          className={clsx(
            'num block truncate text-11',
            crowded ? 'max-w-36' : 'max-w-52',
            stage.state === 'blind' ? 'text-blind' : 'text-text-3',
          )}
          title={stage.stateReason ?? undefined}
        >
          {stage.state === 'matched' && stage.time
            ? time(stage.time)
            : `${stage.state}${stage.stateReason ? `: ${stage.stateReason}` : ''}`}
        </span>
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

/** "+33 s · inferred": time since the last stage before this one that has a time; empty where either has none. */
function gapText(stages: readonly StageMark[], place: number): string {
  const stage = stages[place];
  const before = stages.slice(0, place).findLast((earlier) => earlier.time);
  const gap = stage?.time && before?.time ? signed(millisecondsBetween(before.time, stage.time)) : '';
  const join =
    stage?.state === 'matched' && stage.strength && stage.strength !== 'exact' ? stage.strength : '';
  return [gap, join].filter(Boolean).join(' · ');
}

function signed(milliseconds: number): string {
  return `${milliseconds < 0 ? '−' : '+'}${formatDuration(milliseconds)}`;
}
