import type { ArtefactView, ProcessNodeView } from '@/lib/contracts/lineage';
import type { StageState } from '@/lib/contracts/scalars';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { hostilePlain } from '../hostileText';
import { hitsWords } from '../sigma/sigmaMarks';
import { pageSizeOf } from './foldState';
import type { FoldItem, LineageItem, LineageTree } from './lineageTree';

export type EventKind = keyof ProcessNodeView['counts'];

/** What of a stage a lineage has to know to name it. */
export type StageName = { id: string; title: string; state: StageState };

/** Groups of event kinds as they are counted on a node, each with its letter on the pill and its noun. */
export const PILL_GROUPS: readonly {
  letter: string;
  /** On a stack, where room is scarce. */
  short: string;
  noun: string;
  plural: string;
  kinds: readonly EventKind[];
}[] = [
  {
    letter: 'f',
    short: 'files',
    noun: 'file event',
    plural: 'file events',
    kinds: ['file_create', 'file_rename', 'file_delete', 'file_stream', 'file_access', 'file_time'],
  },
  {
    letter: 'n',
    short: 'net',
    noun: 'network event',
    plural: 'network events',
    kinds: ['network_connect', 'dns_query'],
  },
  {
    letter: 'r',
    short: 'registry',
    noun: 'registry event',
    plural: 'registry events',
    kinds: ['registry_add', 'registry_set', 'registry_delete', 'registry_rename', 'registry_access'],
  },
  { letter: 'm', short: 'modules', noun: 'module load', plural: 'module loads', kinds: ['image_load'] },
  {
    letter: 's',
    short: 'scripts',
    noun: 'script record',
    plural: 'script records',
    kinds: ['script_block', 'script_module'],
  },
  {
    letter: 'p',
    short: 'pipes',
    noun: 'pipe event',
    plural: 'pipe events',
    kinds: ['pipe_create', 'pipe_connect'],
  },
];

export type Pill = {
  letter: string;
  short: string;
  words: string;
  count: number;
  kinds: readonly EventKind[];
};

/** Counts of a process by group, those without events left out. */
export function pillsOf(process: Pick<ProcessNodeView, 'counts'>): Pill[] {
  return PILL_GROUPS.flatMap(({ letter, short, noun, plural, kinds }) => {
    const count = kinds.reduce((sum, kind) => sum + (process.counts[kind] ?? 0), 0);
    const words = `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
    return count === 0 ? [] : [{ letter, short, count, kinds, words }];
  });
}

/** What stands on a stack: how many processes and what they did; then which images, or how much of a bound it is. */
export function foldWords(item: FoldItem): [string, string] {
  const processes = `${item.processes.toLocaleString('en')} ${item.processes === 1 ? 'process' : 'processes'}`;
  const deeds = pillsOf({ counts: item.events }).map(
    (pill) => `${shortCount(pill.count)} ${pill.count === 1 ? pill.short.replace(/s$/, '') : pill.short}`,
  );
  const names = item.images.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
  if (item.kind === 'group') {
    const below = item.processes - item.direct;
    const head = `${item.image ?? 'unknown'} ×${item.direct.toLocaleString('en')}`;
    const rest = below === 0 ? [] : [`+${below.toLocaleString('en')} below`];
    return [head, [...rest, ...deeds].join(' · ') || 'no other events'];
  }
  const first = [`+${processes}`, ...deeds].join(' · ');
  const shown = item.directTotal - item.direct;
  if (item.kind === 'unsent' && shown > 0 && item.direct > 0) {
    const next = Math.min(pageSizeOf(item.hostId ?? ''), item.direct);
    return [
      first,
      `${shown.toLocaleString('en')} of ${item.directTotal.toLocaleString('en')} shown · ${next.toLocaleString('en')} more`,
    ];
  }
  return [first, names || item.samples.join(', ') || 'no stage, no alert'];
}

/** The integrity of a process where it is not what most have. */
export function unusualIntegrity(process: Pick<ProcessNodeView, 'integrity'>): string | null {
  const level = process.integrity?.trim().toLowerCase() ?? '';
  return level === '' || level === 'medium' ? null : level;
}

/** The second line on a process: its number, integrity where that is out of the ordinary, and whose it is. */
export function whoLine(process: Pick<ProcessNodeView, 'pid' | 'integrity' | 'user'>): string {
  return [
    process.pid === null ? 'pid ?' : String(process.pid),
    unusualIntegrity(process),
    process.user?.split('\\').at(-1),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What the pointer is told about a process: the whole of what is clipped, and what has no room. */
export function tooltipOf(process: ProcessNodeView): string {
  const { link } = process;
  return [
    process.commandLine ?? process.image ?? process.name,
    process.user,
    process.integrity === null ? null : `integrity ${process.integrity.toLowerCase()}`,
    process.signer === null ? 'no signer recorded' : `signed by ${process.signer}`,
    { running: 'running: no end recorded', ended: 'ended', unknown: 'ends are not recorded here' }[
      process.state
    ],
    `parent ${link.strength === 'root' ? 'not recorded' : link.strength}${link.reason === null ? '' : `: ${link.reason}`}`,
  ]
    .filter((line) => line !== null)
    .map((line) => (line.length > TOOLTIP ? `${line.slice(0, TOOLTIP)}…` : line))
    .join(' · ');
}

/** Characters of one line of a tooltip: browsers cut earlier than 30 KB of command line. */
const TOOLTIP = 1000;

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
 * stage Launch matched, 2 Sigma hits, worst high, 3 file events". `hits`: those of Sigma on it, or in a stack.
 */
export function describeItem(
  item: LineageItem,
  tree: LineageTree,
  stages: readonly StageName[],
  hits: readonly SigmaHitView[] = [],
): string {
  if (item.type === 'fold') {
    const host = item.hostId === null ? undefined : tree.byId.get(item.hostId);
    const under = host?.type === 'process' ? ` below ${host.process.name}` : '';
    const samples = item.samples.length > 0 ? `, such as ${item.samples.join(', ')}` : '';
    const noun = item.processes === 1 ? 'process' : 'processes';
    const deeds = [
      ...(hits.length > 0 ? [{ words: hitsWords(hits) }] : []),
      ...pillsOf({ counts: item.events }),
    ]
      .map((deed) => `, ${deed.words}`)
      .join('');
    if (item.kind === 'group')
      return hostilePlain(
        `${item.direct} times ${item.image ?? 'unknown'}${under}, folded; ${item.processes} ${noun} in all${deeds}`,
      );
    const where = item.kind === 'unsent' && item.hostId === null ? ' in other trees of the host' : under;
    return hostilePlain(`${item.processes} more ${noun} folded${where}${samples}${deeds}`);
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
  const integrity = unusualIntegrity(process);
  if (integrity !== null) parts.push(`integrity ${integrity}`);
  if (process.signer !== null) parts.push(`signed by ${process.signer}`);
  if (process.imputed) parts.push('known only from other records');
  for (const id of process.stages) {
    const stage = stages.find((candidate) => candidate.id === id);
    parts.push(`stage ${stage?.title ?? id} ${stage?.state ?? 'matched'}`);
  }
  if (process.alerts > 0) parts.push(`${process.alerts} vendor ${process.alerts === 1 ? 'alert' : 'alerts'}`);
  if (hits.length > 0) parts.push(hitsWords(hits));
  parts.push(...pillsOf(process).map((pill) => pill.words));
  if (process.state !== 'unknown') parts.push(process.state);
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
