import type { RecordedField } from '../events/endpointEvent';

/** What the values of a field are: text, a word of few different ones, or what its name says. */
export type QueryFieldType = 'text' | 'number' | 'ip' | 'time' | 'keyword';

/** A field but for its name and where its values are taken from. */
type Described = {
  readonly type: QueryFieldType;
  /** What it is, in one line. */
  readonly text: string;
  readonly path?: true;
  readonly prose?: true;
};

const text = (said: string): Described => ({ type: 'text', text: said });
const path = (said: string): Described => ({ type: 'text', text: said, path: true });
const prose = (said: string): Described => ({ type: 'text', text: said, prose: true });
const word = (said: string): Described => ({ type: 'keyword', text: said });
const number = (said: string): Described => ({ type: 'number', text: said });
const ip = (said: string): Described => ({ type: 'ip', text: said });
const time = (said: string): Described => ({ type: 'time', text: said });

/** What each field a record can carry is, for people who search by it. */
export const RECORDED: Readonly<Record<RecordedField, Described>> = {
  'user.name': text('User the process ran as, without domain'),
  'user.domain': text('Domain of the user'),
  'user.id': text('SID of the user'),
  'process.entity_id': text('Unique id of the process on its host'),
  'process.executable': path('Full path of the image'),
  'process.command_line': text('Command line of the process'),
  'process.working_directory': path('Folder the process was started in'),
  'process.pe.original_file_name': text('Name the image was built under'),
  'process.hash.sha256': text('SHA-256 of the image'),
  'process.hash.md5': text('MD5 of the image'),
  'process.hash.sha1': text('SHA-1 of the image'),
  'process.pe.imphash': text('Import hash of the image'),
  'process.integrity_level': word('low, medium, high or system'),
  'process.parent.entity_id': text('Unique id of the parent'),
  'process.parent.executable': path('Full path of the parent’s image'),
  'process.parent.command_line': text('Command line of the parent'),
  'winlog.logon.id': text('Logon session, e.g. 0xc61d9'),
  'winlog.logon.type': word('Type of the logon'),
  'file.path': path('Full path of the file, with its alternate data stream'),
  'file.Ext.original.path': path('Path before a rename'),
  'file.hash.sha256': text('SHA-256 of the file'),
  'file.origin_url': text('URL the file was downloaded from'),
  'file.origin_referrer_url': text('Page that led to the download'),
  'file.access': text('Access mask or list, as recorded'),
  'destination.ip': ip('Address connected to; also a block such as 10.0.0.0/8'),
  'destination.domain': text('Name of the host connected to'),
  'source.ip': ip('Address connected from; also a block'),
  'network.transport': word('tcp or udp'),
  'network.direction': word('egress or ingress'),
  'dns.question.name': text('Name that was asked for'),
  'dns.answers': text('Answers to the question, joined by ;'),
  'dll.path': path('Full path of the loaded library'),
  'dll.code_signature.status': word('Signature of the loaded library'),
  'registry.path': path('Registry key and value'),
  'registry.data': text('Data of the registry value'),
  'pipe.name': path('Name of the pipe'),
  'powershell.script_block_text': prose('Text of the script; a value is looked for anywhere in it'),
  'rule.name': text('Rule or detection behind an alert'),
  message: prose('What the vendor says in words; a value is looked for anywhere in it'),
  'host.id': text('The vendor’s unique id of the machine'),
  'event.id': word('The vendor’s unique id of the event'),
  'event.url': text('Where the alert is in the vendor’s console'),
  'rule.id': word('Id of the rule behind an alert'),
  'threat.technique.id': text('ATT&CK techniques of an alert, joined by ;'),
  'threat.tactic.name': text('ATT&CK tactics of an alert, joined by ;'),
  'url.full': text('Full URL that was asked for'),
  'process.code_signature.status': word('Signature of the image: trusted, unsigned, …'),
  'process.code_signature.subject_name': text('Who signed the image'),
  'file.hash.sha1': text('SHA-1 of the file'),
  'file.hash.md5': text('MD5 of the file'),
  'process.parent.Ext.real.entity_id': text('Unique id of the process that really created this one'),
  'process.parent.Ext.real.executable': path('Image of the process that really created this one'),
  'Target.process.entity_id': text('Unique id of the process acted upon'),
  'Target.process.executable': path('Image of the process acted upon'),
  'task.name': path('Path and name of the scheduled task'),
  'task.command': text('Command line the task runs'),
  'service.name': text('Name of the service'),
  'service.command': text('Command line the service runs'),
  'process.pid': number('Process id; reused by Windows, so no identity'),
  'process.parent.pid': number('Process id of the parent'),
  'destination.port': number('Port connected to'),
  'source.port': number('Port connected from'),
  'file.zone_identifier': number('Mark of the web: 0 local … 3 internet, 4 restricted'),
  'event.severity': number('Severity of an alert, 1 to 99'),
  'process.start': time('Start of the process, as recorded'),
  'process.parent.start': time('Start of the parent, as recorded'),
  'process.parent.Ext.real.pid': number('Process id of the process that really created this one'),
  'Target.process.pid': number('Process id of the process acted upon'),
};
