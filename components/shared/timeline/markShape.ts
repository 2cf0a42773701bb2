import type { TimelineEventView } from '@/lib/contracts/timeline';

type EventKind = TimelineEventView['kind'];

/** What each kind is called in a list. */
export const KIND_WORDS: Readonly<Record<EventKind, string>> = {
  process_start: 'process start',
  process_end: 'process end',
  file_create: 'file created',
  file_rename: 'file renamed',
  file_delete: 'file deleted',
  file_stream: 'file stream',
  file_access: 'file read',
  file_time: 'file time changed',
  network_connect: 'connection',
  dns_query: 'DNS query',
  image_load: 'module load',
  registry_add: 'registry key added',
  registry_set: 'registry value set',
  registry_delete: 'registry deleted',
  registry_rename: 'registry renamed',
  registry_access: 'registry read',
  pipe_create: 'pipe created',
  pipe_connect: 'pipe opened',
  script_block: 'script block',
  script_module: 'script module',
  logon: 'logon',
  log_clear: 'log cleared',
  alert: 'vendor alert',
  task_create: 'task registered',
  service_install: 'service installed',
  app_crash: 'program crashed',
  bits_transfer: 'background transfer',
  remote_thread: 'code run in another process',
  dpapi_use: 'decryption with the user\u2019s key',
  sensor_change: 'sensor stopped or changed',
};

/**
 * The shape of an event kind around 0,0, `r` pixels to each side: processes are discs, files sheets, connections
 * diamonds, names looked up hollow diamonds' outlines, registry bars, scripts and alerts triangles.
 */
export function markShape(kind: EventKind, r: number): string {
  if (kind === 'process_start') return disc(r);
  if (kind === 'process_end') return `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`;
  if (kind.startsWith('file'))
    return `M${-r * 0.8} ${-r}H${r * 0.3}L${r * 0.8} ${-r * 0.5}V${r}H${-r * 0.8}Z`;
  if (kind === 'network_connect' || kind === 'dns_query') return `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`;
  if (kind.startsWith('registry')) return `M${-r * 0.6} ${-r}H${r * 0.6}V${r}H${-r * 0.6}Z`;
  if (kind.startsWith('script')) return `M${-r} ${-r}L${r} 0L${-r} ${r}Z`;
  if (kind === 'alert') return `M0 ${-r}L${r} ${r}H${-r}Z`;
  return disc(r * 0.8);
}

function disc(r: number): string {
  return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
}
