import { describe, expect, it } from 'vitest';
import { reasonFor } from './reasonFor';

const given = {
  value: 'false_positive',
  reason: 'An installer',
  by: 'me',
  at: '2026-11-20T09:16:31Z',
} as const;

describe('the reason of a verdict that is being written', () => {
  it('begins empty, or with the reason of the verdict that stands', () => {
    expect(reasonFor('true_positive', '', null)).toBe('');
    expect(reasonFor('false_positive', '', given)).toBe('An installer');
    expect(reasonFor('true_positive', '', given)).toBe('');
  });
  it('stays when another verdict is chosen for the same words', () =>
    expect(reasonFor('undetermined', 'Asked the owner, no answer', given)).toBe(
      'Asked the owner, no answer',
    ));
  it('does not carry a reason over that was only picked for another verdict', () => {
    expect(reasonFor('false_positive', 'Confirmed with the user', null)).toBe('');
    expect(reasonFor('true_positive', 'Confirmed with the user', null)).toBe('Confirmed with the user');
  });
  it('does not carry the reason of the verdict that stands to another', () =>
    expect(reasonFor('true_positive', 'An installer', given)).toBe(''));
});
