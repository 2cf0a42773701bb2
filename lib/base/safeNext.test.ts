import { describe, expect, it } from 'vitest';
import { safeNext } from './safeNext';

describe('where to go after signing in', () => {
  it.each(['/', '/findings/f%201?queue=host%3Da&tab=event#x', '/events?q=a:"b c"', '/%2F%2Fevil.example'])(
    'is a path of our own: %s',
    (next) => {
      const safe = safeNext(next);
      expect(safe).not.toBeNull();
      expect(new URL(safe ?? '', 'http://ours.example').origin).toBe('http://ours.example');
    },
  );

  it('keeps query and fragment', () => {
    expect(safeNext('/findings/1?tab=event#raw')).toBe('/findings/1?tab=event#raw');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'findings',
    ' /findings',
    '',
    '/sign-in',
    '/sign-in?next=/',
    '/x/../sign-in',
    '/join?token=x',
    '/api/v1/findings/1/export',
    `/${'a'.repeat(3000)}`,
  ])('is nothing for %j', (next) => {
    expect(safeNext(next)).toBeNull();
  });

  it('is nothing when nobody asked for anything', () => {
    expect(safeNext(null)).toBeNull();
    expect(safeNext(undefined)).toBeNull();
  });

  it('still lets pages whose names begin alike be gone to', () => {
    expect(safeNext('/joined')).toBe('/joined');
  });
});
