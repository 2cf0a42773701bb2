import type { EventKind } from '../../events/endpointEvent';
import { foldName } from './fields';

/**
 * What SentinelOne's event types are to us, by folded name: those of `event.type` (`Process Creation`) and,
 * where they differ, those of `meta.event.name` and of Cloud Funnel 1 (`TCPV4`, `regValueModified`).
 * A type that is not here is ignored by its name.
 */
const KINDS: Readonly<Record<string, EventKind>> = {
  proccreation: 'process_start',
  procexit: 'process_end',
  proctermination: 'process_end',
  filecreation: 'file_create',
  // Only where the record shows new content, see `fileKind`.
  filemodification: 'file_create',
  filerename: 'file_rename',
  filedeletion: 'file_delete',
  ipconnect: 'network_connect',
  tcpv4: 'network_connect',
  tcpv6: 'network_connect',
  udpv4: 'network_connect',
  udpv6: 'network_connect',
  dns: 'dns_query',
  dnsresolved: 'dns_query',
  dnsunresolved: 'dns_query',
  http: 'network_connect',
  registrykeycreate: 'registry_add',
  regkeycreate: 'registry_add',
  registrykeydelete: 'registry_delete',
  regkeydelete: 'registry_delete',
  registryvaluedelete: 'registry_delete',
  regvaluedelete: 'registry_delete',
  registryvaluecreate: 'registry_set',
  regvaluecreate: 'registry_set',
  registryvaluemodified: 'registry_set',
  regvaluemodified: 'registry_set',
  registrykeyrename: 'registry_rename',
  regkeyrename: 'registry_rename',
  moduleload: 'image_load',
  commandscript: 'script_block',
  scripts: 'script_block',
  namedpipecreation: 'pipe_create',
  namedpipeconnection: 'pipe_connect',
  behavioralindicators: 'alert',
  threatintelligenceindicators: 'alert',
  threatintel: 'alert',
  preexecutiondetection: 'alert',
  taskregister: 'task_create',
  taskupdate: 'task_create',
  scheduledtaskregister: 'task_create',
  scheduledtaskupdate: 'task_create',
  schedtaskregister: 'task_create',
  schedtaskupdate: 'task_create',
  remotethreadcreation: 'remote_thread',
  remotethread: 'remote_thread',
  createremotethread: 'remote_thread',
  login: 'logon',
  winlogonattempt: 'logon',
};

/** The methods of HTTP are event types of the category `url`. */
const METHODS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'delete',
  'head',
  'options',
  'connect',
  'patch',
  'trace',
]);

/** Kind of an event type; undefined: not used. */
export function kindOf(type: string, category: string | undefined): EventKind | undefined {
  const folded = foldName(type);
  if (category?.toLowerCase() === 'url' || METHODS.has(folded)) return 'network_connect';
  return Object.hasOwn(KINDS, folded) ? KINDS[folded] : undefined;
}
