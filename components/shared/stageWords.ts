import type { StageState, Strength } from '@/lib/contracts/scalars';
import { formatDuration, millisecondsBetween } from './timeFormat';

/** What the marks need to know of a stage; queue rows and details both have it. */
export type StageMark = {
  id: string;
  title: string;
  required: boolean;
  state: StageState;
  stateReason: string | null;
  time?: string | null | undefined;
  /** How it is joined to an earlier stage. */
  strength?: Strength | null | undefined;
};

export const STATE_LETTER: Record<StageState, string> = { matched: 'M', absent: 'A', blind: 'B' };

export const STATE_MEANING: Record<StageState, string> = {
  matched: 'matched: it happened',
  absent: 'absent: it could be seen, and did not happen',
  blind: 'blind: the telemetry to see it was missing on that host then',
};

export const STRENGTH_MEANING: Record<Strength, string> = {
  exact: 'exact: joined by unique id or full path',
  inferred: 'inferred: joined by reasoning that is named',
  weak: 'weak: joined by time and user only',
  broken: 'broken: a record between is missing',
};

/** One stage as a sentence for names and titles: "Callback: blind (no network events on this host), optional". */
export function stageSentence(stage: StageMark): string {
  const why = stage.state !== 'matched' && stage.stateReason ? ` (${stage.stateReason})` : '';
  const join =
    stage.state === 'matched' && stage.strength && stage.strength !== 'exact'
      ? `, link ${stage.strength}`
      : '';
  return `${stage.title}: ${stage.state}${why}${join}${stage.required ? '' : ', optional'}`;
}

/** The whole strip as one sentence: "3 of 5 stages matched, 1 blind. …". */
export function stripSentence(stages: readonly StageMark[]): string {
  const count = (state: StageState) => stages.filter((stage) => stage.state === state).length;
  const others = (['absent', 'blind'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${state}`);
  const sum = [`${count('matched')} of ${stages.length} stages matched`, ...others].join(', ');
  return `${sum}. ${stages.map(stageSentence).join('. ')}.`;
}

/** "+33 s · inferred": time since the last stage before this one that has a time; empty where either has none. */
export function gapText(stages: readonly StageMark[], place: number): string {
  const stage = stages[place];
  const gap = gapOf(stages, place);
  const join =
    stage?.state === 'matched' && stage.strength && stage.strength !== 'exact' ? stage.strength : '';
  const signed = gap === null ? '' : `${gap < 0 ? '\u2212' : '+'}${formatDuration(Math.abs(gap))}`;
  return [signed, join].filter(Boolean).join(' \u00b7 ');
}

/** The same for a name: "33 s after the stage before"; empty where there is none. */
export function gapSentence(stages: readonly StageMark[], place: number): string {
  const gap = gapOf(stages, place);
  if (gap === null) return '';
  return `${formatDuration(Math.abs(gap))} ${gap < 0 ? 'before' : 'after'} the stage before`;
}

/** Milliseconds since the last stage before this one that has a time. */
function gapOf(stages: readonly StageMark[], place: number): number | null {
  const stage = stages[place];
  const before = stages.slice(0, place).findLast((earlier) => earlier.time);
  return stage?.time && before?.time ? millisecondsBetween(before.time, stage.time) : null;
}
