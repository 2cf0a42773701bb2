import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handle, type ManagedPerson } from '@/lib/contracts/people';
import { factorsText, handleFor, inOrder, standingOf } from './personWords';

const person = (change: Partial<ManagedPerson>): ManagedPerson => ({
  handle: 'anna',
  name: 'Anna',
  role: 'analyst',
  active: true,
  email: 'anna@soc.example',
  createdAt: '2026-01-01T00:00:00Z',
  deactivatedAt: null,
  deactivatedBy: null,
  twoFactor: false,
  passkeys: 0,
  sessions: 0,
  invited: false,
  lastSeenAt: null,
  ...change,
});

describe('people as an administrator reads them', () => {
  it('stand with those who are here in front and those who left at the end', () => {
    const order = inOrder([
      person({ handle: 'left', active: false }),
      person({ handle: 'new', invited: true }),
      person({ handle: 'zoe', name: 'Zoe' }),
      person({ handle: 'anna' }),
    ]).map((each) => each.handle);
    expect(order).toEqual(['anna', 'zoe', 'new', 'left']);
    expect(standingOf(person({ active: false, invited: true }))).toBe('left');
  });

  it('sign in with what they have', () => {
    expect(factorsText({ twoFactor: false, passkeys: 0 })).toBe('password only');
    expect(factorsText({ twoFactor: true, passkeys: 2 })).toBe('app, 2 passkeys');
  });
});

describe('a handle for a new person', () => {
  it('is made of the name', () => {
    expect(handleFor('Anna Berg')).toBe('anna.berg');
    expect(handleFor("  Zoë O'Neill-Smith ")).toBe('zoe.oneill.smith');
    expect(handleFor('李雷')).toBe('');
  });

  it('is never one that the server refuses for its letters, when it has any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
        const made = handleFor(name);
        if (made.length >= 3) expect(handle.safeParse(made).success, made).toBe(true);
      }),
    );
  });
});
