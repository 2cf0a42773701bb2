import { describe, expect, it } from 'vitest';
import type { BaselineView } from '@/lib/contracts/baselines';
import {
  type BaselineDraft,
  baselineChange,
  baselineProblems,
  endsSoon,
  expiryText,
  inOrder,
  outlookText,
} from './baselineWords';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const DRAFT: BaselineDraft = {
  analytic: 'AN1397',
  title: 'Deployment',
  when: 'stage: execution',
  points: null,
  reason: 'Known',
  owner: 'local',
  expires: '2026-08-01',
};

describe('a baseline', () => {
  it('needs a reason, an owner and an end within a year', () => {
    expect(baselineProblems(DRAFT, NOW)).toEqual({});
    expect(Object.keys(baselineProblems({ ...DRAFT, reason: ' ', owner: '', expires: '' }, NOW))).toEqual([
      'reason',
      'owner',
      'expires',
    ]);
    expect(baselineProblems({ ...DRAFT, expires: '2026-05-01' }, NOW).expires).toMatch(/to come/);
    expect(baselineProblems({ ...DRAFT, expires: '2027-05-01' }, NOW).expires).toBeUndefined();
    expect(baselineProblems({ ...DRAFT, expires: '2027-05-02' }, NOW).expires).toMatch(/one year/);
    expect(baselineProblems({ ...DRAFT, points: 0 }, NOW).points).toMatch(/1 to 100/);
  });

  it('ends at the beginning of its day, UTC', () => {
    expect(baselineChange(DRAFT)).toMatchObject({ kind: 'baseline', expiresAt: '2026-08-01T00:00:00.000Z' });
  });

  it('says how long it still runs, and when that is soon', () => {
    expect(expiryText('2026-05-04T00:00:00Z', NOW)).toBe('in 3 d');
    expect(expiryText('2026-12-01T00:00:00Z', NOW)).toBe('in 7 mo');
    expect(expiryText('2026-04-20T00:00:00Z', NOW)).toBe('11 d ago');
    expect(endsSoon({ state: 'active', expiresAt: '2026-05-10T00:00:00Z' }, NOW)).toBe(true);
    expect(endsSoon({ state: 'revoked', expiresAt: '2026-05-10T00:00:00Z' }, NOW)).toBe(false);
  });

  it('stands before others when it ends sooner, and after all that are in force when it is over', () => {
    const one = (id: string, state: BaselineView['state'], expiresAt: string) =>
      ({ id, state, expiresAt }) as BaselineView;
    const list = [
      one('old', 'expired', '2026-01-01T00:00:00Z'),
      one('late', 'active', '2026-09-01T00:00:00Z'),
      one('soon', 'active', '2026-06-01T00:00:00Z'),
      one('gone', 'revoked', '2026-07-01T00:00:00Z'),
      one('asked', 'waiting', '2026-12-01T00:00:00Z'),
    ];
    expect(inOrder(list).map(({ id }) => id)).toEqual(['asked', 'soon', 'late', 'gone', 'old']);
  });

  it('says what its end brings back: by revoking, never by running out', () => {
    const outlook = { returns: 14, isCut: false, lately: 3, history: [] };
    expect(outlookText({ state: 'active' }, outlook)).toMatch(
      /^Were it revoked, 14 findings would return\. Its end brings nothing back; .* 3 findings/,
    );
    expect(outlookText({ state: 'expired' }, outlook)).toMatch(/Its end brought nothing back/);
    expect(outlookText({ state: 'waiting' }, outlook)).toMatch(/hides nothing yet/);
    expect(outlookText({ state: 'active' }, { ...outlook, isCut: true })).toMatch(/at least 14/);
  });
});
