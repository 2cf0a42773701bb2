import { describe, expect, it } from 'vitest';
import { SCOPES } from '@/lib/access/can';
import { daysProblem, keyEnd, SCOPE_WORD } from './scopeWords';

describe('API keys in words', () => {
  it('explain every scope', () => {
    for (const scope of SCOPES) expect(SCOPE_WORD[scope].opens).toMatch(/\.$/);
  });

  it('live between one day and two years', () => {
    expect([1, 90, 730].map((days) => daysProblem(String(days)))).toEqual([null, null, null]);
    for (const days of ['0', '731', '-1', '1.5', '', 'x', '1e2']) expect(daysProblem(days)).not.toBeNull();
  });

  it('say how they ended', () => {
    const now = Date.parse('2026-01-02T00:00:00Z');
    expect(keyEnd({ enabled: true, expiresAt: '2026-01-03T00:00:00Z' }, now)).toBeNull();
    expect(keyEnd({ enabled: true, expiresAt: null }, now)).toBeNull();
    expect(keyEnd({ enabled: true, expiresAt: '2026-01-01T00:00:00Z' }, now)).toBe('expired');
    expect(keyEnd({ enabled: false, expiresAt: '2026-01-03T00:00:00Z' }, now)).toBe('revoked');
  });
});
