import { expect, it } from 'vitest';
import type { EndpointEvent } from '../../events/endpointEvent';
import { scenario } from '../../events/scenario';
import { indexPaths } from './pathIndex';

type Item = { readonly event: EndpointEvent; readonly path: string; readonly tag: string };

it.each([
  ['the same path', 'c:\\a\\b.js', 'c:\\a\\b.js', 'exact'],
  ['a volume without a letter', '?:\\a\\b.js', 'c:\\a\\b.js', 'inferred'],
  [
    'a profile without a user',
    'c:\\users\\?\\downloads\\b.js',
    'c:\\users\\m.keller\\downloads\\b.js',
    'inferred',
  ],
  ['both', '?:\\users\\?\\b.js', 'c:\\users\\m.keller\\b.js', 'inferred'],
  ['a short folder', 'c:\\progra~1\\b.js', 'c:\\program files\\b.js', 'inferred'],
  ['a short name', 'c:\\a\\invoic~1.svg', 'c:\\a\\invoice 2026.svg', 'inferred'],
  ['a short folder on any volume', '?:\\progra~1\\b.js', 'c:\\program files\\b.js', 'inferred'],
])('finds %s, whichever of the two is asked for', (_, a, b, same) => {
  expect(hits([a], b)).toEqual([[a, same]]);
  expect(hits([b], a)).toEqual([[b, same]]);
});

it.each([
  ['another drive', 'c:\\a\\b.js', 'd:\\a\\b.js'],
  ['another user', 'c:\\users\\a\\b.js', 'c:\\users\\c\\b.js'],
  ['another folder', 'c:\\a\\b.js', 'c:\\c\\b.js'],
])('does not find %s', (_, a, b) => {
  expect(hits([a], b)).toEqual([]);
});

it('keeps apart what has another tag, and gives the events in order', () => {
  const [one, two, three] = eventsOf(3) as unknown as [EndpointEvent, EndpointEvent, EndpointEvent];
  const items = [
    { event: one, path: 'c:\\a', tag: 'x' },
    { event: two, path: 'c:\\a', tag: 'y' },
    { event: three, path: 'c:\\a', tag: 'x' },
  ];
  const found = indexPaths<Item>(
    () => items,
    (item) => item,
  ).at('c:\\a');
  expect(found.map(({ entry }) => [entry.tag, entry.events])).toEqual([
    ['x', [one, three]],
    ['y', [two]],
  ]);
});

it('finds by name whatever the folder, in time order', () => {
  const [one, two] = eventsOf(2) as unknown as [EndpointEvent, EndpointEvent];
  const items = [
    { event: one, path: 'c:\\b\\n.js', tag: '' },
    { event: two, path: 'c:\\a\\n.js', tag: '' },
  ];
  const index = indexPaths<Item>(
    () => items,
    (item) => item,
  );
  expect(index.named('n.js').events).toEqual([one, two]);
  expect(index.named('o.js').events).toEqual([]);
});

it('reads what it indexes once, and not before it is asked', () => {
  let read = 0;
  const index = indexPaths<Item>(
    () => {
      read++;
      return [];
    },
    (item) => item,
  );
  expect(read).toBe(0);
  index.at('c:\\a');
  index.named('a');
  expect(read).toBe(1);
});

it('compares a short name with a bounded number of long ones', () => {
  const paths = Array.from({ length: 1000 }, (_, i) => `c:\\a\\invoice ${i}.svg`);
  expect(hits(paths, 'c:\\a\\invoic~1.svg').length).toBeLessThanOrEqual(256);
});

function hits(paths: readonly string[], asked: string): readonly (readonly [string, string])[] {
  const events = eventsOf(paths.length);
  const items = paths.flatMap((path, i): Item[] => {
    const event = events[i];
    return event === undefined ? [] : [{ event, path, tag: '' }];
  });
  return indexPaths<Item>(
    () => items,
    (item) => item,
  )
    .at(asked)
    .map(({ entry, same }) => [entry.path, same]);
}

function eventsOf(count: number): readonly EndpointEvent[] {
  const s = scenario();
  for (let i = 0; i < count; i++) s.starts('C:\\a.exe');
  return s.events();
}
