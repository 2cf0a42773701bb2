import { formatDuration } from '@/components/shared/timeFormat';
import { percentText } from '@/lib/base/numberWords';
import type { BacklogAge, MetricList, Share } from '@/lib/contracts/metrics';

/** A count as people read it. */
export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** Minutes as people say a wait: `6 min 5 s`; a dash where nothing was measured. */
export function minutesText(minutes: number | null): string {
  return minutes === null ? '–' : formatDuration(minutes * 60_000);
}

/** A share with its interval and what it is of, as a sentence without its subject: `83 % (74 to 89) of 96`. */
export function shareText({ share, low, high, of }: Share): string {
  if (share === null || low === null || high === null) return 'nothing counted';
  const whole = (part: number) => Math.round(part * 100);
  return `${percentText(share)} (${whole(low)} to ${whole(high)}) of ${countText(of)}`;
}

/** What a list is called, as its heading. */
export const LIST_TITLE: Readonly<Record<MetricList, string>> = {
  findings: 'Findings that came up',
  triage: 'From finding to the first look',
  verdict: 'From finding to the first verdict',
  review: 'Cases a lead decided on',
  sent_back: 'Cases that were sent back',
  precision: 'Verdicts that count for precision',
  true_positives: 'True positives',
  benign_true_positives: 'Benign true positives',
  false_positives: 'False positives',
  undetermined: 'Undetermined',
  verdicts_given: 'Verdicts given',
  blind_limited: 'Verdicts while a required stage was blind',
  clock_kept: 'Decided in time',
  clock_missed: 'Decided late, or still waiting past their time',
  breached_now: 'Open and past their time now',
  backlog: 'Open now',
  open_at_end: 'Open when the period ended',
  prevented: 'Kept from the queue by baselines',
  alerts: 'Vendor alerts',
  alerts_explained: 'Alerts a chain explains',
  alerts_unexplained: 'Alerts no chain explains',
  chains: 'Chains',
  chains_unnoticed: 'Chains no vendor alert belongs to',
  rework_after_review: 'Verdicts changed after their case was sent back',
  reopened: 'Verdicts that later data opened again',
};

/** What the minutes of a list say; absent for lists without any. */
export const MINUTES_TITLE: Partial<Readonly<Record<MetricList, string>>> = {
  triage: 'Took',
  verdict: 'Took',
  review: 'Waited',
  clock_kept: 'Took',
  clock_missed: 'Took',
  breached_now: 'Late by',
  backlog: 'Age',
  open_at_end: 'Age then',
};

/** Lists of what stands now, of whatever days. */
export const NOW_LISTS: ReadonlySet<MetricList> = new Set(['backlog', 'breached_now']);

export const AGE_WORD: Readonly<Record<BacklogAge, string>> = {
  day: 'Under a day',
  week: 'Under a week',
  month: 'Under 30 days',
  older: 'Older',
};
