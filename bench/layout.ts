import { hierarchy, tree } from 'd3';
import { layoutLineage } from '../components/shared/lineage/layoutLineage';
import { formatMicros, micros, parseMicros } from '../lib/base/time';
import type { LineageView, ProcessNodeView } from '../lib/contracts/lineage';
import { answer } from './measurement';
import { median } from './usage';

export type LayoutTask = {
  readonly processes: number;
  /** The whole layout, or the floor: d3's tidy tree alone over the same tree, built and laid out. */
  readonly what: 'lineage' | 'd3';
};
export type LayoutAnswer = {
  /** The first call of a fresh process, as on a screen that draws its first lineage. */
  readonly coldMs: number;
  /** The median of later calls, when the code has been compiled. */
  readonly warmMs: number;
};

const LATER = 6;

/** How long the lineage of so many processes takes to lay out, or d3's tree alone; one of them in each process. */
await answer(async ({ processes, what }: LayoutTask): Promise<LayoutAnswer> => {
  const view = forestOf(processes);
  const work = what === 'lineage' ? () => layoutLineage(view) : () => floorOf(view);
  const coldMs = timed(work);
  return { coldMs, warmMs: median(Array.from({ length: LATER }, () => timed(work))) };
});

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function floorOf(view: LineageView): unknown {
  const children = new Map<string, ProcessNodeView[]>();
  for (const node of view.nodes) {
    const own = children.get(node.parentId ?? '') ?? [];
    own.push(node);
    children.set(node.parentId ?? '', own);
  }
  const root = { entityId: '' };
  return tree<{ entityId: string }>().nodeSize([44, 216])(
    hierarchy<{ entityId: string }>(root, (node) => children.get(node.entityId)),
  );
}

/** A forest of mixed fan-out, with a chain of three on its path. */
function forestOf(processes: number): LineageView {
  const start = parseMicros('2026-03-02T08:00:00Z') ?? micros(0);
  const nodes: ProcessNodeView[] = [];
  const open: string[] = [];
  while (nodes.length < processes) {
    const parentId = nodes.length === 0 ? null : (open.shift() ?? 'p0');
    const count = parentId === null ? 1 : Math.min(processes - nodes.length, 5 + ((nodes.length * 7) % 19));
    for (let i = 0; i < count; i++) {
      const n = nodes.length;
      nodes.push({
        entityId: `p${n}`,
        pid: n,
        image: `C:\\Program Files\\App${n % 37}\\app${n % 37}.exe`,
        name: `app${n % 37}.exe`,
        commandLine: `app --n ${n}`,
        user: 'CORP\\anna',
        integrity: 'medium',
        hash: null,
        signer: null,
        startedAt: formatMicros(micros(start + n * 20_000)),
        endedAt: null,
        state: 'unknown',
        imputed: false,
        class: 'other',
        parentId,
        link: { strength: parentId === null ? 'root' : 'exact', reason: null },
        stages: n < 3 ? ['spawn'] : [],
        onPath: n < 3,
        alerts: 0,
        counts: {},
        childrenTotal: 0,
        startEventId: null,
      });
      if (n % 7 === 0 || n < 3) open.push(`p${n}`);
    }
  }
  return {
    anchorId: 'p1',
    nodes,
    artefacts: [],
    folded: [],
    joins: [],
    shown: nodes.length,
    total: nodes.length,
  };
}
