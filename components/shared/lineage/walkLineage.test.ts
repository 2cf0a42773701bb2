import { describe, expect, it } from 'vitest';
import { parseClosed } from './closedState';
import { describeItem, pillsOf, shortCount, shortElapsed } from './describeItem';
import { buildLineageTree, pathTo } from './lineageTree';
import { lineageOf } from './topologies';
import { findInTree, moveInTree } from './walkLineage';

/*
 *  explorer ─┬─ outlook ─┬─ [a.svg]
 *            │           └─ msedge
 *            ├─ wscript
 *            └─ [+183]
 */
const view = () =>
  lineageOf(
    `
    explorer
      outlook
        msedge
      wscript !
    `,
    {
      artefacts: [{ id: 'a.svg', fromId: 'outlook', toId: 'msedge', time: '2026-11-20T09:16:31.500Z' }],
      folded: [{ parentId: 'explorer', processes: 183, samples: ['teams.exe'] }],
    },
  );

describe('buildLineageTree', () => {
  it('gives level, position and size of set as a screen reader needs them', () => {
    const tree = buildLineageTree(view());
    const places = tree.items.map((item) => [item.id, item.level, item.posInSet, item.setSize]);
    expect(places).toEqual([
      ['explorer', 1, 1, 1],
      ['outlook', 2, 1, 3],
      ['artefact:a.svg', 3, 1, 2],
      ['msedge', 3, 2, 2],
      ['wscript', 2, 2, 3],
      ['fold:explorer', 2, 3, 3],
    ]);
  });

  it('adds what the server folded to what the reader closed', () => {
    const tree = buildLineageTree(view(), { closed: parseClosed(['explorer']) });
    expect(tree.items.map((item) => (item.type === 'fold' ? item.processes : item.id))).toEqual([
      'explorer',
      186,
    ]);
  });

  it('answers the way from the root', () => {
    expect(pathTo(buildLineageTree(view()), 'msedge')).toEqual(['explorer', 'outlook', 'msedge']);
    expect(pathTo(buildLineageTree(view()), 'nobody')).toEqual([]);
  });
});

describe('roots that were not sent', () => {
  const host = () =>
    lineageOf('explorer', {
      folded: [{ parentId: '', processes: 40, images: [{ name: 'cmd.exe', count: 20 }], othersTotal: 10 }],
    });
  it('are a stack beside the roots that were, last of all', () => {
    const tree = buildLineageTree(host());
    expect(tree.rootIds).toEqual(['explorer', 'fold:']);
    const fold = tree.byId.get('fold:');
    expect(fold).toMatchObject({ kind: 'unsent', hostId: null, direct: 30, directTotal: 31, level: 1 });
    if (fold === undefined) throw new Error('fold');
    expect(describeItem(fold, tree, [])).toBe('40 more processes folded in other trees of the host');
  });
});

describe('moveInTree', () => {
  const tree = buildLineageTree(view());
  it.each([
    ['ArrowRight', 'outlook', { to: 'artefact:a.svg' }],
    ['ArrowLeft', 'msedge', { to: 'outlook' }],
    ['ArrowLeft', 'outlook', { close: 'outlook' }],
    ['ArrowLeft', 'explorer', { close: 'explorer' }],
    ['ArrowDown', 'outlook', { to: 'wscript' }],
    ['ArrowUp', 'wscript', { to: 'outlook' }],
    ['ArrowDown', 'msedge', { to: 'wscript' }],
    ['ArrowRight', 'fold:explorer', { open: 'fold:explorer' }],
    ['ArrowLeft', 'wscript', { to: 'explorer' }],
    ['ArrowLeft', 'fold:explorer', { to: 'explorer' }],
    ['Home', 'msedge', { to: 'explorer' }],
    ['End', 'explorer', { to: 'fold:explorer' }],
    ['q', 'explorer', undefined],
  ])('in the drawing, %s on %s', (key, from, expected) => {
    expect(moveInTree(tree, from, key, 'graph')).toEqual(expected);
  });

  it('goes to the parent once a branch is closed, and nowhere from a closed root', () => {
    const closed = buildLineageTree(view(), { closed: parseClosed(['outlook', 'explorer']) });
    expect(moveInTree(closed, 'explorer', 'ArrowLeft', 'graph')).toBeUndefined();
    expect(moveInTree(closed, 'explorer', 'ArrowRight', 'graph')).toEqual({ open: 'explorer' });
    const below = buildLineageTree(view(), { closed: parseClosed(['outlook']) });
    expect(moveInTree(below, 'outlook', 'ArrowLeft', 'graph')).toEqual({ to: 'explorer' });
  });

  it('goes row by row in the table, and closes with the left arrow', () => {
    expect(moveInTree(tree, 'outlook', 'ArrowDown', 'list')).toEqual({ to: 'artefact:a.svg' });
    expect(moveInTree(tree, 'outlook', 'ArrowLeft', 'list')).toEqual({ close: 'outlook' });
  });

  it('begins at the root when what had the focus is gone', () => {
    expect(moveInTree(tree, 'gone', 'ArrowDown', 'graph')).toEqual({ to: 'explorer' });
  });
});

describe('findInTree', () => {
  const tree = buildLineageTree(view());
  it('finds names, pids, artefacts and samples of a fold, in reading order and any case', () => {
    expect(findInTree(tree, 'SVG')).toEqual(['artefact:a.svg']);
    expect(findInTree(tree, '1002')).toEqual(['msedge']);
    expect(findInTree(tree, 'teams')).toEqual(['fold:explorer']);
  });
  it('finds nothing for nothing', () => expect(findInTree(tree, '  ')).toEqual([]));
});

describe('describeItem', () => {
  const tree = buildLineageTree(view());
  const say = (id: string) => {
    const item = tree.byId.get(id);
    if (item === undefined) throw new Error(id);
    return describeItem(item, tree, []);
  };
  it('says a process as a sentence, its doubt included', () => {
    expect(say('wscript')).toBe(
      'wscript, process 1003, child of explorer, link broken (pid reused), user CORP\\m.keller, running',
    );
    expect(say('explorer')).toContain('parent not recorded');
  });
  it('says who made an artefact and who used it', () => {
    expect(say('artefact:a.svg')).toBe('a.svg, file, written by outlook, used by msedge, link exact');
  });
  it('says what a fold holds', () => {
    expect(say('fold:explorer')).toBe('183 more processes folded below explorer, such as teams.exe');
  });
  it('counts by kind and shortens only what does not fit', () => {
    const [process] = view().nodes;
    if (process === undefined) throw new Error('fixture');
    const pills = pillsOf({ ...process, counts: { file_create: 2, file_stream: 1, dns_query: 1 } });
    expect(pills.map(({ letter, count, words }) => ({ letter, count, words }))).toEqual([
      { letter: 'f', count: 3, words: '3 file events' },
      { letter: 'n', count: 1, words: '1 network event' },
    ]);
    expect([999, 1234, 12_400].map(shortCount)).toEqual(['999', '1.2k', '12k']);
  });
  it('says elapsed time in what fits between two nodes', () => {
    expect([0, 380_000, 4_210_000, 725e6, 9_400e6, 300_000e6].map(shortElapsed)).toEqual([
      '+0 ms',
      '+380 ms',
      '+4.2 s',
      '+12 min',
      '+2.6 h',
      '+3 d',
    ]);
  });
});
