import { formatMicros, micros } from '@/lib/base/time';
import type { EventView } from '@/lib/contracts/events';
import { queryField } from '@/lib/query/fields';

type Kind = EventView['kind'];
type Teller = (text: (field: string) => string | undefined) => string | undefined;

/** The fields that tell most of a kind; kinds that are not named are told by their process. */
const TELLERS: Readonly<Partial<Record<Kind, Teller>>> = {
  file_create: (text) => text('file.path'),
  file_rename: (text) => arrow(text('file.Ext.original.path'), text('file.path')),
  file_delete: (text) => text('file.path'),
  file_stream: (text) => text('file.path'),
  file_access: (text) => text('file.path'),
  file_time: (text) => text('file.path'),
  network_connect: destination,
  dns_query: (text) => arrow(text('dns.question.name'), text('dns.answers')),
  image_load: (text) => text('dll.path'),
  registry_add: (text) => text('registry.path'),
  registry_set: (text) => setting(text('registry.path'), text('registry.data')),
  registry_delete: (text) => text('registry.path'),
  registry_rename: (text) => text('registry.path'),
  registry_access: (text) => text('registry.path'),
  pipe_create: (text) => text('pipe.name'),
  pipe_connect: (text) => text('pipe.name'),
  script_block: (text) => text('powershell.script_block_text'),
  script_module: (text) => text('powershell.script_block_text'),
  logon,
  alert: (text) => text('rule.name') ?? text('message'),
  task_create: (text) => arrow(text('task.name'), text('task.command')),
  service_install: (text) => arrow(text('service.name'), text('service.command')),
  bits_transfer: (text) => arrow(text('url.full'), text('file.path')),
  remote_thread: (text) => text('Target.process.executable'),
};

/** What happened, in one line of the record's own values; the channel where it says nothing more. */
export function whatHappened(event: EventView): string {
  const text = (field: string) => fieldText(event, field);
  return (
    TELLERS[event.kind]?.(text) ??
    text('process.command_line') ??
    text('process.executable') ??
    text('message') ??
    event.channel
  );
}

/** A recorded field as text; undefined where the record did not say. */
export function fieldText(event: EventView, field: string): string | undefined {
  // Own fields only: what a query names may be what every object has, as `constructor`.
  const value = Object.hasOwn(event.fields, field) ? event.fields[field] : undefined;
  return value === undefined ? undefined : valueText(field, value);
}

/** A recorded value as it is shown and searched: times, which are stored in microseconds, as ISO 8601 UTC. */
export function valueText(field: string, value: string | number): string {
  return typeof value === 'number' && Number.isSafeInteger(value) && queryField(field)?.type === 'time'
    ? formatMicros(micros(value))
    : String(value);
}

function destination(text: (field: string) => string | undefined): string | undefined {
  const [domain, ip, port] = [text('destination.domain'), text('destination.ip'), text('destination.port')];
  const name = domain !== undefined && ip !== undefined ? `${domain} (${ip})` : (domain ?? ip);
  if (name === undefined) return port === undefined ? undefined : `port ${port}`;
  return port === undefined ? name : `${name} port ${port}`;
}

function logon(text: (field: string) => string | undefined): string | undefined {
  const [type, from] = [text('winlog.logon.type'), text('source.ip')];
  const words = [
    type === undefined ? [] : [`type ${type}`],
    from === undefined ? [] : [`from ${from}`],
  ].flat();
  return words.length === 0 ? undefined : words.join(' ');
}

function arrow(from: string | undefined, to: string | undefined): string | undefined {
  return from === undefined || to === undefined ? (from ?? to) : `${from} → ${to}`;
}

function setting(name: string | undefined, value: string | undefined): string | undefined {
  return name === undefined || value === undefined ? name : `${name} = ${value}`;
}
