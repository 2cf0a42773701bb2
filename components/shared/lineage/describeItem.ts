import type { ArtefactView, ProcessNodeView } from '@/lib/contracts/lineage';
import type { StageState } from '@/lib/contracts/scalars';
import { hostilePlain } from '../hostileText';
import type { LineageItem, LineageTree } from './lineageTree';

type EventKind = keyof ProcessNodeView['counts'];

/** What of a stage a lineage has to know to name it. */
export type StageName = { id: string; title: string; state: StageState };

/** Groups of event kinds as they are counted on a node, each with its letter on the pill and its noun. */
export const PILL_GROUPS: readonly {
  letter: string;
  noun: string;
  plural: string;
  kinds: readonly EventKind[];
}[] = [
  {
    letter: 'f',
    noun: 'file event',
    plural: 'file events',
    kinds: ['file_create', 'file_rename', 'file_delete', 'file_stream', 'file_access', 'file_time'],
  },
  { letter: 'n', noun: 'network event', plural: 'network events', kinds: ['network_connect', 'dns_query'] },
  {
    letter: 'r',
    noun: 'registry event',
    plural: 'registry events',
    kinds: ['registry_add', 'registry_set', 'registry_delete', 'registry_rename', 'registry_access'],
  },
  { letter: 'm', noun: 'module load', plural: 'module loads', kinds: ['image_load'] },
  { letter: 's', noun: 'script record', plural: 'script records', kinds: ['script_block', 'script_module'] },
  { letter: 'p', noun: 'pipe event', plural: 'pipe events', kinds: ['pipe_create', 'pipe_connect'] },
];

export type Pill = { letter: string; words: string; count: number };

/** Counts of a process by group, those without events left out. */
export function pillsOf(process: ProcessNodeView): Pill[] {
  return PILL_GROUPS.flatMap(({ letter, noun, plural, kinds }) => {
    const count = kinds.reduce((sum, kind) => sum + (process.counts[kind] ?? 0), 0);
    return count === 0 ? [] : [{ letter, count, words: `${count} ${count === 1 ? noun : plural}` }];
  });
}

/** 1 234 → `1.2k`: what fits a pill. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  return count < 10_000 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}

/** A length of time in at most seven characters, for the gap between two nodes: `+380 ms`, `+4.2 s`, `+2.6 h`. */
export function shortElapsed(length: number): string {
  const seconds = Math.max(0, length) / 1e6;
  if (seconds < 1) return `+${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `+${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `+${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `+${(seconds / 3600).toFixed(1)} h` : `+${Math.round(seconds / 86_400)} d`;
}

/**
 * A name as a sentence, for people who hear the tree: "mshta.exe, process 4711, child of outlook.exe, link exact,
 * stage Launch matched, 3 file events".
 */
export function describeItem(item: LineageItem, tree: LineageTree, stages: readonly StageName[]): string {
  if (item.type === 'fold') {
    const host = tree.byId.get(item.hostId);
    const under = host?.type === 'process' ? ` below ${host.process.name}` : '';
    const samples = item.samples.length > 0 ? `, such as ${item.samples.join(', ')}` : '';
    const noun = item.processes === 1 ? 'process' : 'processes';
    return hostilePlain(`${item.processes} more ${noun} folded${under}${samples}`);
  }
  if (item.type === 'artefact') return describeArtefact(item.artefact, tree);
  const { process } = item;
  const parts = [process.name, process.pid === null ? 'process id unknown' : `process ${process.pid}`];
  const parent = item.parentId === null ? undefined : tree.byId.get(item.parentId);
  if (parent?.type === 'process') {
    parts.push(`child of ${parent.process.name}`);
    parts.push(
      `link ${process.link.strength}${process.link.reason === null ? '' : ` (${process.link.reason})`}`,
    );
  } else {
    parts.push(
      process.link.reason === null ? 'parent not recorded' : `parent not recorded (${process.link.reason})`,
    );
  }
  if (process.requestedBy !== undefined) parts.push(`asked for: ${process.requestedBy}`);
  if (process.user !== null) parts.push(`user ${process.user}`);
  if (process.imputed) parts.push('known only from other records');
  for (const id of process.stages) {
    const stage = stages.find((candidate) => candidate.id === id);
    parts.push(`stage ${stage?.title ?? id} ${stage?.state ?? 'matched'}`);
  }
  if (process.alerts > 0) parts.push(`${process.alerts} vendor ${process.alerts === 1 ? 'alert' : 'alerts'}`);
  parts.push(...pillsOf(process).map((pill) => pill.words));
  if (process.state === 'ended') parts.push('ended');
  return hostilePlain(parts.join(', '));
}

const NOUN: Readonly<Record<ArtefactView['type'], string>> = {
  file: 'file',
  stream: 'mark of the web',
  destination: 'destination',
  dns: 'name looked up',
  registry: 'registry value',
};

function describeArtefact(artefact: ArtefactView, tree: LineageTree): string {
  const [maker, user] = [
    tree.byId.get(artefact.fromId),
    artefact.toId === null ? undefined : tree.byId.get(artefact.toId),
  ];
  const verb = {
    file: 'written by',
    stream: 'written by',
    destination: 'reached by',
    dns: 'looked up by',
    registry: 'set by',
  }[artefact.type];
  const parts = [`${artefact.label}, ${NOUN[artefact.type]}`];
  if (maker?.type === 'process') parts.push(`${verb} ${maker.process.name}`);
  if (user?.type === 'process') parts.push(`used by ${user.process.name}`);
  parts.push(`link ${artefact.strength}`);
  return hostilePlain(parts.join(', '));
}
