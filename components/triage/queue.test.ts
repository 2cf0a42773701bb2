import { describe, expect, it } from 'vitest';
import type { FindingList, FindingSummary } from '@/lib/contracts/findings';
import { pagesUpTo, queueRows, rowAfter } from './queue';

const verdict = {
  value: 'false_positive' as const,
  reason: 'x',
  by: 'a',
  at: '2026-11-20T10:00:00Z',
  blindAcknowledged: false,
};

function finding(id: string, change: Partial<FindingSummary> = {}): FindingSummary {
  return {
    id,
    analytic: 'AN1397',
    analyticTitle: 'mshta',
    status: 'complete',
    severity: 'high',
    score: 70,
    hostId: 'h',
    host: 'h',
    user: null,
    headline: id,
    trail: '',
    stages: [],
    suppressed: false,
    from: '2026-11-20T09:00:00Z',
    to: '2026-11-20T09:01:00Z',
    verdict: null,
    assignee: null,
    case: null,
    due: null,
    clock: null,
    reopened: null,
    shape: 's',
    revision: 1,
    createdAt: '2026-11-20T09:30:00Z',
    ...change,
  };
}

function page(items: FindingSummary[], nextCursor: string | null = null): FindingList {
  const counts = {
    open: 0,
    unassigned: 0,
    partial: 0,
    blind: 0,
    suppressed: 0,
    closed: 0,
    mine: 0,
    due: 0,
    reopened: 0,
    vendorAlerts: 0,
    chainedAlerts: 0,
    openAlerts: 0,
  };
  return {
    items,
    total: items.length,
    counts,
    asOf: '2026-11-20T10:00:00Z',
    facets: { analytic: [], host: [], severity: [] },
    nextCursor,
  };
}

const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

describe('rows of the queue', () => {
  it('keep the order they were asked for in, whatever the server says now', () => {
    const rows = queueRows([page([finding('a'), finding('b')])], page([finding('b'), finding('a')]), true);
    expect(ids(rows)).toEqual(['a', 'b']);
  });

  it('take newer content in place', () => {
    const rows = queueRows(
      [page([finding('a')])],
      page([finding('a', { revision: 2, assignee: 'Okafor' })]),
      true,
    );
    expect(rows[0]?.assignee).toBe('Okafor');
  });

  it('leave when decided here, stay when decided by someone else', () => {
    const shown = [page([finding('a', { verdict }), finding('b')])];
    const now = page([finding('b', { verdict, revision: 2 })]);
    expect(ids(queueRows(shown, now, true))).toEqual(['b']);
    expect(ids(queueRows(shown, now, false))).toEqual(['a', 'b']);
  });
});

describe('what is read again', () => {
  const shown = [page([finding('a')], 'more'), page([finding('b')], 'more'), page([finding('c')])];
  it('is as much as keeps the row in hand', () => expect(pagesUpTo(shown, 'b')).toBe(2));
  it('is the first page where none is', () => {
    expect(pagesUpTo(shown, null)).toBe(1);
    expect(pagesUpTo(shown, 'gone')).toBe(1);
  });
});

describe('the row after a verdict', () => {
  const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  it('is the next that stays', () => expect(rowAfter(rows, ['b'])).toBe('c'));
  it('skips all that were decided together', () => expect(rowAfter(rows, ['a', 'b', 'c'])).toBe('d'));
  it('is the one before at the end of the list', () => expect(rowAfter(rows, ['d'])).toBe('c'));
  it('is none when nothing is left', () => expect(rowAfter([{ id: 'a' }], ['a'])).toBeNull());
});
