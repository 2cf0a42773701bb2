import { describe, expect, it } from 'vitest';
import { parseClosed } from './closedState';
import {
  closed,
  closedBeside,
  type Folds,
  levelLess,
  levelMore,
  ONLY_THE_PATH,
  opened,
  regrouped,
  uncovered,
} from './foldMoves';
import { buildLineageTree, type LineageItem } from './lineageTree';
import { forestOf, lineageOf } from './topologies';

/*
 *  root ─┬─ outlook* ── edge*
 *        ├─ svc ── a ── b
 *        └─ [+9]
 */
const view = () =>
  lineageOf('root\n  outlook *\n    edge *\n  svc\n    a\n      b', {
    folded: [{ parentId: 'root', processes: 9 }],
  });
const treeOf = (folds: Folds) => buildLineageTree(view(), { closed: parseClosed(folds.fold) });
const itemOf = (id: string, folds: Folds = ONLY_THE_PATH): LineageItem => {
  const item = treeOf(folds).byId.get(id);
  if (item === undefined) throw new Error(id);
  return item;
};

describe('folds', () => {
  it('read one page more each time a stack is opened', () => {
    const once = opened(ONLY_THE_PATH, itemOf('fold:root'));
    expect(once.expand).toEqual(['root']);
    expect(opened(once, itemOf('fold:root')).expand).toEqual(['root*2']);
  });

  it('open what the reader closed without reading anything', () => {
    const folds = closed(ONLY_THE_PATH, 'svc');
    expect(folds.fold).toEqual(['svc']);
    expect(opened(folds, itemOf('fold:svc', folds))).toEqual(ONLY_THE_PATH);
    expect(opened(folds, itemOf('svc', folds))).toEqual(ONLY_THE_PATH);
  });

  it('close level by level from the far end, and never the path', () => {
    const once = levelLess(ONLY_THE_PATH, treeOf(ONLY_THE_PATH));
    expect(once.fold).toEqual(['level:3']);
    expect(treeOf(once).byId.has('b')).toBe(false);
    expect(treeOf(once).byId.has('a')).toBe(true);
    const twice = levelLess(once, treeOf(once));
    expect(twice.fold).toEqual(['level:2']);
    expect(treeOf(twice).byId.has('edge')).toBe(true);
    expect(levelLess(twice, treeOf(twice))).toEqual(twice);
  });

  it('open level by level what was closed so', () => {
    const folds = { ...ONLY_THE_PATH, fold: ['level:2'] };
    const once = levelMore(opened(folds, itemOf('fold:root')), treeOf(folds));
    expect(treeOf({ ...once, expand: [] }).byId.has('svc')).toBe(true);
    const closedTree = buildLineageTree(lineageOf('root\n  svc\n    a\n      b'), {
      closed: parseClosed(['level:2']),
    });
    expect(levelMore(folds, closedTree).fold).toEqual(['level:3']);
  });

  it('fit an address however much is open', () => {
    const wide = forestOf(
      9001,
      (i) => (i === 0 ? null : i <= 3000 ? 0 : ((i - 1) % 3000) + 1),
      (i) => `image${i}`,
    );
    const folds = levelLess({ ...ONLY_THE_PATH, open: 'all' }, buildLineageTree(wide));
    expect(folds.fold).toEqual(['level:2']);
    const shown = buildLineageTree(wide, { closed: parseClosed(folds.fold) });
    expect(shown.items.filter((item) => item.type === 'process')).toHaveLength(3001);
    expect(JSON.stringify(levelMore(folds, shown)).length).toBeLessThan(100);
    const beside = closedBeside(ONLY_THE_PATH, buildLineageTree(wideBesideAPath()));
    expect(beside.fold).toEqual(['level:1']);
  });

  it('open one process of a closed level, and close it again', () => {
    const folds = { ...ONLY_THE_PATH, fold: ['level:2'] };
    const once = opened(folds, itemOf('fold:svc', folds));
    expect(once).toEqual({ ...ONLY_THE_PATH, fold: ['level:2', 'open:svc'] });
    expect(treeOf(once).byId.has('a')).toBe(true);
    expect(treeOf(once).byId.has('b')).toBe(false);
    expect(treeOf(closed(once, 'svc')).byId.has('a')).toBe(false);
    expect(treeOf(uncovered(folds, ['root', 'svc', 'a'])).byId.has('b')).toBe(true);
  });

  it('read roots page by page, and only when nothing nearer is folded', () => {
    const sent = lineageOf('root *', { folded: [{ parentId: '', processes: 9 }] });
    const roots = buildLineageTree(sent);
    expect(levelMore(ONLY_THE_PATH, roots).expand).toEqual(['roots:']);
    const item = roots.byId.get('fold:');
    if (item === undefined) throw new Error('fold:');
    expect(opened(opened(ONLY_THE_PATH, item), item).expand).toEqual(['roots:*2']);
    const more = lineageOf('root *', {
      folded: [
        { parentId: '', processes: 9 },
        { parentId: 'root', processes: 2 },
      ],
    });
    expect(levelMore(ONLY_THE_PATH, buildLineageTree(more)).expand).toEqual(['root']);
  });

  it('open the nearest level first', () => {
    const folds = { ...ONLY_THE_PATH, fold: ['a', 'svc'] };
    expect(levelMore(folds, treeOf(folds)).expand).toEqual(['root']);
  });

  it('close what is beside the path and let go of what was read', () => {
    const folds = { ...ONLY_THE_PATH, expand: ['root*3'] };
    expect(closedBeside(folds, treeOf(folds))).toEqual({ open: 'path', expand: [], fold: ['svc', 'a'] });
  });

  it('uncover a process that is below something closed', () => {
    expect(uncovered({ ...ONLY_THE_PATH, fold: ['svc', 'other'] }, ['root', 'svc'])).toEqual({
      ...ONLY_THE_PATH,
      fold: ['other'],
    });
  });

  it('put equal siblings back into their stack', () => {
    expect(regrouped({ ...ONLY_THE_PATH, expand: ['a', 'group:x/'] }, 'group:x/').expand).toEqual(['a']);
  });
});

/** A path of two beside which thousands of processes are open. */
function wideBesideAPath() {
  const view = forestOf(
    4001,
    (i) => (i === 0 ? null : i <= 2000 ? 0 : i - 2000),
    (i) => `image${i}`,
  );
  for (const node of view.nodes.slice(0, 2)) node.onPath = true;
  return view;
}
