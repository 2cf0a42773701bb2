import { formatMicros } from '../base/time';
import type { EventView } from '../contracts/events';
import { type EndpointEvent, NUMBER_FIELDS, TEXT_FIELDS } from '../events/endpointEvent';
import type { FoundEvent } from '../storage/events';
import { baseName } from './processClass';

/** An event as the API gives it: its fields under their ECS names. */
export function toEventView({ event, canonical, importId, file, recordIndex }: FoundEvent): EventView {
  const fields: Record<string, string | number> = {};
  for (const field of [...TEXT_FIELDS, ...NUMBER_FIELDS]) {
    const value = event[field];
    if (value !== undefined) fields[field] = value;
  }
  return {
    id: event.id,
    kind: event.kind,
    time: formatMicros(event.time),
    clock: event.clock,
    recorded: formatMicros(event.recorded),
    reported: event.reported === undefined ? null : formatMicros(event.reported),
    hostId: String(canonical.id),
    host: canonical.name,
    channel: event.channel,
    code: event.code,
    recordId: event.recordId ?? null,
    importId: String(importId),
    record: { file, index: recordIndex },
    fields,
  };
}

/** What an event is called on one line, and the rest of what it says: short words first, full text second. */
export function describeEvent(event: EndpointEvent): {
  readonly label: string;
  readonly detail: string | null;
} {
  const process = baseName(event['process.executable']) || 'a process';
  switch (event.kind) {
    case 'process_start':
      return { label: process, detail: event['process.command_line'] ?? event['process.executable'] ?? null };
    case 'process_end':
      return { label: process, detail: event['process.executable'] ?? null };
    case 'network_connect':
      return { label: destination(event), detail: event['network.transport'] ?? null };
    case 'dns_query':
      return { label: event['dns.question.name'] ?? 'a name', detail: event['dns.answers'] ?? null };
    case 'image_load':
      return { label: baseName(event['dll.path']) || 'a library', detail: event['dll.path'] ?? null };
    case 'registry_add':
    case 'registry_set':
    case 'registry_delete':
    case 'registry_rename':
    case 'registry_access':
      return {
        label: baseName(event['registry.path']) || 'a key',
        detail: join(event['registry.path'], event['registry.data']),
      };
    case 'pipe_create':
    case 'pipe_connect':
      return { label: event['pipe.name'] ?? 'a pipe', detail: null };
    case 'script_block':
    case 'script_module':
      return { label: 'script', detail: event['powershell.script_block_text'] ?? event.message ?? null };
    case 'logon':
      return {
        label: event['user.name'] ?? 'a user',
        detail: join(event['winlog.logon.type'], event['source.ip']),
      };
    case 'log_clear':
      return { label: 'log cleared', detail: event.channel };
    case 'sensor_change':
      return { label: 'sensor changed', detail: event.message ?? event.channel };
    case 'alert':
      return { label: event['rule.name'] ?? 'alert', detail: event.message ?? null };
    case 'task_create':
      return { label: event['task.name'] ?? 'a task', detail: event['task.command'] ?? null };
    case 'service_install':
      return { label: event['service.name'] ?? 'a service', detail: event['service.command'] ?? null };
    case 'app_crash':
      return { label: process, detail: event.message ?? null };
    case 'bits_transfer':
      return { label: event['url.full'] ?? 'a transfer', detail: event['file.path'] ?? null };
    case 'remote_thread':
      return {
        label: baseName(event['Target.process.executable']) || 'a process',
        detail: event['Target.process.executable'] ?? null,
      };
    case 'dpapi_use':
      return { label: process, detail: event.message ?? null };
    case 'file_create':
    case 'file_rename':
    case 'file_delete':
    case 'file_stream':
    case 'file_access':
    case 'file_time':
      return { label: baseName(event['file.path']) || 'a file', detail: event['file.path'] ?? null };
  }
}

function destination(event: EndpointEvent): string {
  const host = event['destination.domain'] ?? event['destination.ip'] ?? 'somewhere';
  return event['destination.port'] === undefined ? host : `${host}:${event['destination.port']}`;
}

function join(...parts: readonly (string | undefined)[]): string | null {
  const given = parts.filter((part) => part !== undefined && part !== '');
  return given.length === 0 ? null : given.join(' = ');
}
