import type { EventKind } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import { event, ignored, type OpenDraft, put, putUser, quarantined, startEvent } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { foldCloudFunnel1, isCloudFunnel1 } from './sentinelone/cloudFunnel1';
import { hasNewContent, putDetails } from './sentinelone/details';
import { kindOf } from './sentinelone/eventTypes';
import { countIn, type Fields, foldRecord, textIn, timeIn } from './sentinelone/fields';
import { logonTypeOf } from './sentinelone/logonTypes';
import {
  type DescribedProcess,
  legacyParent,
  legacyProcess,
  processIn,
  putProcess,
} from './sentinelone/processes';
import { anyTime, at } from './vendorValues';

/**
 * Telemetry of SentinelOne's agent: Cloud Funnel 2 and Singularity Data Lake (dotted or nested), the Deep
 * Visibility API and tables of both, and Cloud Funnel 1.
 */
export const sentineloneEvents: ExportFormat = {
  id: 'sentinelone-events',
  title: 'SentinelOne Deep Visibility, Cloud Funnel, Singularity Data Lake (JSON, CSV)',
  layouts: ['json', 'csv'],
  shape: 'event.type with src.process or endpoint.name',
  fits,
  marks: ['"event.type"', 'src.process.'],
  normalise,
};

function fits(outer: VendorRecord): boolean {
  const record = innerOf(outer);
  if (record.eventType !== undefined || record.EventType !== undefined) return hasAny(record, API_NAMES);
  if (at(record, 'event.type') !== undefined || at(record, 'meta.event.name') !== undefined)
    return hasAny(record, DOTTED_NAMES) || isCloudFunnel1(record);
  return isObject(record.meta) && isCloudFunnel1(record);
}

const DOTTED_NAMES = ['src.process.uid', 'src.process.pid', 'tgt.process.uid', 'endpoint.name', 'agent.uuid'];
const API_NAMES = [
  'srcProcUid',
  'SrcProcUID',
  'SrcProcName',
  'srcProcName',
  'processUniqueKey',
  'tgtProcUid',
  'TgtProcUID',
  'endpointName',
  'EndpointName',
  'agentUuid',
  'AgentUUID',
];

function hasAny(record: VendorRecord, names: readonly string[]): boolean {
  return names.some((name) => at(record, name) !== undefined);
}

/** A match of a Data Lake query keeps the event in `attributes`, beside the time of the log. */
function innerOf(record: VendorRecord): VendorRecord {
  const { attributes } = record;
  return isObject(attributes) && attributes['event.type'] !== undefined ? attributes : record;
}

function normalise(outer: VendorRecord): NormalisedRecord {
  const record = innerOf(outer);
  const fields =
    isObject(record.meta) && isCloudFunnel1(record) ? foldCloudFunnel1(record) : foldRecord(record);
  const type = textIn(fields, 'event.type', 'meta.event.name');
  if (type === undefined) return quarantined('SentinelOne: no event type');
  const kind = kindOf(type, textIn(fields, 'event.category', 'objectType'));
  if (kind === undefined) return ignored(type);
  if (type.toLowerCase().includes('modification') && !hasNewContent(fields)) return ignored(type);
  if (
    kind === 'logon' &&
    /^(false|0)$/i.test(textIn(fields, 'event.login.loginIsSuccessful', 'loginIsSuccessful') ?? '')
  )
    return ignored(`${type} (failed)`);
  const draft = startEvent({
    kind,
    host: textIn(fields, 'endpoint.name', 'agentName', 'agentComputerName'),
    deviceId: textIn(fields, 'agent.uuid'),
    // `timestamp` has no date in some exports; then the next is read.
    time:
      timeIn(fields, 'event.time', 'timestamp', 'agentTimestamp', 'createdAt') ?? anyTime(outer.timestamp),
    channel: kind === 'alert' ? 'SentinelOne/Alerts' : 'SentinelOne',
    code: type,
  });
  if (typeof draft === 'string') return quarantined(draft);
  if (!putActor(draft, fields, kind)) return quarantined(`${type}: names no process`);
  putDetails(draft, fields);
  if (kind === 'logon') putLogon(draft, fields);
  return event(draft);
}

/** Sets the process and its parent. False where the kind needs one and the record names none. */
function putActor(draft: OpenDraft, fields: Fields, kind: EventKind): boolean {
  const source = processIn(fields, 'src.process');
  const target = processIn(fields, 'tgt.process');
  if (kind === 'process_start' && target !== undefined) {
    putProcess(draft, target, source ?? processIn(fields, 'tgt.process.parent'));
    return true;
  }
  if (kind === 'process_end' && target !== undefined) {
    putProcess(draft, target, undefined);
    return true;
  }
  // In API 2.0 the first names describe the process that started; the second API's `src` is its parent.
  const first = source === undefined || kind === 'process_start' ? legacyProcess(fields) : undefined;
  const actor = first ?? source;
  if (actor === undefined || (kind === 'process_start' && first === undefined))
    return kind === 'alert' || kind === 'logon';
  putProcess(draft, actor, parentOf(fields, actor, first !== undefined, kind));
  return true;
}

function parentOf(
  fields: Fields,
  actor: DescribedProcess,
  legacy: boolean,
  kind: EventKind,
): DescribedProcess | undefined {
  if (!legacy) return processIn(fields, 'src.process.parent');
  const source = kind === 'process_start' ? processIn(fields, 'src.process') : undefined;
  return source !== undefined && source.entityId !== actor.entityId ? source : legacyParent(fields, actor);
}

/** The account that logged on, in place of the user of the process that let it in. */
function putLogon(draft: OpenDraft, fields: Fields): void {
  delete draft['user.domain'];
  delete draft['user.name'];
  delete draft['user.id'];
  putUser(draft, textIn(fields, 'event.login.tgt.user.name', 'event.login.userName', 'loginsUserName'));
  const domain = textIn(fields, 'event.login.tgt.domainName');
  if (domain !== undefined) draft['user.domain'] = domain;
  put(draft, 'user.id', textIn(fields, 'event.login.tgt.userSid'));
  put(draft, 'winlog.logon.type', logonTypeOf(textIn(fields, 'event.login.type', 'loginType')));
  put(draft, 'source.ip', textIn(fields, 'src.endpoint.ip.address', 'srcMachineIp'));
  put(draft, 'source.port', countIn(fields, 'src.port.number'));
}
