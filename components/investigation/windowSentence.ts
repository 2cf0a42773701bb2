import { formatDuration } from '@/components/shared/timeFormat';
import type { StageView } from '@/lib/contracts/findings';

/**
 * How long after the stage it is joined to, and how long it may be: "4.2 s after “Script engine”; at most 10 min are
 * allowed." `to` is that stage's title; what is not known is left out.
 */
export function windowSentence(window: NonNullable<StageView['window']>, to: string | undefined): string {
  const { usedSeconds: used, limitSeconds: limit } = window;
  const it = to === undefined ? 'the stage it follows' : `\u201c${to}\u201d`;
  const most = limit === null ? undefined : formatDuration(limit * 1000);
  if (used === null) return most === undefined ? 'No time limit is set.' : `At most ${most} after ${it}.`;
  const when =
    used === 0
      ? `At the same moment as ${it}`
      : `${formatDuration(Math.abs(used) * 1000)} ${used < 0 ? 'before' : 'after'} ${it}`;
  return most === undefined ? `${when}; no time limit is set.` : `${when}; at most ${most} are allowed.`;
}
