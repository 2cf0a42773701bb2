import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ProcessNodeView } from '@/lib/contracts/lineage';
import { HOSTILE, testHit } from '../../sigma/testSigma';
import { describeItem } from './describeItem';
import { Cells } from './LineageCells';
import type { LineageItem, LineageTree } from './lineageTypes';
import { ProcessBox } from './ProcessBox';

const process: ProcessNodeView = {
  entityId: '{p1}',
  pid: 4711,
  image: 'C:\\Windows\\System32\\cmd.exe',
  name: 'cmd.exe',
  commandLine: null,
  user: null,
  integrity: null,
  hash: null,
  signer: null,
  startedAt: null,
  endedAt: null,
  state: 'unknown',
  imputed: false,
  class: 'shell',
  parentId: null,
  link: { strength: 'root', reason: null },
  stages: [],
  onPath: false,
  alerts: 1,
  counts: {},
  childrenTotal: 0,
  startEventId: null,
};
const item: LineageItem = {
  id: '{p1}',
  parentId: null,
  childIds: [],
  level: 1,
  posInSet: 1,
  setSize: 1,
  time: 0,
  type: 'process',
  process,
  expanded: undefined,
  groupId: null,
};
const tree: LineageTree = { items: [item], byId: new Map([[item.id, item]]), rootIds: [item.id] };
const hits = [testHit(), testHit({ ref: 'h2', rule: { ...testHit().rule, title: HOSTILE, level: 'low' } })];

function box(marked: typeof hits | undefined): string {
  return renderToStaticMarkup(
    <svg role="none">
      <ProcessBox
        box={{ x: 0, y: 0, width: 216, height: 44 }}
        process={process}
        expanded={undefined}
        stages={[]}
        lane={undefined}
        anchor={null}
        hits={marked}
        selected={false}
        hovered={false}
        found={false}
        onToggle={() => undefined}
      />
    </svg>,
  );
}

it('draws the hits on a process beside its alerts, with their number and the worst level in words', () => {
  const html = box(hits);
  expect(html).toContain('data-sigma="2"');
  expect(html).toContain('2 Sigma hits, worst high');
  expect(html).toContain('1 vendor alert');
  expect(html).not.toContain('<img');
  expect(box(undefined)).not.toContain('data-sigma');
});

it('says the hits in the name of the item and in its row', () => {
  expect(describeItem(item, tree, [], hits)).toContain('2 Sigma hits, worst high');
  expect(describeItem(item, tree, [])).not.toContain('Sigma');
  const row = renderToStaticMarkup(
    <table>
      <tbody>
        <tr>
          <Cells
            item={item}
            stages={[]}
            lanes={new Map()}
            anchorTime={null}
            found={new Set()}
            hits={new Map([[item.id, hits]])}
            branches={new Map()}
            onOpen={() => undefined}
            onClose={() => undefined}
          />
        </tr>
      </tbody>
    </table>,
  );
  expect(row).toContain('2 Sigma hits, worst high');
  expect(row).not.toContain('<img');
});

it('says of a stack that hits are on what it holds', () => {
  const fold: LineageItem = {
    ...item,
    id: 'fold:a',
    type: 'fold',
    kind: 'closed',
    hostId: null,
    processes: 3,
    direct: 3,
    directTotal: 3,
    events: {},
    image: null,
    images: [],
    samples: [],
  };
  expect(describeItem(fold, tree, [], hits)).toBe('3 more processes folded, 2 Sigma hits, worst high');
});
