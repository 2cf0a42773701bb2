import { describe, expect, it } from 'vitest';
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
import { lineageOf } from './topologies';

/*
 *  root ─┬─ outlook* ── edge*
 *        ├─ svc ── a ── b
 *        └─ [+9]
 */
const view = () =>
  lineageOf('root\n  outlook *\n    edge *\n  svc\n    a\n      b', {
    folded: [{ parentId: 'root', processes: 9 }],
  });
const treeOf = (folds: Folds) => buildLineageTree(view(), { collapsed: new Set(folds.fold) });
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
    expect(once.fold).toEqual(['a']);
    const twice = levelLess(once, treeOf(once));
    expect(twice.fold).toEqual(['a', 'svc']);
    expect(levelLess(twice, treeOf(twice))).toEqual(twice);
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
