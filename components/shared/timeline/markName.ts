import { hostilePlain } from '@/components/shared/hostileText';
import { hitsWords, ruleTitles } from '@/components/shared/sigma/sigmaMarks';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import { KIND_WORDS } from './markShape';

/** Hits whose record is no listed event, in one sentence. */
export function hitMarkName(hits: readonly SigmaHitView[], time: string): string {
  const source = hostilePlain((hits[0]?.source ?? '').slice(0, 200));
  return [hostilePlain(`${hitsWords(hits)}: ${ruleTitles(hits)}`), source, time].join(', ');
}

/** An event in one sentence, for names and announcements; `time` is already written as the reader wants it. */
export function markName(event: TimelineEventView, time: string, hits: readonly SigmaHitView[] = []): string {
  const said = [
    event.flagged ? 'flagged' : '',
    event.comments === 0 ? '' : `${event.comments} ${event.comments === 1 ? 'comment' : 'comments'}`,
    hits.length === 0 ? '' : hostilePlain(`${hitsWords(hits)}: ${ruleTitles(hits)}`),
  ].filter((part) => part !== '');
  return [hostilePlain(event.label.slice(0, 400)), KIND_WORDS[event.kind], time, ...said].join(', ');
}
