import type { ArtefactView, FoldedBranch, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';

type Overrides = {
  artefacts?: (Partial<ArtefactView> & Pick<ArtefactView, 'id' | 'fromId' | 'toId'>)[];
  joins?: LineageView['joins'];
  folded?: (Partial<FoldedBranch> & Pick<FoldedBranch, 'parentId' | 'processes'>)[];
};

/**
 * Test builder: reads a tree drawn with two spaces per level into a lineage view. A line is `name`, then any of
 * `*` (on the path), `~` (inferred link), `!` (broken link). Names must be unique; they become the entity ids.
 * Processes start one second apart, in the order drawn.
 */
export function lineageOf(drawing: string, more: Overrides = {}): LineageView {
  const nodes: ProcessNodeView[] = [];
  const stack: string[] = [];
  const lines = drawing.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  for (const [index, line] of lines.entries()) {
    const depth = (line.search(/\S/) - margin) / 2;
    const [name = '', ...flags] = line.trim().split(' ');
    stack.length = depth;
    nodes.push(processOf(name, stack.at(-1) ?? null, index, flags.join('')));
    stack.push(name);
  }
  const byId = new Map(nodes.map((node) => [node.entityId, node]));
  for (const { parentId } of nodes) {
    const parent = byId.get(parentId ?? '');
    if (parent !== undefined) parent.childrenTotal++;
  }
  return {
    anchorId: nodes.find((node) => node.onPath)?.entityId ?? null,
    nodes,
    artefacts: (more.artefacts ?? []).map((artefact, index) => ({
      type: 'file',
      label: artefact.id,
      detail: null,
      time: timeAt(index + 0.5),
      strength: 'exact',
      stage: null,
      eventId: `event-${artefact.id}`,
      ...artefact,
    })),
    joins: more.joins ?? [],
    folded: (more.folded ?? []).map((fold) => ({
      events: {},
      samples: [],
      images: [],
      othersTotal: 0,
      ...fold,
    })),
    shown: nodes.length,
    total: nodes.length + (more.folded ?? []).reduce((sum, fold) => sum + fold.processes, 0),
  };
}

function processOf(name: string, parentId: string | null, index: number, flags: string): ProcessNodeView {
  const strength = flags.includes('!') ? 'broken' : flags.includes('~') ? 'inferred' : 'exact';
  return {
    entityId: name,
    pid: 1000 + index,
    image: `C:\\Windows\\System32\\${name}`,
    name,
    commandLine: null,
    user: 'CORP\\m.keller',
    integrity: null,
    hash: null,
    signer: null,
    startedAt: timeAt(index),
    endedAt: null,
    state: 'running',
    imputed: false,
    class: 'other',
    parentId,
    link: {
      strength: parentId === null ? 'root' : strength,
      reason: strength === 'broken' ? 'pid reused' : null,
    },
    stages: [],
    onPath: flags.includes('*'),
    alerts: 0,
    counts: {},
    childrenTotal: 0,
    startEventId: `start-${name}`,
  };
}

function timeAt(second: number): string {
  return new Date(Date.UTC(2026, 10, 20, 9, 16, 30) + second * 1000).toISOString();
}

/** `count` processes, each child of the one before it, in chains `depth` long: a narrow, deep forest. */
export function chainsOf(count: number, depth: number): LineageView {
  return forestOf(count, (i) => (i % depth === 0 ? null : i - 1));
}

/** `count` processes below one root. */
export function fanOf(count: number): LineageView {
  return forestOf(count + 1, (i) => (i === 0 ? null : 0));
}

/** `count` processes of which each has `width` children: the shape of a busy host. */
export function bushOf(count: number, width: number): LineageView {
  return forestOf(count, (i) => (i === 0 ? null : Math.floor((i - 1) / width)));
}

/** Processes by number, each with the number of its parent, which may come later or close a cycle. */
export function forestOf(
  count: number,
  parentOf: (index: number) => number | null,
  nameOf: (index: number) => string = (index) => `p${index}`,
): LineageView {
  const nodes = Array.from({ length: count }, (_, i) => {
    const parent = parentOf(i);
    return { ...processOf(`p${i}`, parent === null ? null : `p${parent}`, i, ''), name: nameOf(i) };
  });
  const byId = new Map(nodes.map((node) => [node.entityId, node]));
  for (const { parentId } of nodes) {
    const parent = byId.get(parentId ?? '');
    if (parent !== undefined) parent.childrenTotal++;
  }
  return { anchorId: null, nodes, artefacts: [], joins: [], folded: [], shown: count, total: count };
}
