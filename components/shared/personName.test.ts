import { describe, expect, it } from 'vitest';
import { namePerson } from './personName';

const anna = { handle: 'anna', name: 'Anna Berg', role: 'analyst', active: true } as const;

describe('a person on a screen', () => {
  it('is called by name', () => expect(namePerson('anna', anna, 'ben')).toBe('Anna Berg'));
  it('is "you" to themselves', () => expect(namePerson('anna', anna, 'anna')).toBe('you'));
  it('keeps their name after they left, and it is said', () =>
    expect(namePerson('anna', { ...anna, active: false }, 'ben')).toBe('Anna Berg (left)'));
  it('is called by handle while nobody of it is known', () => {
    expect(namePerson('local', undefined, 'ben')).toBe('local');
    expect(namePerson('collector', undefined, 'ben')).toBe('collector');
  });
});
