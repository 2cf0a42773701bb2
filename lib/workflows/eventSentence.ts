import type { EventView } from '../contracts/events';
import type { EventKind } from '../events/endpointEvent';
import { baseName } from './processClass';

/** An event as a short sentence without its end: `mshta.exe wrote run.js`. Text of telemetry is in it as recorded. */
export function eventSentence({ kind, fields }: Pick<EventView, 'kind' | 'fields'>): string {
  const who = baseName(textOf(fields, 'process.executable')) || 'A program not recorded';
  if (kind === 'process_start') {
    const parent = baseName(textOf(fields, 'process.parent.executable'));
    const line = textOf(fields, 'process.command_line');
    return `${parent === '' ? `${who} started` : `${parent} started ${who}`}${line === undefined ? '' : `: ${line}`}`;
  }
  const what = OBJECTS.map((field) => textOf(fields, field)).find((value) => value !== undefined);
  return `${who} ${VERBS[kind] ?? `had a ${kind} event`}${what === undefined ? '' : ` ${what}`}`;
}

const VERBS: Readonly<Partial<Record<EventKind, string>>> = {
  process_end: 'ended',
  network_connect: 'contacted',
  dns_query: 'asked for',
  file_create: 'wrote',
  file_rename: 'renamed a file to',
  file_stream: 'marked',
  file_delete: 'deleted',
  file_access: 'read',
  image_load: 'loaded',
  registry_add: 'added',
  registry_set: 'set',
  registry_delete: 'deleted',
  task_create: 'registered the task',
  service_install: 'installed the service',
  remote_thread: 'ran code in',
  bits_transfer: 'transferred',
};

/** What an event is about, the most telling field first. */
const OBJECTS = [
  'dns.question.name',
  'destination.domain',
  'destination.ip',
  'file.path',
  'dll.path',
  'registry.path',
  'task.name',
  'service.name',
  'Target.process.executable',
  'url.full',
  'pipe.name',
  'rule.name',
  'message',
] as const;

function textOf(fields: EventView['fields'], field: string): string | undefined {
  const value = fields[field];
  return value === undefined || value === '' ? undefined : String(value);
}
