import { expect, it } from 'vitest';
import { parseClosed } from './closedState';
import { buildLineageTree } from './lineageTree';
import { successorOf } from './successorOf';
import { forestOf, lineageOf } from './topologies';

const view = () => lineageOf('root\n  outlook *\n    edge *\n  svc\n    a\n      b');
const tree = (...fold: string[]) => buildLineageTree(view(), { closed: parseClosed(fold) });

it('is the first that came out of a stack', () => {
  expect(successorOf('fold:svc', tree('svc'), tree())).toBe('a');
  const less = lineageOf('root\n  outlook *', { folded: [{ parentId: 'root', processes: 2 }] });
  expect(successorOf('fold:root', buildLineageTree(less), tree())).toBe('svc');
});

it('is the first of equal siblings, and their stack when they go back into it', () => {
  const alike = forestOf(
    6,
    (i) => (i === 0 ? null : 0),
    () => 'cmd',
  );
  const stacked = buildLineageTree(alike);
  const open = buildLineageTree(alike, { openGroups: new Set(['group:cmd/p0']) });
  expect(successorOf('group:cmd/p0', stacked, open)).toBe('p1');
  expect(successorOf('p3', open, stacked)).toBe('group:cmd/p0');
});

it('is the nearest ancestor that is left when a branch was closed', () => {
  expect(successorOf('b', tree(), tree('svc'))).toBe('svc');
  expect(successorOf('b', tree(), tree('a'))).toBe('a');
});

it('is the first of all when nothing of it is left, and nobody in an empty tree', () => {
  expect(successorOf('gone', tree(), tree())).toBe('root');
  expect(successorOf('b', tree(), buildLineageTree(lineageOf('x')))).toBe('x');
  expect(successorOf('b', tree(), { items: [], byId: new Map(), rootIds: [] })).toBeNull();
});
