import { describe, expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '@/lib/storage/auditActions';
import { ACTION_GROUPS, actionText, factsOf, subjectHref } from './auditWords';

describe('the groups of actions', () => {
  const groupsOf = (action: string) =>
    ACTION_GROUPS.filter(({ value }) => value.split(',').some((part) => action.split('.')[0] === part));

  it('hold every action, each in one group', () => {
    const wrong = AUDIT_ACTIONS.filter((action) => groupsOf(action).length !== 1);
    expect(wrong).toEqual([]);
  });

  it('hold nothing that is never written', () => {
    const things = new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]));
    const idle = ACTION_GROUPS.flatMap(({ value }) => value.split(',')).filter(
      (part) => part !== '' && !things.has(part),
    );
    expect(idle).toEqual([]);
  });
});

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
