import type { ReviewSummary } from '@/lib/contracts/cases';
import type { ReviewDetail, SeenFinding } from '@/lib/contracts/reviews';

export const REVIEW_STATE_WORD: Record<ReviewSummary['state'], string> = {
  waiting: 'Awaits review',
  approved: 'Approved',
  sent_back: 'Sent back',
  withdrawn: 'Taken back',
};

/** A share as people read it, with its interval: "92 % (81 to 97)". */
export function agreementText({ share, low, high }: { share: number; low: number; high: number }): string {
  const percent = (part: number) => Math.round(part * 100);
  return `${percent(share)} % (${percent(low)} to ${percent(high)})`;
}

/** Seconds as people read a wait: "3 min", "4 h", "2 days". */
export function waitText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** What of a review a reader should look at first, in sentences; empty when nothing stands out. */
export function concernsOf(
  review: Pick<ReviewDetail, 'findings' | 'alerts' | 'tasksOpen'>,
): readonly string[] {
  const { findings, alerts, tasksOpen } = review;
  const unopened = findings.reduce((sum, { unopened: events }) => sum + events.length, 0);
  const blind = findings.filter(decidedBlind).length;
  const changed = findings.filter(({ since }) => since.length > 0).length;
  const decided = alerts.filter(({ changed: since }) => since).length;
  return [
    unopened > 0 ? `${unopened} ${unopened === 1 ? 'event' : 'events'} of its stages nobody opened` : '',
    blind > 0
      ? `${blind} ${blind === 1 ? 'verdict' : 'verdicts'} given while a required stage was blind`
      : '',
    changed > 0 ? `${changed} ${changed === 1 ? 'finding' : 'findings'} changed since` : '',
    decided > 0 ? `${decided} ${decided === 1 ? 'alert' : 'alerts'} changed since` : '',
    tasksOpen > 0 ? `${tasksOpen} ${tasksOpen === 1 ? 'task' : 'tasks'} open when it was submitted` : '',
  ].filter((sentence) => sentence !== '');
}

/** Whether the verdict in force when it was submitted was given although a required stage was blind. */
export function decidedBlind({ verdicts }: Pick<SeenFinding, 'verdicts'>): boolean {
  const [newest] = verdicts;
  return newest !== undefined && newest.value !== null && newest.blindStages.length > 0;
}
