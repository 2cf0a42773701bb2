import { hostilePlain } from '@/components/shared/hostileText';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import { KIND_WORDS } from './markShape';

/** An event in one sentence, for names and announcements; `time` is already written as the reader wants it. */
export function markName(event: TimelineEventView, time: string): string {
  const said = [
    event.flagged ? 'flagged' : '',
    event.comments === 0 ? '' : `${event.comments} ${event.comments === 1 ? 'comment' : 'comments'}`,
  ].filter((part) => part !== '');
  return [hostilePlain(event.label.slice(0, 400)), KIND_WORDS[event.kind], time, ...said].join(', ');
}
