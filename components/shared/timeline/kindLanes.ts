import type { TimelineEventView } from '@/lib/contracts/timeline';

type EventKind = TimelineEventView['kind'];

/** The lane of what no other lane is for. */
export const OTHER_LANE = 'other';

export type KindLane = { id: string; label: string; noun: string; kinds: readonly EventKind[] };

/** Kinds that share a lane when lanes are kinds; `noun` goes before "events". */
export const KIND_LANES: readonly KindLane[] = [
  { id: 'process', label: 'Processes', noun: 'process', kinds: ['process_start', 'process_end'] },
  {
    id: 'file',
    label: 'Files',
    noun: 'file',
    kinds: ['file_create', 'file_rename', 'file_delete', 'file_stream', 'file_time'],
  },
  { id: 'access', label: 'File reads', noun: 'file read', kinds: ['file_access'] },
  { id: 'network', label: 'Network', noun: 'network', kinds: ['network_connect', 'bits_transfer'] },
  { id: 'dns', label: 'DNS', noun: 'DNS', kinds: ['dns_query'] },
  {
    id: 'registry',
    label: 'Registry',
    noun: 'registry',
    kinds: ['registry_add', 'registry_set', 'registry_delete', 'registry_rename', 'registry_access'],
  },
  { id: 'image', label: 'Modules', noun: 'module', kinds: ['image_load'] },
  { id: 'script', label: 'Scripts', noun: 'script', kinds: ['script_block', 'script_module'] },
  { id: 'pipe', label: 'Pipes', noun: 'pipe', kinds: ['pipe_create', 'pipe_connect'] },
  {
    id: 'handover',
    label: 'Tasks, services, threads',
    noun: 'task, service and thread',
    kinds: ['task_create', 'service_install', 'remote_thread', 'dpapi_use', 'app_crash'],
  },
  {
    id: 'logon',
    label: 'Logons and logs',
    noun: 'logon and log',
    kinds: ['logon', 'log_clear', 'sensor_change'],
  },
  { id: 'alert', label: 'Vendor alerts', noun: 'vendor alert', kinds: ['alert'] },
];

const BY_KIND: ReadonlyMap<string, KindLane> = new Map(
  KIND_LANES.flatMap((lane) => lane.kinds.map((kind) => [kind, lane] as const)),
);

/** The lane of a kind; of one that has none, and of null, the lane of all others. */
export function kindLaneOf(kind: string | null): string {
  return (kind === null ? undefined : BY_KIND.get(kind)?.id) ?? OTHER_LANE;
}

/** Where lanes are processes, what could not be seen has a lane of its own. */
export function blindLane(kindLaneId: string): string {
  return `blind:${kindLaneId}`;
}
