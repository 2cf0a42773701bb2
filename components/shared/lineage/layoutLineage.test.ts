import { describe, expect, it } from 'vitest';
import type { LineageView } from '@/lib/contracts/lineage';
import { type Box, type LineageLayout, layoutLineage } from './layoutLineage';
import { lineageOf } from './topologies';

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
    const layout = layoutLineage(fileTiesTwoBranches(), { collapsed: new Set(['explorer']) });
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

  it('lays out 2,000 processes well under a second', () => {
    const lines = ['root'];
    for (let i = 0; i < 500; i++) lines.push(`  p${i}`, `    q${i}`, `      r${i}`, `    s${i}`);
    const view = lineageOf(lines.join('\n'));
    const began = performance.now();
    layoutLineage(view);
    expect(performance.now() - began).toBeLessThan(900);
  });
});

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
