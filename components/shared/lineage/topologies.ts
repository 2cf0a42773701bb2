import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';

type Overrides = {
  artefacts?: (Partial<ArtefactView> & Pick<ArtefactView, 'id' | 'fromId' | 'toId'>)[];
  joins?: LineageView['joins'];
  folded?: LineageView['folded'];
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
  for (const node of nodes)
    node.childrenTotal = nodes.filter((other) => other.parentId === node.entityId).length;
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
    folded: more.folded ?? [],
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
