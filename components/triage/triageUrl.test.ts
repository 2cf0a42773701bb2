import { describe, expect, it } from 'vitest';
import { NO_FILTERS } from '@/components/shared/findingFilters';
import { isChanged, openedView, viewSearch } from './triageUrl';

const plain = { ...NO_FILTERS, view: 'open', sort: 'score' } as const;
const usual = { columns: null, group: null };

describe('a view that is kept', () => {
  it('opens what it was kept of', () => {
    const filters = { ...plain, view: 'mine', host: 'fin-ws07', severity: 'high', sort: 'due' } as const;
    const layout = { columns: ['score', 'case'] as ('score' | 'case')[], group: 'shape' as const };
    expect(openedView(viewSearch(filters, layout, 'anna'))).toEqual({ ...filters, ...layout });
  });

  it('carries what the API is asked, so that it can be counted', () => {
    const search = new URLSearchParams(viewSearch({ ...plain, view: 'closed' }, usual, 'anna'));
    expect(search.get('verdict')).toBe('any');
    expect(search.get('suppressed')).toBe('any');
  });

  it('is changed by a filter, an order, a column or the grouping, and by nothing else', () => {
    const kept = viewSearch({ ...plain, view: 'mine' }, usual, 'anna');
    const filters = { ...plain, view: 'mine' } as const;
    expect(isChanged(kept, filters, usual)).toBe(false);
    expect(isChanged(kept, { ...filters, q: 'mshta' }, usual)).toBe(true);
    expect(isChanged(kept, { ...filters, sort: 'due' }, usual)).toBe(true);
    expect(isChanged(kept, filters, { ...usual, group: 'shape' })).toBe(true);
    expect(isChanged(kept, filters, { ...usual, columns: ['score'] })).toBe(true);
  });

  it('written by somebody else opens as far as it can be read', () => {
    expect(openedView('view=nonsense&columns=xyz&host=a')).toMatchObject({ view: 'open', host: 'a' });
  });
});
