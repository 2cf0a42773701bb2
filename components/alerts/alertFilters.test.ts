import { describe, expect, it } from 'vitest';
import { type AlertFilters, alertSentence, isNarrowed, NO_ALERT_FILTERS, toAlertQuery } from './alertFilters';

const plain: AlertFilters = { ...NO_ALERT_FILTERS, show: 'unexplained' };

describe('the list of alerts', () => {
  it('opens on what no chain explains and nobody has decided on', () => {
    expect(toAlertQuery(plain)).toEqual({ explained: 'false', verdict: 'none' });
  });

  it('shows all of them, decided or not, when asked for all', () => {
    expect(toAlertQuery({ ...plain, show: 'all' })).toEqual({});
  });

  it('narrows by what was chosen, a verdict before what the list is for', () => {
    expect(
      toAlertQuery({ ...plain, verdict: 'false_positive', assignee: 'none', severity: 'high', q: ' x ' }),
    ).toEqual({ explained: 'false', verdict: 'false_positive', assignee: 'none', severity: 'high', q: 'x' });
    expect(isNarrowed(plain)).toBe(false);
    expect(isNarrowed({ ...plain, host: 'a' })).toBe(true);
  });

  it('says how many there are, how many stay, and how many of those wait', () => {
    expect(alertSentence({ total: 1243, unexplained: 31, open: 20 })).toBe(
      '1,243 vendor alerts, 31 that no chain explains, 20 of those open',
    );
    expect(alertSentence({ total: 0, unexplained: 0, open: 0 })).toBe('No vendor alerts');
  });
});
