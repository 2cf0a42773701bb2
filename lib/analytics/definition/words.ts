import type { EventKind } from '../../events/endpointEvent';
import type { RelationKind } from '../analytic';

/** How a kind of event is told, and what it is, for the editor. */
export const KIND_WORDS: Readonly<Record<EventKind, { readonly happens: string; readonly about: string }>> = {
  process_start: { happens: 'a process starts', about: 'A process starts (Sysmon 1, Security 4688).' },
  process_end: { happens: 'a process ends', about: 'A process ends (Sysmon 5, Security 4689).' },
  file_create: { happens: 'a file is written', about: 'A file is created or overwritten (Sysmon 11).' },
  file_rename: { happens: 'a file is renamed', about: 'A file gets another name or folder.' },
  file_delete: { happens: 'a file is deleted', about: 'A file is deleted (Sysmon 23, 26).' },
  file_stream: {
    happens: 'a stream is added to a file',
    about: 'An alternate data stream, such as the mark of the web (Sysmon 15).',
  },
  file_access: { happens: 'a file is opened', about: 'A file is read or opened (Security 4663).' },
  file_time: { happens: 'the times of a file are changed', about: 'A creation time is set back (Sysmon 2).' },
  network_connect: {
    happens: 'a connection is made',
    about: 'A network connection, out or in (Sysmon 3, Security 5156).',
  },
  dns_query: { happens: 'a name is looked up', about: 'A DNS query (Sysmon 22).' },
  image_load: { happens: 'a library is loaded', about: 'A process loads a library (Sysmon 7).' },
  registry_add: { happens: 'a registry key is created', about: 'A registry key is created (Sysmon 12).' },
  registry_set: { happens: 'a registry value is set', about: 'A registry value is set (Sysmon 13).' },
  registry_delete: {
    happens: 'a registry key or value is deleted',
    about: 'A registry key or value is deleted (Sysmon 12).',
  },
  registry_rename: { happens: 'a registry key is renamed', about: 'A registry key is renamed (Sysmon 14).' },
  registry_access: {
    happens: 'a registry key is opened',
    about: 'A registry key is opened (Security 4663).',
  },
  pipe_create: { happens: 'a pipe is created', about: 'A named pipe is created (Sysmon 17).' },
  pipe_connect: { happens: 'a pipe is connected to', about: 'A named pipe is connected to (Sysmon 18).' },
  script_block: { happens: 'a script block runs', about: 'PowerShell script block (4104).' },
  script_module: { happens: 'a PowerShell command runs', about: 'PowerShell module logging (4103).' },
  logon: { happens: 'somebody logs on', about: 'A logon (Security 4624).' },
  log_clear: { happens: 'an event log is cleared', about: 'An event log is cleared (1102, 104).' },
  alert: { happens: 'a security product raises an alert', about: 'A vendor\u2019s alert.' },
  task_create: {
    happens: 'a scheduled task is registered',
    about: 'A scheduled task is registered or changed (4698, 4702).',
  },
  service_install: { happens: 'a service is installed', about: 'A service is installed (7045, 4697).' },
  app_crash: { happens: 'a program crashes', about: 'A program crashes or hangs (Application 1000).' },
  bits_transfer: {
    happens: 'a background transfer runs',
    about: 'A transfer of BITS begins or ends (Bits-Client 3, 59, 60).',
  },
  remote_thread: {
    happens: 'a process runs code in another',
    about: 'One process starts a thread in another (Sysmon 8).',
  },
  dpapi_use: {
    happens: 'a program has Windows decrypt with the user\u2019s key',
    about: 'DPAPI decrypts for a program (Crypto-DPAPI 16385).',
  },
  sensor_change: {
    happens: 'a source of telemetry stops or is changed',
    about: 'A sensor is stopped or told to record otherwise (Sysmon 4, 16, 255; 4719; Defender 5001).',
  },
};

/** How a relation is told before the stage it leads to (`generations` where it has some), and what it is. */
export const RELATION_WORDS: Readonly<
  Record<RelationKind, { readonly phrase: string; readonly generations?: true; readonly about: string }>
