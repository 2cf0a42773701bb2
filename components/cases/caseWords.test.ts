import { describe, expect, it } from 'vitest';
import { contentsOf, dueAtOf, dueDay, foundParts, workedText } from './caseWords';

describe('words about a case', () => {
  it('say what is in it', () => {
    expect(contentsOf({ findings: 0, alerts: 0, hits: 0, hosts: [] })).toBe('nothing in it yet');
    expect(contentsOf({ findings: 1, alerts: 0, hits: 0, hosts: ['a'] })).toBe('1 finding on 1 host');
    expect(contentsOf({ findings: 2, alerts: 1, hits: 0, hosts: ['a', 'b'] })).toBe(
      '2 findings, 1 alert on 2 hosts',
    );
    expect(contentsOf({ findings: 0, alerts: 0, hits: 3, hosts: ['a'] })).toBe('3 Sigma hits on 1 host');
  });

  it('say the day a task is due as it was set', () => {
    expect(dueDay(dueAtOf('2026-12-01'))).toBe('2026-12-01');
    expect([dueAtOf(''), dueDay(null)]).toEqual([null, '']);
  });

  it('say time worked as people do', () => {
    expect([0, 29, 59, 25 * 60, 185 * 60].map(workedText)).toEqual([
      'under a minute',
      'under a minute',
      '1 min',
      '25 min',
      '3 h 05 min',
    ]);
  });

  it('part what was found from what stands around it', () => {
    expect(foundParts('seen «mshta» again')).toEqual(['seen ', 'mshta', ' again']);
    expect(foundParts('«mshta»')).toEqual(['', 'mshta', '']);
  });
});
