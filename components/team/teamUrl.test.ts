import { describe, expect, it } from 'vitest';
import { partOf, type TeamUrl, toListQuery, toMetricsQuery } from './teamUrl';

const URL: TeamUrl = {
  from: '2026-11-01',
  to: '2026-11-26',
  severity: null,
  analytic: 'AN1397',
  by: 'severity',
  list: 'verdict',
  ofSeverity: null,
  ofAnalytic: null,
  week: null,
  age: null,
};

describe('what a list is asked for', () => {
  it('is what the page is narrowed to, and narrowed to its row', () => {
    expect(toMetricsQuery(URL)).toEqual({ from: '2026-11-01', to: '2026-11-26', analytic: 'AN1397' });
    expect(toListQuery({ ...URL, ofSeverity: 'high' }, 'verdict', '2026-11-26')).toEqual({
      from: '2026-11-01',
      to: '2026-11-26',
      analytic: 'AN1397',
      severity: 'high',
      list: 'verdict',
    });
  });

  it('of a week goes from its Monday to its Sunday, or to the end of the period in it', () => {
    const of = (week: string) => toListQuery({ ...URL, week }, 'findings', '2026-11-26');
    expect(of('2026-11-16')).toMatchObject({ from: '2026-11-16', to: '2026-11-22' });
    expect(of('2026-11-23')).toMatchObject({ from: '2026-11-23', to: '2026-11-26' });
    expect(of('nonsense')).toMatchObject({ from: 'nonsense' });
  });

  it('is of an age only where it is the backlog', () => {
    expect(toListQuery({ ...URL, age: 'older' }, 'backlog', undefined)).toHaveProperty('age', 'older');
    expect(toListQuery({ ...URL, age: 'older' }, 'triage', undefined)).not.toHaveProperty('age');
  });
});

describe('the part of a row', () => {
  it('is none of the row of all, and of no severity there is not', () => {
    expect(partOf('severity', null)).toEqual({});
    expect(partOf('severity', 'high')).toEqual({ ofSeverity: 'high' });
    expect(partOf('severity', 'AN1397')).toEqual({});
    expect(partOf('analytic', 'AN1397')).toEqual({ ofAnalytic: 'AN1397' });
  });
});
