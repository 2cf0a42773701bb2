import { describe, expect, it } from 'vitest';
import type { EventKind } from '../events/endpointEvent';
import type { ProcessTree } from '../storage/processTree';
import { ancestorIds, foldedBelow, NO_PARENT, toForest, withAncestors } from './processForest';

/*
 *  explorer ─┬─ outlook ── msedge
 *            ├─ svchost ×2 (one with a conhost below)
 *            └─ SVCHOST
 */
const host = () =>
  treeOf(
    [
      ['explorer', null],
      ['outlook', 'explorer'],
      ['svchost#1', 'explorer'],
      ['svchost#2', 'explorer'],
      ['SVCHOST#3', 'explorer'],
      ['msedge', 'outlook'],
      ['conhost', 'svchost#1'],
    ],
    {
      'svchost#1': [
        ['process_start', 1],
        ['file_create', 3],
      ],
      conhost: [
        ['file_create', 1],
        ['dns_query', 2],
      ],
      msedge: [['network_connect', 9]],
    },
  );

describe('processForest', () => {
  it('counts what is folded below a shown process by kind and by image, starts left out', () => {
    const forest = toForest(host());
    const shown = withAncestors(forest, ['msedge']);
    expect(foldedBelow(forest, shown)).toEqual([
      {
        parentId: 'explorer',
        processes: 4,
        events: { file_create: 4, dns_query: 2 },
        samples: ['svchost', 'SVCHOST', 'conhost'],
        images: [{ name: 'svchost', count: 3 }],
        othersTotal: 0,
      },
    ]);
  });

  it('counts what hangs on no shown process under no parent, its roots by image', () => {
    const forest = toForest(host());
    const folded = foldedBelow(forest, new Set([forest.placeOf.get('outlook') ?? -1]));
    expect(folded.map(({ parentId, processes }) => [parentId, processes])).toEqual([
      ['outlook', 1],
      [NO_PARENT, 5],
    ]);
    expect(folded[1]).toMatchObject({
      events: { file_create: 4, dns_query: 2 },
      images: [{ name: 'explorer', count: 1 }],
    });
  });

  it('leads from the root to the parent', () => {
    const forest = toForest(host());
    expect(ancestorIds(forest, forest.placeOf.get('conhost') ?? -1)).toEqual(['explorer', 'svchost#1']);
  });

  it('lists eight images and counts the rest', () => {
    const forest = toForest(
      treeOf([['root', null], ...Array.from({ length: 11 }, (_, i): [string, string] => [`p${i}`, 'root'])]),
    );
    const [branch] = foldedBelow(forest, new Set([0]));
    expect(branch?.images).toHaveLength(8);
    expect(branch?.othersTotal).toBe(3);
  });

  it('loses no process to a cycle: its earliest becomes a root and says so', () => {
    const forest = toForest(
      treeOf([
        ['a', 'c'],
        ['b', 'a'],
        ['c', 'b'],
        ['self', 'self'],
        ['below', 'c'],
      ]),
    );
    expect([...forest.order].map((place) => forest.tree.entityIds[place]).sort()).toEqual(
      ['a', 'b', 'c', 'self', 'below'].sort(),
    );
    expect(forest.childrenOf.get(-1)?.map((place) => forest.tree.entityIds[place])).toEqual(['a', 'self']);
    expect(forest.cut).toEqual(new Set([0, 3]));
    expect([...withAncestors(forest, ['below'])]).toHaveLength(4);
  });

  it('puts parents before children, whatever came first, and takes an unknown parent for none', () => {
    const forest = toForest(
      treeOf([
        ['child', 'parent'],
        ['parent', 'gone'],
      ]),
    );
    expect([...forest.order]).toEqual([1, 0]);
  });

  it('handles 100,000 processes 300 deep', () => {
    const forest = toForest(
      treeOf(
        Array.from({ length: 100_000 }, (_, i): [string, string | null] => [
          `p${i}`,
          i % 300 === 0 ? null : `p${i - 1}`,
        ]),
      ),
    );
    const folded = foldedBelow(forest, new Set(forest.childrenOf.get(-1)));
    expect(folded.reduce((sum, branch) => sum + branch.processes, 0)).toBe(100_000 - 334);
  });
});

function treeOf(
  processes: readonly (readonly [string, string | null])[],
  events: Record<string, (readonly [EventKind, number])[]> = {},
): ProcessTree {
  return {
    entityIds: processes.map(([id]) => id),
    parentIds: processes.map(([, parent]) => parent),
    images: processes.map(([id]) => `C:\\Windows\\${id.split('#')[0]}`),
    askerIds: processes.map(() => null),
    firstSeen: processes.map((_, i) => i),
    ended: 0,
    events: new Map(Object.entries(events)),
  };
}