> = {
  same_process: { phrase: 'by the same process as', about: 'The very process of the earlier stage.' },
  child_of: { phrase: 'by a child of the process of', about: 'One generation below.' },
  descendant_of: {
    phrase: 'by a descendant of the process of',
    generations: true,
    about: 'Started by it or by what it started; `depth` says how far.',
  },
  parent_of: { phrase: 'as the parent of the process of', about: 'One generation above.' },
  ancestor_of: {
    phrase: 'as an ancestor of the process of',
    generations: true,
    about: 'Above it; `depth` says how far.',
  },
  same_host: { phrase: 'on the same host as', about: 'By time and host only: weak.' },
  same_session: { phrase: 'in the same logon session as', about: 'By the id of the logon session.' },
  same_user: { phrase: 'by the same user as', about: 'By time and user only: weak.' },
  same_browser: {
    phrase: 'by the same user\u2019s same browser as',
    about: 'A running browser takes over what is opened.',
  },
  same_file: { phrase: 'on the same file as', about: 'The same path, through 8.3 names and renames.' },
  names_file: { phrase: 'naming the file of', about: 'Its image or its arguments name the file.' },
  executes_file: { phrase: 'running the file of', about: 'Its image is the file.' },
  names_derived_file: {
    phrase: 'naming a file that came out of the file of',
    about: 'Names what was extracted, copied or renamed from it.',
  },
  named_by: {
    phrase: 'on a file named by the command line of',
    about: 'The file is among the arguments of the earlier stage.',
  },
  derived_from: {
    phrase: 'on a file that came out of the file of',
    about: 'Extracted from an archive, copied, renamed, or marked as from it.',
  },
  writer_of: { phrase: 'as the program that wrote the file of', about: 'The process that wrote the file.' },
  archive_of: { phrase: 'on the archive that held the file of', about: 'The archive it was extracted from.' },
  opened_by_ancestor_of: {
    phrase: 'on a file opened by an ancestor of the process of',
    about: 'A document that an ancestor had opened.',
  },
  written_by_ancestor_of: {
    phrase: 'on a file written by an ancestor of the process of',
    about: 'Something an ancestor wrote before.',
  },
  com_broker_of: {
    phrase: 'as the program that asked Explorer over COM to start',
    about: 'Explorer started it on request of this program.',
  },
  names_same_host: {
    phrase: 'and names a host that is also named by',
    about: 'Both name the same other machine, in a URL or a network path.',
  },
};

export type FieldWords = {
  /** Follows \u201cwhose\u201d. */
  readonly noun: string;
  readonly plural?: true;
  /** For yes-or-no fields: the whole clause when it holds, and when it does not. */
  readonly yes?: string;
  readonly no?: string;
  readonly about: string;
};

