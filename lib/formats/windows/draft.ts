import { type Micros, parseMicros } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import { normaliseHostName } from '../../events/hostName';
import type { LogPlace, NormalisedRecord } from '../../events/record';
import { ignored as ignoredType, type OpenDraft } from '../eventDraft';
import { isObject } from '../jsonSink';
import { anyTime, storable } from '../vendorValues';
import { NUMBERED_LOGS } from './channels';
import { cultureTime } from './cultureTime';
import { logonId, sid, text } from './values';
import type { WindowsRecord } from './windowsRecord';

/** Why a record cannot become an event; thrown nowhere, returned by the mapping functions. */
export type Refusal = string;

/**
 * Starts the event of a record: place in time, host and log. A record without host or without any time is
 * refused: it could not be placed. `reported` is the sensor's own time, for Sysmon.
 */
export function startDraft(record: WindowsRecord, kind: EventKind, reported?: Micros): OpenDraft | Refusal {
  const host = record.host;
  if (typeof host !== 'string' || host.trim() === '' || host === '-') return `${label(record)}: no host name`;
  const recorded = timeOf(record.time) ?? reported;
  if (recorded === undefined) {
    return record.time === undefined || record.time === null
      ? `${label(record)}: no time`
      : `${label(record)}: cannot read its time ${storable(JSON.stringify(record.time).slice(0, 60))}`;
  }
  const draft: OpenDraft = {
    kind,
    recorded,
    host: storable(normaliseHostName(host)),
    channel: record.channel,
    code: CODES[record.eventId] ?? String(record.eventId),
  };
  if (reported !== undefined) draft.reported = reported;
  const id = recordNumber(record);
  if (id !== undefined) draft.recordId = id;
  return draft;
}

/** The record's number in its log; undefined where it has none. */
function recordNumber({ recordId }: WindowsRecord): number | undefined {
  const id =
    typeof recordId === 'number'
      ? recordId
      : typeof recordId === 'string' && recordId !== ''
        ? Number(recordId)
        : Number.NaN;
  return Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}

/**
 * Where a record of which no event was made stands in its log; undefined when it does not say all of host, number and
 * time, or its log is none we read.
 */
export function placeInLog(record: WindowsRecord): LogPlace | undefined {
  const { channel, host } = record;
  if (!NUMBERED_LOGS.has(channel) || typeof host !== 'string' || host.trim() === '' || host === '-')
    return undefined;
  const recordId = recordNumber(record);
  if (recordId === undefined) return undefined;
  const recorded = timeOf(record.time);
  return recorded === undefined
    ? undefined
    : { host: storable(normaliseHostName(host)), channel, recordId, recorded };
}

/**
 * ISO text; an epoch number in the unit its size tells (Velociraptor writes seconds with a fraction, others
 * milliseconds); what .NET and cultures make of a time (cultureTime.ts).
 */
export function timeOf(value: unknown): Micros | undefined {
  if (typeof value === 'string') return parseMicros(value) ?? anyTime(value) ?? cultureTime(value);
  if (typeof value === 'number') return anyTime(value);
  // ConvertTo-Json of Windows PowerShell: {"value":"/Date(…)/","DateTime":"…"}.
  return isObject(value) && typeof value.value === 'string' ? cultureTime(value.value) : undefined;
}

/** The account of a Security record's `Subject…` or `Target…` fields, with its logon session. */
export function setAccount(draft: OpenDraft, record: WindowsRecord, prefix: 'Subject' | 'Target'): void {
  const names = ACCOUNT[prefix];
  const name = text(record, names.name);
  const domain = text(record, names.domain);
  const id = sid(record.data[names.sid]);
  const logon = logonId(record, names.logon);
  if (name !== undefined) draft['user.name'] = name;
  if (domain !== undefined) draft['user.domain'] = domain;
  if (id !== undefined) draft['user.id'] = id;
  if (logon !== undefined) draft['winlog.logon.id'] = logon;
}

/** A kind of record we do not use. */
export function ignored(record: WindowsRecord): NormalisedRecord {
  return ignoredType(label(record));
}

/** `Sysmon 10`, `Security 4658`, `Application 1000`. */
export function label(record: WindowsRecord): string {
  return `${shortChannel(record.channel)} ${record.eventId}`;
}

function shortChannel(channel: string): string {
  const known = SHORT.get(channel);
  if (known !== undefined) return known;
  const bare = channel.startsWith('Microsoft-Windows-')
    ? channel.slice('Microsoft-Windows-'.length)
    : channel;
  const short = bare.endsWith('/Operational') ? bare.slice(0, -'/Operational'.length) : bare;
  // Channel names are the record's own words: do not let a hostile file fill the map.
  if (SHORT.size < 1000) SHORT.set(channel, short);
  return short;
}

const SHORT = new Map<string, string>();

/** Event numbers as text, made once. */
const CODES: readonly string[] = Array.from({ length: 8192 }, (_, number) => String(number));

const ACCOUNT = {
  Subject: {
    name: 'SubjectUserName',
    domain: 'SubjectDomainName',
    sid: 'SubjectUserSid',
    logon: 'SubjectLogonId',
  },
  Target: {
    name: 'TargetUserName',
    domain: 'TargetDomainName',
    sid: 'TargetUserSid',
    logon: 'TargetLogonId',
  },
} as const;
