import type { TriageSort } from '@/components/shared/findingFilters';
import type { TriageView } from '@/lib/contracts/triage';

export const VIEW_WORD: Record<TriageView, string> = {
  open: 'Open findings',
  mine: 'Assigned to me',
  unassigned: 'Unassigned',
  due: 'Due within 1 h',
  reopened: 'Opened again',
  partial: 'Partial chains',
  blind: 'Limited by blindness',
  suppressed: 'Suppressed',
  closed: 'With a verdict',
};

export const SORT_WORD: Record<TriageSort, string> = {
  score: 'Highest score',
  severity: 'Severity',
  newest: 'Newest',
  oldest: 'Oldest',
  due: 'Due first',
  host: 'Host',
  user: 'User',
  analytic: 'Analytic',
  assignee: 'Assigned',
};

/** What a view holds, as its heading says it: "37 open findings", "1 partial chain". */
export function countedView(view: TriageView, total: number): string {
  const noun = total === 1 ? 'finding' : 'findings';
  const words: Record<TriageView, string> = {
    open: `open ${noun}`,
    mine: `${noun} assigned to me`,
    unassigned: `unassigned ${noun}`,
    due: `${noun} due within the hour`,
    reopened: `${noun} opened again`,
    partial: total === 1 ? 'partial chain' : 'partial chains',
    blind: `${noun} limited by blindness`,
    suppressed: `suppressed ${noun}`,
    closed: `${noun} with a verdict`,
  };
  return `${total.toLocaleString('en')} ${words[view]}`;
}
