import { describe, expect, it } from 'vitest';
import { type FindingFilters, findingHref, isFiltered, toFindingQuery, triageHref } from './findingFilters';

const plain: FindingFilters = {
  view: 'open',
  severity: null,
  analytic: null,
  host: null,
  verdict: null,
  blind: null,
  baseline: null,
  q: null,
  sort: 'score',
};

describe('the queue in the URL', () => {
  it('opens on findings without a verdict that nothing suppresses', () => {
    expect(toFindingQuery(plain)).toEqual({ verdict: 'none', suppressed: 'false', sort: 'score' });
  });

  it('narrows a view by each filter', () => {
    const filters: FindingFilters = {
      ...plain,
      view: 'partial',
      severity: 'medium',
      analytic: 'AN1407',
      host: 'fin-ws07',
      blind: true,
      q: ' svg ',
    };
    expect(toFindingQuery(filters)).toEqual({
      verdict: 'none',
      suppressed: 'false',
      status: 'partial',
      severity: 'medium',
      analytic: 'AN1407',
      host: 'fin-ws07',
      blind: 'true',
      q: 'svg',
      sort: 'score',
    });
  });

  it('shows a chosen verdict wherever it was given', () => {
    expect(toFindingQuery({ ...plain, verdict: 'false_positive' })).toMatchObject({
      verdict: 'false_positive',
      suppressed: 'any',
    });
  });

  it('shows all that a baseline covers, hidden or decided, whatever the view', () => {
    expect(toFindingQuery({ ...plain, baseline: 7 })).toEqual({
      baseline: 7,
      suppressed: 'any',
      sort: 'score',
    });
    expect(isFiltered({ ...plain, baseline: 7 })).toBe(true);
  });

  it('says nothing of what is at its default', () => {
    expect(triageHref(plain)).toBe('/');
  });

  it('takes the queue along to a finding, as filters and as the API understands them', () => {
    const href = new URL(findingHref('f 1', { ...plain, view: 'blind', q: 'mshta' }), 'http://x');
    expect(href.pathname).toBe('/findings/f%201');
    expect(Object.fromEntries(new URLSearchParams(href.searchParams.get('queue') ?? ''))).toEqual({
      view: 'blind',
      q: 'mshta',
      verdict: 'none',
      suppressed: 'false',
      blind: 'true',
      sort: 'score',
    });
  });

  it('counts neither view nor order as a filter', () => {
    expect(isFiltered({ ...plain, view: 'closed', sort: 'oldest' })).toBe(false);
    expect(isFiltered({ ...plain, blind: true })).toBe(true);
  });
});
