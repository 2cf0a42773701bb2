import { describe, expect, it } from 'vitest';
import type { LineageView } from '@/lib/contracts/lineage';
import { parseClosed } from './closedState';
import { type Box, type LineageLayout, layoutLineage } from './layoutLineage';
import { bushOf, chainsOf, fanOf, forestOf, lineageOf } from './topologies';

/*
 *  explorer ── outlook ── [a.svg] ── msedge ── [a.zip]
 *           └─ calc                               │
 *           └──────────────────────────────── wscript ── [evil.example]
 *                                                     └─ powershell
 */
const fileTiesTwoBranches = () =>
  lineageOf(
    `
    explorer
      outlook *
        msedge *
      calc
      wscript * ~
        powershell *
    `,
    {
      artefacts: [
        { id: 'a.svg', fromId: 'outlook', toId: 'msedge' },
        { id: 'a.zip', fromId: 'msedge', toId: 'wscript', strength: 'inferred' },
        { id: 'evil.example', type: 'destination', fromId: 'wscript', toId: null },
      ],
    },
  );

/*
 *  svchost ─┬─ a0 ── b0 ── c0
 *           ├─ a1
 *           ├─ …          (60 children, every third with a child of its own)
 *           └─ [+183]
 */
const wideFan = () =>
  lineageOf(
    [
      'svchost',
      ...Array.from({ length: 60 }, (_, i) => `  a${i}${i % 3 === 0 ? `\n    b${i}\n      c${i}` : ''}`),
    ].join('\n'),
    { folded: [{ parentId: 'svchost', processes: 183, samples: ['conhost.exe'] }] },
  );

