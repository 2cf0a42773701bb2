import type { Micros } from '../base/time';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
import type { HandoverKind, ProcessNode } from './lineage';
import { plainText, requestedCommand } from './requestedCommand';

/** A record by which something will start a command later: a task, a service or a Run key was made. */
export type StartRecord = {
  readonly kind: HandoverKind;
  /** The process that made it; undefined where the record does not say. */
  readonly asker: ProcessNode | undefined;
  readonly time: Micros;
  readonly event: EventId;
  /** Key of the command it will run; undefined when the record only names it. */
  readonly key: string | undefined;
  /** Name of the task or service in plain form; empty where it has none. */
  readonly name: string;
  /** What the asker did, for the sentence: `registered the task \\Updater`. */
  readonly deed: string;
  /** Made for every user of the machine: whoever runs it, the maker asked. */
  readonly forAnyone: boolean;
};

/** What an event says will be started, or undefined. Kinds that never do cost one look at the kind. */
export function startRecord(event: EndpointEvent, asker: ProcessNode | undefined): StartRecord | undefined {
  switch (event.kind) {
    case 'task_create': {
      const name = event['task.name'];
      return recordOf('task', event, asker, event['task.command'], name, `registered the task ${name ?? ''}`);
    }
    case 'service_install': {
      const name = event['service.name'];
      const deed = `installed the service ${name ?? ''}`;
      return recordOf('service', event, asker, event['service.command'], name, deed);
    }
    case 'registry_set':
      return ofRegistry(event, asker);
    case 'file_create':
      return ofTaskFile(event, asker);
    default:
      return undefined;
  }
}

/** Whether an event could say so: what must not be left out before lineage is built. */
export function isStartRecord(event: Pick<EndpointEvent, 'kind' | 'registry.path'>): boolean {
  if (event.kind === 'task_create' || event.kind === 'service_install') return true;
  return event.kind === 'registry_set' && RUN_KEY.test(event['registry.path'] ?? '');
}

const RUN_KEY =
  /\\currentversion\\(?:policies\\explorer\\)?run(?:once|onceex|services|servicesonce)?(?:\\|$)/i;

function ofRegistry(event: EndpointEvent, asker: ProcessNode | undefined): StartRecord | undefined {
  const path = event['registry.path'];
  const data = event['registry.data'];
  if (path === undefined || data === undefined || !RUN_KEY.test(path)) return undefined;
  const record = recordOf('run_key', event, asker, data, undefined, `wrote the command to ${path}`);
  const forAnyone = /^(?:hklm|hkey_local_machine|machine|\\?\\?registry\\machine)\\/i.test(path);
  return record === undefined ? undefined : { ...record, forAnyone };
}

/** The scheduler keeps each task as a file of its name; whoever else writes there makes a task by hand. */
function ofTaskFile(event: EndpointEvent, asker: ProcessNode | undefined): StartRecord | undefined {
  const path = event['file.path'];
  const name = path === undefined ? undefined : /\\system32\\tasks\\(.{1,400})$/i.exec(path)?.[1];
  return name === undefined
    ? undefined
    : recordOf('task', event, asker, undefined, name, `wrote the file of the task ${name}`);
}

function recordOf(
  kind: HandoverKind,
  event: EndpointEvent,
  asker: ProcessNode | undefined,
  command: string | undefined,
  name: string | undefined,
  deed: string,
): StartRecord | undefined {
  const key = command === undefined ? undefined : requestedCommand(command)?.key;
  const plain = name === undefined ? '' : plainText(name).replace(/^\\+/, '');
  if (key === undefined && plain === '') return undefined;
  return {
    kind,
    asker,
    time: event.time,
    event: event.id,
    key,
    name: plain,
    deed: deed.trim(),
    forAnyone: false,
  };
}
