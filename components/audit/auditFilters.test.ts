import { describe, expect, it } from 'vitest';
import { auditParams, isNarrowed, NO_FILTERS } from './auditFilters';

describe('what the audit is asked', () => {
  it('takes both days whole', () => {
    const asked = auditParams({ ...NO_FILTERS, by: 'ana', from: '2026-11-20', to: '2026-11-20' });
    expect(asked).toMatchObject({
      by: 'ana',
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
    });
  });

  it('passes on what is no day, so that the server can say so', () => {
    expect(auditParams({ ...NO_FILTERS, from: 'soon' }).from).toBe('soon');
  });

  it('is narrowed by anything that is not empty', () => {
    expect(isNarrowed(NO_FILTERS)).toBe(false);
    expect(isNarrowed({ ...NO_FILTERS, q: '' })).toBe(false);
    expect(isNarrowed({ ...NO_FILTERS, subject: 'case:1' })).toBe(true);
  });
});
