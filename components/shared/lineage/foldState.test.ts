import { expect, it } from 'vitest';
import { formatOpened, parseOpened, withGroup, withNextPage } from './foldState';

it('says what is open in entries of the address and reads it back', () => {
  const entries = withNextPage(withNextPage(withNextPage([], 'a*2'), 'b'), 'b');
  expect(entries).toEqual(['a*2*1', 'b*2']);
  expect(parseOpened(entries).pages).toEqual(
    new Map([
      ['a*2', 1],
      ['b', 2],
    ]),
  );
  expect(formatOpened(parseOpened(entries))).toEqual(entries);
});

it('keeps links of earlier versions: a bare id is one page', () => {
  expect(parseOpened(['{guid-1}', 'x*', '*5', '']).pages).toEqual(
    new Map([
      ['{guid-1}', 1],
      ['x*', 1],
      ['*5', 1],
    ]),
  );
});

it('opens and closes a stack of equal siblings without touching the rest', () => {
  const open = withGroup(['a'], 'group:svchost.exe/a', true);
  expect(parseOpened(open).groups).toEqual(new Set(['group:svchost.exe/a']));
  expect(withGroup(open, 'group:svchost.exe/a', false)).toEqual(['a']);
});

it('names the roots of a host, whose pages have no parent', () => {
  expect(withNextPage(withNextPage([], ''), '')).toEqual(['roots:*2']);
  expect(parseOpened(['roots:']).pages).toEqual(new Map([['', 1]]));
});
