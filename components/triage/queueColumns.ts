import type { TriageSort } from '@/components/shared/findingFilters';

/** Columns beside the finding itself, from left to right. */
export const QUEUE_COLUMNS = [
  'stages',
  'host',
  'user',
  'analytic',
  'score',
  'age',
  'case',
  'assignee',
] as const;
export type QueueColumn = (typeof QUEUE_COLUMNS)[number];

export const DEFAULT_COLUMNS: readonly QueueColumn[] = ['stages', 'host', 'score', 'age', 'assignee'];

type ColumnFacts = {
  title: string;
  /** Its width, and the width of the list from which it has room. */
  className: string;
  /** Orders it can put the list in, each with the word of its heading. */
  sorts: readonly { sort: TriageSort; word: string }[];
  /** Before the finding; else behind it. */
  before?: boolean;
};

export const COLUMN: Record<QueueColumn, ColumnFacts> = {
  stages: { title: 'Stages', className: 'w-[104px] @5xl:w-[132px] @max-lg:hidden', sorts: [], before: true },
  host: {
    title: 'Host',
    className: 'w-[88px] @5xl:w-[128px] @max-lg:hidden',
    sorts: [{ sort: 'host', word: 'Host' }],
  },
  user: {
    title: 'User',
    className: 'w-[88px] @5xl:w-[112px] @max-2xl:hidden',
    sorts: [{ sort: 'user', word: 'User' }],
  },
  analytic: {
    title: 'Analytic',
    className: 'w-14 @max-2xl:hidden',
    sorts: [{ sort: 'analytic', word: 'Analytic' }],
  },
  score: {
    title: 'Score',
    className: 'w-12 text-right',
    sorts: [{ sort: 'score', word: 'Score' }],
  },
  age: {
    title: 'Found, due',
    className: 'w-[88px] text-right @max-xl:hidden',
    sorts: [
      { sort: 'newest', word: 'Found' },
      { sort: 'due', word: 'Due' },
    ],
  },
  case: { title: 'Case', className: 'w-[88px] @max-3xl:hidden', sorts: [] },
  assignee: {
    title: 'Assigned',
    className: 'w-[72px] @5xl:w-[104px] @max-3xl:hidden',
    sorts: [{ sort: 'assignee', word: 'Assigned' }],
  },
};

/** Columns in their own order, whatever order they were chosen in; the usual ones where none was chosen. */
export function shownColumns(chosen: readonly QueueColumn[] | null): readonly QueueColumn[] {
  return chosen === null ? DEFAULT_COLUMNS : QUEUE_COLUMNS.filter((column) => chosen.includes(column));
}

/** What the address says after a column was shown or hidden; null for the usual ones. */
export function withColumn(chosen: readonly QueueColumn[] | null, column: QueueColumn): QueueColumn[] | null {
  const now = new Set(shownColumns(chosen));
  if (!now.delete(column)) now.add(column);
  const next = QUEUE_COLUMNS.filter((each) => now.has(each));
  const usual =
    next.length === DEFAULT_COLUMNS.length && DEFAULT_COLUMNS.every((each) => next.includes(each));
  return usual ? null : next;
}
