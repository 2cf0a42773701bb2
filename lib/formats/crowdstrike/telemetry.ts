import type { Micros } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, put, putUser, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { countOf, digestOf, textAt, textOf } from '../vendorValues';
import {
  computerName,
  eventTypeOf,
  ignoredWith,
  integrityOf,
  joinPath,
  logonIdOf,
  processIdOf,
  sensorFields,
  timeOf,
} from './fields';
import { setDetails } from './telemetryDetails';
import { kindOf } from './telemetryKinds';

/** All sensor events are one stream: a sensor that is silent is silent in all of them. */
const CHANNEL = 'CrowdStrike Falcon';

/** Sensor events: what a process on a host did, as Falcon Data Replicator and Event Search give it. */
export function normaliseTelemetry(vendor: VendorRecord): NormalisedRecord {
  const record = sensorFields(vendor);
  const type = eventTypeOf(record);
  if (type === undefined) return quarantined('no event_simpleName');
  const deviceId = textOf(record.aid);
  const kind = kindOf(type, record);
  if (kind === undefined) return ignoredWith(type, deviceId, computerName(record));
  const draft = startEvent({
    kind,
    host: computerName(record),
    deviceId,
    time: timeOfEvent(type, record),
    channel: CHANNEL,
    code: type,
  });
  if (typeof draft === 'string') return quarantined(draft);
  put(draft, 'event.id', textOf(record.id));
  setUser(draft, record);
  if (kind === 'process_start' || kind === 'process_end') setSubject(draft, record, kind);
  else if (kind !== 'logon') setActor(draft, record);
  if (lacksProcess(draft, type)) return quarantined(`${type}: names no process`);
  return setDetails(draft, record) ? event(draft) : quarantined(`${type}: does not say what it was done to`);
}

/**
 * The sensor's clock where the record has it: a start happens at ProcessStartTime, all else at
 * ContextTimeStamp. A synthetic start is the sensor finding a process already running: it is recorded when it
 * was found, and `process.start` says since when it runs. `timestamp` is the cloud's, seconds later.
 */
function timeOfEvent(type: string, record: VendorRecord): Micros | undefined {
  return type === 'ProcessRollup2'
    ? timeOf(record, 'ProcessStartTime', ...CLOCKS)
    : timeOf(record, ...CLOCKS, 'ProcessStartTime');
}

const CLOCKS: readonly string[] = ['ContextTimeStamp', 'timestamp', '@timestamp', '_time'];

function setUser(draft: OpenDraft, record: VendorRecord): void {
  putUser(draft, textOf(record.UserName));
  put(draft, 'user.domain', textOf(record.LogonDomain));
  // macOS and Linux have a number instead of a SID.
  put(draft, 'user.id', textAt(record, 'UserSid', 'FileOperatorSid', 'UID'));
  put(draft, 'winlog.logon.id', logonIdOf(record.AuthenticationId));
}

/** The process that a record of a start or an end is about. */
function setSubject(draft: OpenDraft, record: VendorRecord, kind: EventKind): void {
  put(draft, 'process.entity_id', processIdOf(record.TargetProcessId));
  put(draft, 'process.pid', countOf(record.RawProcessId));
  const image = textOf(record.ImageFileName);
  // Event Search splits the path in its own columns.
  put(draft, 'process.executable', image ?? joinPath(textOf(record.FilePath), textOf(record.FileName)));
  put(draft, 'process.command_line', textOf(record.CommandLine));
  put(draft, 'process.start', timeOf(record, 'ProcessStartTime'));
  put(draft, 'process.hash.sha256', digestOf(record.SHA256HashData, 64));
  put(draft, 'process.hash.sha1', digestOf(record.SHA1HashData, 40));
  put(draft, 'process.hash.md5', digestOf(record.MD5HashData, 32));
  setParent(draft, record);
  if (kind === 'process_end') return;
  put(draft, 'process.pe.original_file_name', textOf(record.OriginalFilename));
  put(draft, 'process.working_directory', textOf(record.WorkingDirectory));
  // The process that really created it; another than the parent where the parent was chosen (elevation, forgery).
  put(draft, 'process.parent.Ext.real.entity_id', processIdOf(record.SourceProcessId));
  put(draft, 'process.integrity_level', integrityOf(record.IntegrityLevel));
}

/**
 * The process that did it. Most records have its id only; some its image's name, some its whole path, and
 * those about scripts its command line and parent too.
 */
function setActor(draft: OpenDraft, record: VendorRecord): void {
  const target = TARGET_IS_ACTOR.has(draft.code) ? processIdOf(record.TargetProcessId) : undefined;
  const asked = ASKED_FOR.has(draft.kind) ? processIdOf(record.RpcClientProcessId) : undefined;
  const source = draft.kind === 'remote_thread' ? processIdOf(record.SourceProcessId) : undefined;
  put(draft, 'process.entity_id', target ?? asked ?? source ?? processIdOf(record.ContextProcessId));
  const image = draft.kind === 'image_load' ? undefined : textOf(record.ImageFileName);
  put(
    draft,
    'process.executable',
    textOf(record.ContextImageFileName) ?? image ?? textOf(record.ContextBaseFileName),
  );
  if (draft.kind !== 'image_load') put(draft, 'process.command_line', textOf(record.CommandLine));
  setParent(draft, record);
}

/** What a service of Windows does at another's request: that other is the RPC client. */
const ASKED_FOR: ReadonlySet<EventKind> = new Set(['task_create', 'service_install']);

/** Records of what a process is made of or was told, not of what it did: they name it as their target. */
const TARGET_IS_ACTOR: ReadonlySet<string> = new Set(['ImageHash', 'CommandHistory']);

function setParent(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'process.parent.entity_id', processIdOf(record.ParentProcessId));
  put(draft, 'process.parent.executable', textAt(record, 'ParentImageFileName', 'ParentBaseFileName'));
  put(draft, 'process.parent.command_line', textOf(record.ParentCommandLine));
}

/** A logon is nobody's act, and a driver is loaded by the kernel. */
function lacksProcess(draft: OpenDraft, type: string): boolean {
  return (
    draft.kind !== 'logon' &&
    type !== 'DriverLoad' &&
    draft['process.entity_id'] === undefined &&
    draft['process.pid'] === undefined &&
    draft['process.executable'] === undefined
  );
}