/** Fields a definition tests most, and all that are derived; the others are told by their ECS name. */
export const FIELD_WORDS: Readonly<Record<string, FieldWords>> = {
  'process.name': { noun: 'program name', about: 'File name of the image, lower case.' },
  'process.identity': {
    noun: 'name or original file name',
    about: 'The names the binary goes by: its file name and its OriginalFileName.',
  },
  'process.renamed': {
    noun: 'renaming',
    yes: 'whose file name is not its original one',
    no: 'whose file name is its original one',
    about: 'The file name is not the OriginalFileName.',
  },
  'process.args': {
    noun: 'arguments',
    plural: true,
    about: 'Command line without the program\u2019s own name; also with obfuscation removed.',
  },
  'process.args_count': { noun: 'number of arguments', about: 'Arguments after the program\u2019s name.' },
  'process.args.files': {
    noun: 'arguments\u2019 files',
    plural: true,
    about: 'Paths the arguments name, variables and working directory put in.',
  },
  'process.args.domains': {
    noun: 'arguments\u2019 first host',
    about: 'Host of the first URL or network path among the arguments, with the domains above it.',
  },
  'process.command_line.length': {
    noun: 'command line\u2019s length',
    about: 'Characters as recorded; sources cut long lines.',
  },
  'process.command_line': {
    noun: 'command line',
    about: 'As recorded; also with obfuscation removed.',
  },
  'process.executable': { noun: 'image path', about: 'Full path of the image; also in canonical form.' },
  'process.hash.hosts': {
    noun: 'binary\u2019s number of hosts (by hash)',
    about: 'Hosts of this environment that ran the same hash in 30 days; unknown without enough history.',
  },
  'process.executable.hosts': {
    noun: 'image path\u2019s number of hosts',
    about: 'Hosts of this environment that ran the same path in 30 days; unknown without enough history.',
  },
  'process.integrity_level': { noun: 'integrity level', about: '`low`, `medium`, `high` or `system`.' },
  'process.working_directory': { noun: 'working directory', about: 'Folder the process was started in.' },
  'process.code_signature.subject_name': { noun: 'signer', about: 'Whose signature the image carries.' },
  'process.parent.name': {
    noun: 'parent\u2019s program name',
    about: 'File name of the parent\u2019s image.',
  },
  'process.parent.identity': {
    noun: 'parent\u2019s name or original file name',
    about: 'The names the parent\u2019s binary goes by.',
  },
  'process.parent.executable': { noun: 'parent\u2019s path', about: 'Full path of the parent\u2019s image.' },
  'process.parent.command_line': {
    noun: 'parent\u2019s command line',
    about: 'As recorded; also with obfuscation removed.',
  },
  'process.parent.same_tree': {
    noun: 'installation',
    yes: 'whose image lies in one installation with its parent\u2019s',
    no: 'whose image does not lie in one installation with its parent\u2019s',
    about: 'The image\u2019s folder holds the parent\u2019s, or lies in it.',
  },
  'process.parent.forged': {
    noun: 'parent',
    yes: 'whose recorded parent is not the process that created it',
    no: 'whose recorded parent is the process that created it',
    about: 'The source names another creator than the parent (parent-pid spoofing).',
  },
  'process.parent.pair_hosts': {
    noun: 'number of hosts with this parent and program',
    about: 'Hosts with the same parent and child in 30 days; unknown without enough history.',
  },
  'process.requester.name': {
    noun: 'requester',
    about: 'Program that had it started through COM, WMI, a task or a service.',
  },
  'user.name': { noun: 'user', about: 'The process\u2019s user, without the domain.' },
  'file.path': { noun: 'path', about: 'Full path of the file; also in canonical form.' },
  'file.name': { noun: 'file name', about: 'Name without folder and stream, lower case.' },
  'file.extension': { noun: 'extension', about: 'Extension without dot, lower case.' },
  'file.inner_extension': {
    noun: 'inner extension',
    about: 'The extension before the last: `pdf` of `invoice.pdf.svg`.',
  },
  'file.stream': { noun: 'stream', about: 'Name of the alternate data stream; empty for none.' },
  'file.zone_identifier': {
    noun: 'mark of the web',
    about: 'Zone of the mark of the web: 3 is the Internet, 4 untrusted.',
  },
  'file.origin_url': { noun: 'origin', about: 'Address the mark of the web says the file came from.' },
  'file.origin_url.domains': {
    noun: 'origin\u2019s domains',
    plural: true,
    about: 'Host of the origin, with the domains above it.',
  },
  'file.origin_referrer_url': { noun: 'referrer', about: 'Page the mark of the web says it came by.' },
  'file.access': { noun: 'kind of access', about: 'What the file was opened for.' },
  'destination.scope': {
    noun: 'destination\u2019s scope',
    about: '`loopback`, `private`, `multicast`, `public` or `unspecified`.',
  },
  'destination.domain': {
    noun: 'destination',
    about: 'Name that was reached: recorded, or from the host\u2019s own DNS answers.',
  },
  'destination.domains': {
    noun: 'destination\u2019s domains',
    plural: true,
    about: 'Name that was reached, with the domains above it.',
  },
  'destination.ip': { noun: 'destination address', about: 'Address that was reached.' },
  'destination.port': { noun: 'destination port', about: 'Port that was reached.' },
  'destination.anomaly': {
    noun: 'destination\u2019s anomaly',
    about: 'Sum of the anomaly criteria; 8 and more is anomalous.',
  },
  'destination.criteria': {
    noun: 'number of anomaly criteria',
    about: 'How many criteria make the destination unusual.',
  },
  'network.inbound': {
    noun: 'coming in',
    yes: 'which another machine opened',
    no: 'which no other machine opened',
    about: 'Whether another machine opened the connection; no where the record does not say.',
  },
  'destination.criteria.names': {
    noun: 'anomaly criteria',
    plural: true,
    about: 'Ids of the criteria that make the destination unusual.',
  },
  'network.direction': { noun: 'direction', about: '`egress` or `ingress`.' },
  'dns.question.name': { noun: 'name asked for', about: 'Name of a DNS query.' },
  'dll.path': { noun: 'library path', about: 'Path of the loaded library.' },
  'dll.name': { noun: 'library', about: 'File name of the loaded library, lower case.' },
  'registry.path': { noun: 'registry path', about: 'Key and value.' },
  'registry.data': { noun: 'registry data', about: 'What the value was set to.' },
  'powershell.script_block_text': { noun: 'script', about: 'Text of the script block.' },
  'task.name': { noun: 'task name', about: 'Name of the scheduled task.' },
  'task.command': { noun: 'task\u2019s command', about: 'What the scheduled task runs.' },
  'service.name': { noun: 'service name', about: 'Name of the service.' },
  'service.command': { noun: 'service\u2019s command', about: 'What the service runs.' },
  'host.name': { noun: 'host', about: 'Name of the host, as all its names are called.' },
  'sigma.rule_id': {
    noun: 'Sigma hits',
    plural: true,
    about: 'Ids of the Sigma rules that hit the event; unknown while the rule is not switched on.',
  },
  'event.code': { noun: 'event number', about: 'The vendor\u2019s number or type of the event.' },
  'event.kind': { noun: 'kind of event', about: 'One of the kinds of event.' },
};

/** The words of a field; one without words of its own goes by its name. */
export function fieldWords(field: string): FieldWords {
  return Object.hasOwn(FIELD_WORDS, field)
    ? (FIELD_WORDS[field] as FieldWords)
    : { noun: field, about: 'As recorded; see the Elastic Common Schema.' };
}
