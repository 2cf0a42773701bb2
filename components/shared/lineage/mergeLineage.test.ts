import { describe, expect, it } from 'vitest';
import type { LineageChildren } from '@/lib/contracts/lineage';
import { mergeLineage } from './mergeLineage';
import { lineageOf } from './topologies';

/*
 *  explorer ─┬─ outlook *
 *            └─ [+6: svchost ×3 (one with a conhost), cmd, and below cmd one]
 */
const base = () =>
  lineageOf('explorer\n  outlook *', {
    folded: [
      {
        parentId: 'explorer',
        processes: 6,
        events: { file_create: 9, dns_query: 1 },
        images: [
          { name: 'svchost', count: 3 },
          { name: 'cmd', count: 1 },
        ],
      },
    ],
  });

function page(names: readonly string[], parentId = 'explorer', folded = 0): LineageChildren {
  const view = lineageOf([parentId, ...names.map((name) => `  ${name}`)].join('\n'));
  const nodes = view.nodes.filter((node) => node.entityId !== parentId);
  for (const node of nodes) {
    node.name = node.name.replace(/\d$/, '');
    node.counts = { process_start: 1, file_create: 2 };
  }
  const [first] = nodes;
  return {
    parentId,
    nodes,
    folded:
      folded === 0 || first === undefined
        ? []
        : [
            {
              parentId: first.entityId,
              processes: folded,
              events: { dns_query: 1 },
              samples: [],
              images: [],
              othersTotal: 0,
            },
          ],
    total: 4,
    nextCursor: null,
  };
}

describe('mergeLineage', () => {
  it('takes what came out of what is folded, with all that is below it', () => {
    const merged = mergeLineage(base(), [page(['svchost1', 'svchost2'], 'explorer', 1)]);
    expect(merged.nodes.map((node) => node.entityId)).toEqual([
      'explorer',
      'outlook',
      'svchost1',
      'svchost2',
    ]);
    expect(merged.shown).toBe(4);
    expect(merged.folded).toEqual([
      {
        parentId: 'explorer',
        processes: 3,
        events: { file_create: 5 },
        samples: [],
        images: [
          { name: 'svchost', count: 1 },
          { name: 'cmd', count: 1 },
        ],
        othersTotal: 0,
      },
      {
        parentId: 'svchost1',
        processes: 1,
        events: { dns_query: 1 },
        samples: [],
        images: [],
        othersTotal: 0,
      },
    ]);
  });

  it('joins pages of children and of their children in whatever order they came', () => {
    const pages = [page(['deep'], 'svchost1'), page(['svchost1', 'outlook'], 'explorer', 1)];
    const names = mergeLineage(base(), pages)
      .nodes.map((node) => node.entityId)
      .sort();
    expect(names).toEqual(['deep', 'explorer', 'outlook', 'svchost1']);
    expect(mergeLineage(base(), pages.toReversed()).nodes).toHaveLength(4);
  });

  it('takes roots out of the fold of roots', () => {
    const view = lineageOf('explorer', {
      folded: [{ parentId: '', processes: 5, images: [{ name: 'services', count: 2 }], othersTotal: 1 }],
    });
    const merged = mergeLineage(view, [{ ...page(['services1'], 'explorer', 2), parentId: '' }]);
    expect(merged.nodes.map((node) => node.entityId)).toEqual(['explorer', 'services1']);
    expect(merged.folded.map(({ parentId, processes, images }) => ({ parentId, processes, images }))).toEqual(
      [
        { parentId: '', processes: 2, images: [{ name: 'services', count: 1 }] },
        { parentId: 'services1', processes: 2, images: [] },
      ],
    );
  });

  it('leaves out what hangs from nothing, and changes nothing that was there', () => {
    const view = base();
    const before = structuredClone(view);
    expect(mergeLineage(view, [page(['x'], 'gone')]).nodes).toHaveLength(2);
    expect(view).toEqual(before);
    expect(mergeLineage(view, [])).toBe(view);
  });
});
