import { describe, expect, it } from 'vitest';
import {
  chosenFilters,
  type FindingFilters,
  findingHref,
  isFiltered,
  NO_FILTERS,
  toFindingQuery,
  triageHref,
} from './findingFilters';

const plain: FindingFilters = { ...NO_FILTERS, view: 'open', sort: 'score' };

describe('the queue in the URL', () => {
  it('opens on findings without a verdict that nothing suppresses', () => {
    expect(toFindingQuery(plain, 'anna')).toEqual({ verdict: 'none', suppressed: 'false', sort: 'score' });
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
    expect(toFindingQuery(filters, 'anna')).toEqual({
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

  it('shows as one’s own what is assigned to who looks', () => {
    expect(toFindingQuery({ ...plain, view: 'mine' }, 'anna')).toMatchObject({ assignee: 'anna' });
  });

  it('shows a chosen verdict wherever it was given', () => {
    expect(toFindingQuery({ ...plain, verdict: 'false_positive' }, 'anna')).toMatchObject({
      verdict: 'false_positive',
      suppressed: 'any',
    });
  });

  it('shows all that a baseline covers, hidden or decided, whatever the view', () => {
    expect(toFindingQuery({ ...plain, baseline: 7 }, 'anna')).toEqual({
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
    const href = new URL(findingHref('f 1', { ...plain, view: 'blind', q: 'mshta' }, 'anna'), 'http://x');
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

  it('asks for cases, clocks and what was opened again as the API names them', () => {
    expect(
      toFindingQuery({ ...plain, case: '12', clock: 'breached', reopened: true, assignee: 'omar' }, 'anna'),
    ).toMatchObject({ case: '12', clock: 'breached', reopened: 'true', assignee: 'omar' });
  });

  it('asks for nothing by a case that can be none', () => {
    expect(toFindingQuery({ ...plain, case: "1' or 1=1" }, 'anna')).not.toHaveProperty('case');
  });

  it('finds the way back to a view without taking what the view sets for a filter', () => {
    expect(chosenFilters({ ...plain, view: 'mine', assignee: 'anna' })).toEqual({ ...plain, view: 'mine' });
    expect(chosenFilters({ ...plain, view: 'due', clock: 'soon', host: 'a' })).toEqual({
      ...plain,
      view: 'due',
      host: 'a',
    });
    expect(chosenFilters({ ...plain, clock: 'soon' })).toMatchObject({ clock: 'soon' });
  });
});
