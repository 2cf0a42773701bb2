import { describe, expect, it } from 'vitest';
import { testHit } from '../../sigma/testSigma';
import { sigmaMarks } from '../sigma/sigmaMarks';
import { groupIdOf } from './lineageFolds';
import { hitsOfItems } from './lineageHits';
import { foldIdOf, type LineageItem } from './lineageTree';

const hit = (ref: string, entityId: string) => testHit({ ref, process: { ...testHit().process, entityId } });
const node = (entityId: string, parentId: string | null, name = 'cmd.exe') => ({ entityId, parentId, name });
const tree = (...ids: string[]) => ({ byId: new Map(ids.map((id) => [id, {} as LineageItem])) });
const refs = (items: ReturnType<typeof hitsOfItems>) =>
  Object.fromEntries([...items].map(([id, hits]) => [id, hits.map(({ ref }) => ref)]));

describe('hits in the lineage', () => {
  it('are marked on their processes', () => {
    const marks = sigmaMarks([hit('1', 'a'), hit('2', 'a'), hit('3', 'b')], 3);
    expect(refs(hitsOfItems(marks, [node('a', null), node('b', 'a')], tree('a', 'b')))).toEqual({
      a: ['1', '2'],
      b: ['3'],
    });
  });

  it('are marked on the stack that holds the process, however deep below it', () => {
    const marks = sigmaMarks([hit('1', 'b'), hit('2', 'c')], 2);
    const nodes = [node('a', null), node('b', 'a'), node('c', 'b')];
    expect(refs(hitsOfItems(marks, nodes, tree('a', foldIdOf('a'))))).toEqual({
      [foldIdOf('a')]: ['1', '2'],
    });
    const group = groupIdOf('cmd.exe', 'a');
    expect(refs(hitsOfItems(marks, nodes, tree('a', foldIdOf('a'), group)))).toEqual({ [group]: ['1', '2'] });
    const roots = groupIdOf('cmd.exe', null);
    expect(refs(hitsOfItems(marks, nodes, tree(roots)))).toEqual({ [roots]: ['1', '2'] });
  });

  it('stand nowhere when the process was not sent, and parents in a circle end', () => {
    const marks = sigmaMarks([hit('1', 'x'), hit('2', 'y')], 2);
    expect(hitsOfItems(marks, [node('y', 'z'), node('z', 'y')], tree('a', foldIdOf('a'))).size).toBe(0);
  });
});
