import type { Brand } from '../base/brand';
import type { Micros } from '../base/time';

/**
 * What happened, in the words of PRODUCT.md. Sigma's log source categories map onto them one to one
 * (process_creation → process_start, create_stream_hash → file_stream, …).
 */
export const EVENT_KINDS = [
  'process_start',
  'process_end',
  'file_create',
  'file_rename',
  'file_delete',
  'file_stream',
  'file_access',
  'file_time',
  'network_connect',
  'dns_query',
  'image_load',
  'registry_add',
  'registry_set',
  'registry_delete',
  'registry_rename',
  'registry_access',
  'pipe_create',
  'pipe_connect',
  'script_block',
  'script_module',
  'logon',
  'log_clear',
  'alert',
  /** A scheduled task was registered or changed (Security 4698/4702, TaskScheduler 106/140). */
  'task_create',
  /** A service was installed (System 7045, Security 4697). */
  'service_install',
  /** A program crashed or hung (Application 1000/1001/1002). */
  'app_crash',
  /** A background transfer of BITS began or ended (Bits-Client 3/59/60). */
  'bits_transfer',
  /** One process ran code in another (Sysmon 8; vendors' injection events). */
  'remote_thread',
  /** A program had Windows decrypt with the user's key (Crypto-DPAPI 16385). */
  'dpapi_use',
  /** A source of telemetry was stopped or told to record otherwise (Sysmon 4/16/255, Security 4719, Defender 5001). */
  'sensor_change',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/**
 * Identity of an event: a UUIDv8 of its recorded time and a SHA-256 of what it says, so that the same
 * record has the same id in any file, order or container. See events/eventId.ts.
 */
export type EventId = Brand<string, 'EventId'>;

/**
 * Vendor's unique id of a process on its host. GUIDs are lower case, without braces; ids that have case (base64)
 * stay as written. Never a bare pid.
 */
export type EntityId = Brand<string, 'EntityId'>;

/**
 * Which clock `time` was read from. `source`: the sensor's own UTC time (Sysmon UtcTime). `record`: the
 * event log's time, plus the offset measured for that stretch of that host's log (events/clock.ts).
 */
export type ClockBasis = 'source' | 'record';

/**
 * One normalised record. Flat, with ECS field names verbatim as keys, so that a predicate's field name,
 * a column, and what an analyst types are the same word. An absent key means: the record did not say.
 * All values are JSON-native: an event crosses worker, database and wire unchanged.
 */
export type EndpointEvent = {
  readonly id: EventId;
  readonly kind: EventKind;
  /** Effective time, on one clock for all channels of the host. */
  readonly time: Micros;
  readonly clock: ClockBasis;
  /** The event log's own time as written (a zone it does not have is read as UTC). */
  readonly recorded: Micros;
  /** The sensor's own time as written, where it has one. */
  readonly reported?: Micros;
  /** `host.name`, lower case; with domain if the record had it. */
  readonly host: string;
  /** Windows channel or product stream, e.g. `Microsoft-Windows-Sysmon/Operational`. */
  readonly channel: string;
  /** The vendor's event number or type within the channel, e.g. `1` or `4688`. */
  readonly code: string;
  /** Position of the record in its log, where it has one (EventRecordID, RecordNumber). */
  readonly recordId?: number;
} & Readonly<Partial<EcsText>> &
  Readonly<Partial<EcsNumber>>;

/** Text fields, by ECS name. Where ECS has none, winlogbeat's or Elastic Defend's name is used. */
export type EcsText = {
  'user.name': string;
  'user.domain': string;
  /** SID. */
  'user.id': string;
  'process.entity_id': EntityId;
  /** Full path of the image. */
  'process.executable': string;
  'process.command_line': string;
  'process.working_directory': string;
  'process.pe.original_file_name': string;
  'process.hash.sha256': string;
  'process.hash.md5': string;
  'process.hash.sha1': string;
  'process.pe.imphash': string;
  /** `low` `medium` `high` `system`, … lower case. */
  'process.integrity_level': string;
  'process.parent.entity_id': EntityId;
  'process.parent.executable': string;
  'process.parent.command_line': string;
  /** Logon session, lower-case hex, e.g. `0xc61d9`. */
  'winlog.logon.id': string;
  'winlog.logon.type': string;
  /** Full path; an alternate data stream stays in it as written (`a.svg:Zone.Identifier`). */
  'file.path': string;
  /** Path before a rename. */
  'file.Ext.original.path': string;
  'file.hash.sha256': string;
  'file.origin_url': string;
  'file.origin_referrer_url': string;
  /** Access mask or list of a file_access, as the record wrote it. */
  'file.access': string;
  'destination.ip': string;
  'destination.domain': string;
  'source.ip': string;
  'network.transport': string;
  /** `egress` or `ingress`. */
  'network.direction': string;
  'dns.question.name': string;
  /** Answers joined by `;`. */
  'dns.answers': string;
  'dll.path': string;
  'dll.code_signature.status': string;
  'registry.path': string;
  'registry.data': string;
  'pipe.name': string;
  'powershell.script_block_text': string;
  /** Name of the rule or detection behind an alert. */
  'rule.name': string;
  /** What the vendor says in words: an alert's description, a rendered message. */
  message: string;
  /** The vendor's unique id of the machine (Defender DeviceId, Falcon aid, SentinelOne agent.uuid), lower case. */
  'host.id': string;
  /** The vendor's unique id of an alert or event. */
  'event.id': string;
  /** Where the alert is to be seen in the vendor's console. */
  'event.url': string;
  'rule.id': string;
  /** ATT&CK technique ids of an alert, joined by `;`. */
  'threat.technique.id': string;
  /** ATT&CK tactic names of an alert, joined by `;`. */
  'threat.tactic.name': string;
  /** Full URL a process asked for, where the source has more than the domain. */
  'url.full': string;
  /** `trusted`, `unsigned`, …: the vendor's word in lower case. */
  'process.code_signature.status': string;
  /** Who signed the image. */
  'process.code_signature.subject_name': string;
  'file.hash.sha1': string;
  'file.hash.md5': string;
  /** The process that really created this one, where the source tells it from the recorded parent. */
  'process.parent.Ext.real.entity_id': EntityId;
  'process.parent.Ext.real.executable': string;
  /** The process acted upon: of a remote_thread, or an access to another process. */
  'Target.process.entity_id': EntityId;
  'Target.process.executable': string;
  /** A scheduled task's path and name, e.g. `\\Updater`, and the command line it will run. */
  'task.name': string;
  'task.command': string;
  'service.name': string;
  /** Command line the service will run. */
  'service.command': string;
};

/** Number fields, by ECS name. */
export type EcsNumber = {
  'process.pid': number;
  'process.parent.pid': number;
  'destination.port': number;
  'source.port': number;
  /** Mark of the web: URLZONE of the file's Zone.Identifier, 0 to 4. */
  'file.zone_identifier': number;
  /** Severity of an alert from 1 to 99: informational 1, low 21, medium 47, high 73, critical 99. */
  'event.severity': number;
  /** Start of the process, and of its parent, as the record tells it; Micros. */
  'process.start': number;
  'process.parent.start': number;
  'process.parent.Ext.real.pid': number;
  'Target.process.pid': number;
};

/** A field that a record can carry. */
export type RecordedField = keyof EcsText | keyof EcsNumber;

/** Text fields in storage order; adding one here and to the schema is all a new field needs. */
export const TEXT_FIELDS: readonly (keyof EcsText)[] = [
  'user.name',
  'user.domain',
  'user.id',
  'process.entity_id',
  'process.executable',
  'process.command_line',
  'process.working_directory',
  'process.pe.original_file_name',
  'process.hash.sha256',
  'process.hash.md5',
  'process.hash.sha1',
  'process.pe.imphash',
  'process.integrity_level',
  'process.parent.entity_id',
  'process.parent.executable',
  'process.parent.command_line',
  'winlog.logon.id',
  'winlog.logon.type',
  'file.path',
  'file.Ext.original.path',
  'file.hash.sha256',
  'file.origin_url',
  'file.origin_referrer_url',
  'file.access',
  'destination.ip',
  'destination.domain',
  'source.ip',
  'network.transport',
  'network.direction',
  'dns.question.name',
  'dns.answers',
  'dll.path',
  'dll.code_signature.status',
  'registry.path',
  'registry.data',
  'pipe.name',
  'powershell.script_block_text',
  'rule.name',
  'message',
  'host.id',
  'event.id',
  'event.url',
  'rule.id',
  'threat.technique.id',
  'threat.tactic.name',
  'url.full',
  'process.code_signature.status',
  'process.code_signature.subject_name',
  'file.hash.sha1',
  'file.hash.md5',
  'process.parent.Ext.real.entity_id',
  'process.parent.Ext.real.executable',
  'Target.process.entity_id',
  'Target.process.executable',
  'task.name',
  'task.command',
  'service.name',
  'service.command',
];

/** Number fields in storage order. */
export const NUMBER_FIELDS: readonly (keyof EcsNumber)[] = [
  'process.pid',
  'process.parent.pid',
  'destination.port',
  'source.port',
  'file.zone_identifier',
  'event.severity',
  'process.start',
  'process.parent.start',
  'process.parent.Ext.real.pid',
  'Target.process.pid',
];
