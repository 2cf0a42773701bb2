import { describe, expect, it } from 'vitest';
import { actionText, factsOf, subjectHref } from './auditWords';

describe('an entry of the audit', () => {
  it('is told in words', () => {
    expect(actionText('case.note_added')).toBe('case: note added');
    expect(actionText('signout')).toBe('signout');
  });

  it('shows its facts but for those that say nothing', () => {
    expect(factsOf({ name: 'a', bytes: 0, format: null, text: '', ok: false })).toEqual([
      { name: 'name', value: 'a' },
      { name: 'bytes', value: '0' },
      { name: 'ok', value: 'false' },
    ]);
  });

  it('leads to what it is about where that has a page, and nowhere else', () => {
    expect(subjectHref('finding:ab/../c')).toBe('/findings/ab%2F..%2Fc');
    expect(subjectHref('case:12')).toBe('/cases/12');
    expect(subjectHref('javascript:alert(1)')).toBeNull();
    expect(subjectHref('audit')).toBeNull();
  });
});