describe('layoutLineage', () => {
  it.each([
    ['a file tying two branches', fileTiesTwoBranches()],
    ['a wide fan with a fold', wideFan()],
    ['three roots', lineageOf('one\ntwo\n  three\nfour')],
  ])('lets nothing overlap: %s', (_, view) => {
    const boxes = boxesOf(layoutLineage(view));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) expect(overlap(a, b), `${a.id} / ${b.id}`).toBe(false);
  });

  it('keeps parents left of children, and causes left of effects', () => {
    const layout = layoutLineage(fileTiesTwoBranches());
    const box = byId(layout);
    for (const link of layout.links)
      expect(box(link.fromId).x + box(link.fromId).width).toBeLessThan(box(link.toId).x);
    expect(box('msedge').x).toBeLessThan(box('wscript').x);
  });

  it('puts an artefact between its maker and its user, directly above the user', () => {
    const box = byId(layoutLineage(fileTiesTwoBranches()));
    expect(box('artefact:a.zip').x).toBeGreaterThan(box('msedge').x + box('msedge').width);
    expect(box('artefact:a.zip').x).toBeLessThanOrEqual(box('wscript').x);
    expect(box('artefact:a.zip').y + box('artefact:a.zip').height).toBeLessThan(box('wscript').y);
    expect(box('artefact:evil.example').x).toBeGreaterThan(box('wscript').x);
  });

  it('stacks several artefacts of one user in the order they came about', () => {
    const view = lineageOf('maker *\n  user *', {
      artefacts: [
        { id: 'first', fromId: 'maker', toId: 'user' },
        { id: 'second', fromId: 'maker', toId: 'user' },
      ],
    });
    const box = byId(layoutLineage(view));
    expect(box('artefact:first').y).toBeLessThan(box('artefact:second').y);
    expect(box('artefact:second').y).toBeLessThan(box('user').y);
  });

  it('does not depend on the order of the input, and leaves it as it was', () => {
    const view = fileTiesTwoBranches();
    const before = structuredClone(view);
    const shuffled: LineageView = {
      ...view,
      nodes: [...view.nodes].reverse(),
      artefacts: [...view.artefacts].reverse(),
    };
    expect(layoutLineage(shuffled)).toEqual(layoutLineage(view));
    expect(view).toEqual(before);
  });

  it('draws one line through cause and effect and takes parentage out of it where a file did the work', () => {
    const layout = layoutLineage(fileTiesTwoBranches());
    const onPath = [...layout.links, ...layout.joins]
      .filter((link) => link.onPath)
      .map((link) => `${link.fromId}>${link.toId}`);
    expect(onPath.sort()).toEqual([
      'artefact:a.svg>msedge',
      'artefact:a.zip>wscript',
      'msedge>artefact:a.zip',
      'outlook>artefact:a.svg',
      'wscript>artefact:evil.example',
      'wscript>powershell',
    ]);
  });

  it('survives a parent cycle, a join that runs backwards, and an artefact of nobody', () => {
    const view = lineageOf('a\n  b\n    c', {
      joins: [{ fromId: 'c', toId: 'a', strength: 'weak', text: 'by time only' }],
      artefacts: [{ id: 'lost', fromId: 'gone', toId: null }],
    });
    const [first, ...rest] = view.nodes;
    if (first === undefined) throw new Error('fixture');
    const layout = layoutLineage({ ...view, nodes: [{ ...first, parentId: 'c' }, ...rest] });
    expect(layout.nodes.map((node) => node.id).sort()).toEqual(['a', 'b', 'c']);
    expect(layout.artefacts).toEqual([]);
  });

  it('replaces what a reader closes by one stack that counts everything below it', () => {
    const layout = layoutLineage(fileTiesTwoBranches(), { closed: parseClosed(['explorer']) });
    expect(layout.nodes.map((node) => node.id)).toEqual(['explorer']);
    expect(layout.folded.map((fold) => fold.item.processes)).toEqual([5]);
  });

  it('keeps the path together and straight while two hundred siblings are open beside it', () => {
    /*
     *  svchost ── wmiprvse* ── powershell*      first, whatever the time
     *          ├─ a0 … a199
     */
    const view = lineageOf(
      [
        'svchost',
        ...Array.from({ length: 200 }, (_, i) => `  a${i}`),
        '  wmiprvse *',
        '    powershell *',
      ].join('\n'),
    );
    const box = byId(layoutLineage(view));
    expect(box('wmiprvse').y).toBeLessThan(box('a0').y);
    expect(box('svchost').y).toBe(box('wmiprvse').y);
    expect(box('wmiprvse').y).toBe(box('powershell').y);
  });

  it('gives an empty view an empty drawing', () => {
    const layout = layoutLineage(lineageOf(''));
    expect(layout.nodes).toEqual([]);
    expect(layout.bounds).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });

  it.each([
    ['5,000 children of one process', fanOf(5000)],
    ['a tree 300 deep', chainsOf(900, 300)],
    ['a chain of 10,000', chainsOf(10_000, 10_000)],
    ['10,000 processes, ten children each', bushOf(10_000, 10)],
    ['no parents known at all', forestOf(2000, () => null)],
    ['one cycle of 500', forestOf(500, (i) => (i + 1) % 500)],
    ['processes that are their own parents', forestOf(50, (i) => i)],
    [
      'cycles with trees below them',
      forestOf(600, (i) => (i < 3 ? (i + 1) % 3 : i % 3 === 0 ? i - 3 : i - 1)),
    ],
  ])('draws every process once and none over another: %s', (_, view) => {
    const layout = layoutLineage(view, { openGroups: 'all' });
    expect(new Set(layout.nodes.map((node) => node.id)).size).toBe(view.nodes.length);
    expect(layout.nodes).toHaveLength(view.nodes.length);
    expect(overlaps(boxesOf(layout))).toEqual([]);
  });

  it('stacks siblings of one image when more than three, counts all below, and opens them in place', () => {
    const view = lineageOf(
      `
      services
        svchost-1
          child
        svchost-2
        wmiprvse *
        svchost-3
        svchost-4
        svchost-5 *
      `,
      { folded: [{ parentId: 'svchost-2', processes: 7, events: { file_create: 2 } }] },
    );
    for (const node of view.nodes) if (node.entityId.startsWith('svchost')) node.name = 'svchost.exe';
    const closed = layoutLineage(view);
    expect(closed.nodes.map((node) => node.id)).toEqual(['services', 'wmiprvse', 'svchost-5']);
    expect(
      closed.folded.map(({ item }) => [item.kind, item.image, item.direct, item.processes, item.events]),
    ).toEqual([['group', 'svchost.exe', 4, 12, { file_create: 2 }]]);
    const id = closed.folded[0]?.id ?? '';
    const open = layoutLineage(view, { openGroups: new Set([id]) });
    expect(open.nodes).toHaveLength(8);
    expect(open.tree.byId.get('svchost-1')).toMatchObject({ groupId: id });
    const apart = layoutLineage(view, { apart: new Set(['svchost-4']) });
    expect(apart.folded.map(({ item }) => item.kind)).toEqual(['unsent']);
  });
});

/** Pairs of boxes that share room: neighbours of one column are enough, since columns do not touch. */
function overlaps(boxes: readonly (Box & { id: string })[]): string[] {
  const sorted = boxes.toSorted((a, b) => a.x - b.x || a.y - b.y);
  return sorted.flatMap((box, i) => {
    const next = sorted[i + 1];
    return next !== undefined && overlap(box, next) ? [`${box.id} / ${next.id}`] : [];
  });
}

function boxesOf(layout: LineageLayout): (Box & { id: string })[] {
  return [...layout.nodes, ...layout.artefacts, ...layout.folded];
}

function byId(layout: LineageLayout): (id: string) => Box {
  const all = new Map(boxesOf(layout).map((box) => [box.id, box]));
  return (id) => {
    const box = all.get(id);
    if (box === undefined) throw new Error(`not drawn: ${id}`);
    return box;
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
