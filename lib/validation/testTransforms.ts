import { hash } from 'node:crypto';
import { MICROS_PER_HOUR, type Micros, micros } from '../base/time';
import type { EntityId } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import type { StageEvent } from '../findings/finding';
import type { HostEvents, ReadRecording, Replay } from './replay';

export const digest = (text: string): string => hash('sha256', text, 'hex');

/** A number below `below` that is always the same for a text. */
export function numberOf(text: string, below: number): number {
  return Number.parseInt(digest(text).slice(0, 8), 16) % below;
}

/** What must stay the same of a finding; events keep their ids through every transform. */
export type ChainShape = {
  readonly analytic: string;
  readonly status: string;
  readonly suppressed: boolean;
  readonly score: number;
  readonly stages: readonly string[];
};

/**
 * The chains of a replay, in an order of their own. `scores` false leaves points out of the comparison. `twins` true
 * takes two logs' records of one start for the same: which of them is quoted is a matter of milliseconds.
 */
export function chainsOf(
  { findings }: Replay,
  { scores = true, twins = false }: { readonly scores?: boolean; readonly twins?: boolean } = {},
): readonly ChainShape[] {
  const name = (event: StageEvent): string =>
    twins && event.kind === 'process_start' ? `start of ${event.pid} ${event.image}` : event.eventId;
  return findings
    .map((finding) => ({
      analytic: finding.analytic,
      status: finding.status,
      suppressed: finding.suppressed,
      score: scores ? finding.score : 0,
      stages: finding.stages.map(
        (stage) => `${stage.id} ${stage.state} ${[...new Set(stage.events.map(name))].sort().join()}`,
      ),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The recording with each event made anew; undefined leaves the event out. */
export function mapEvents(
  recording: ReadRecording,
  change: (event: PlacedEvent, host: string) => PlacedEvent | undefined,
): ReadRecording {
  return withHosts(
    recording,
    [...recording.hosts].map(([host, events]) => [
      host,
      events.flatMap((event) => change(event, host) ?? []),
    ]),
  );
}

function withHosts(
  recording: ReadRecording,
  hosts: Iterable<readonly [string, readonly PlacedEvent[]]>,
): ReadRecording {
  const map: HostEvents = new Map(hosts);
  return { hosts: map, refusals: recording.refusals };
}

/** Another order, the same for the same events. */
export function permuted(recording: ReadRecording): ReadRecording {
  return withHosts(
    recording,
    [...recording.hosts].map(([host, events]) => [
      host,
      events
        .map((event) => ({ event, key: digest(event.id) }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ event }) => event),
    ]),
  );
}

/** Whole hours: what could be seen is kept by the hour, so that another shift may honestly move a gap. */
export function shifted(recording: ReadRecording): ReadRecording {
  const by = 907 * MICROS_PER_HOUR;
  return mapEvents(recording, (event) => movedBy(event, by));
}

/** An event so many microseconds later, on every clock it carries. */
export function movedBy(event: PlacedEvent, by: number): PlacedEvent {
  const later = (time: number): Micros => micros(time + by);
  const start = event['process.start'];
  const parentStart = event['process.parent.start'];
  return {
    ...event,
    time: later(event.time),
    recorded: later(event.recorded),
    ...(event.reported === undefined ? {} : { reported: later(event.reported) }),
    ...(start === undefined ? {} : { 'process.start': later(start) }),
    ...(parentStart === undefined ? {} : { 'process.parent.start': later(parentStart) }),
  };
}

/** Every host under another name. */
export function hostsRenamed(recording: ReadRecording): ReadRecording {
  const names = new Map([...recording.hosts.keys()].map((host, i) => [host, `zeta-${i}.lab.example`]));
  return withHosts(
    recording,
    [...recording.hosts].map(([host, events]) => {
      const name = names.get(host) ?? host;
      return [name, events.map((event) => ({ ...event, host: name }))];
    }),
  );
}

const PID_FIELDS = [
  'process.pid',
  'process.parent.pid',
  'process.parent.Ext.real.pid',
  'Target.process.pid',
] as const;
const ENTITY_FIELDS = [
  'process.entity_id',
  'process.parent.entity_id',
  'process.parent.Ext.real.entity_id',
  'Target.process.entity_id',
] as const;

/** Other pids and other unique ids, one to one. 0 and 4 stay: they are the system's own everywhere. */
export function processesRemapped(recording: ReadRecording): ReadRecording {
  return mapEvents(recording, (event) => {
    const changed: Record<string, unknown> = {};
    for (const field of PID_FIELDS) {
      const pid = event[field];
      if (pid !== undefined && pid !== 0 && pid !== 4) changed[field] = (pid ^ 0x15550) + 8;
    }
    for (const field of ENTITY_FIELDS) {
      const id = event[field];
      if (id !== undefined && !/^[0{}-]*$/.test(id)) changed[field] = remapped(id);
    }
    return { ...event, ...changed };
  });
}

function remapped(id: string): EntityId {
  const hex = digest(`other ${id}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}` as EntityId;
}

/** Each channel up to a second early or late, all of its events alike. */
export function jittered(recording: ReadRecording): ReadRecording {
  return mapEvents(recording, (event) => movedBy(event, (numberOf(event.channel, 2001) - 1000) * 1000));
}

/**
 * Events of another recording beside, or among, these: moved to the same time, with pids no process of ours can have
 * at the same moment. `name` of the host they are given; by default the first one of the recording.
 */
export function withNoise(
  recording: ReadRecording,
  noise: ReadRecording,
  name = [...recording.hosts.keys()][0] ?? '',
): ReadRecording {
  const from = firstTime(recording);
  const by = Math.round((from - firstTime(noise)) / MICROS_PER_HOUR) * MICROS_PER_HOUR;
  const mixed = new Map([...recording.hosts].map(([host, events]) => [host, [...events]]));
  const target = mixed.get(name) ?? [];
  for (const events of noise.hosts.values()) {
    for (const event of events) {
      const pids: Record<string, number> = {};
      for (const field of PID_FIELDS) {
        const pid = event[field];
        if (pid !== undefined && pid > 4) pids[field] = pid + 1_000_000;
      }
      target.push({ ...movedBy(event, by), ...pids, host: name });
    }
  }
  mixed.set(name, target);
  return withHosts(recording, mixed);
}

function firstTime(recording: ReadRecording): number {
  let first = Number.POSITIVE_INFINITY;
  for (const events of recording.hosts.values())
    for (const event of events) first = Math.min(first, event.time);
  return first;
}

/** A program's image under another name wherever it is named; its original file name stays. */
export function toolRenamed(recording: ReadRecording, tool: string, alias: string): ReadRecording {
  const rename = (path: string | undefined): string | undefined =>
    path?.toLowerCase().endsWith(`\\${tool}`) === true ? path.slice(0, -tool.length) + alias : undefined;
  return mapEvents(recording, (event) => {
    const image = rename(event['process.executable']);
    const parent = rename(event['process.parent.executable']);
    const line = event['process.command_line'];
    const parentLine = event['process.parent.command_line'];
    return {
      ...event,
      ...(image === undefined ? {} : { 'process.executable': image }),
      ...(parent === undefined ? {} : { 'process.parent.executable': parent }),
      ...(image === undefined || line === undefined
        ? {}
        : { 'process.command_line': asCalled(line, tool, alias) }),
      ...(parent === undefined || parentLine === undefined
        ? {}
        : { 'process.parent.command_line': asCalled(parentLine, tool, alias) }),
    };
  });
}

/** The command line as it reads when the program is called by its other name: only the first word changes. */
function asCalled(line: string, tool: string, alias: string): string {
  const at = line.toLowerCase().indexOf(tool);
  const bare = tool.replace(/\.exe$/, '');
  if (at >= 0 && at < 80) return line.slice(0, at) + alias + line.slice(at + tool.length);
  return line.toLowerCase().startsWith(`${bare} `) ? alias + line.slice(bare.length) : line;
}

/** A process and everything started below it, by unique ids. */
export function lineageBelow(recording: ReadRecording, root: EntityId): ReadonlySet<EntityId> {
  const members = new Set<EntityId>([root]);
  const starts = [...recording.hosts.values()].flat().filter((event) => event.kind === 'process_start');
  for (let grown = true; grown; ) {
    grown = false;
    for (const event of starts) {
      const [id, parent] = [event['process.entity_id'], event['process.parent.entity_id']];
      if (id === undefined || parent === undefined || members.has(id) || !members.has(parent)) continue;
      members.add(id);
      grown = true;
    }
  }
  return members;
}
