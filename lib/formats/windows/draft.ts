import { type Micros, micros, parseMicros } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import { normaliseHostName } from '../../events/hostName';
import type { EventDraft, NormalisedRecord } from '../../events/record';
import { logonId, sid, storable, text } from './values';
import type { WindowsRecord } from './windowsRecord';

/** A draft while its fields are being set. Absent stays absent: a field is only assigned when there is a value. */
export type OpenDraft = { -readonly [Field in keyof EventDraft]: EventDraft[Field] };

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
      : `${label(record)}: cannot read its time ${JSON.stringify(record.time).slice(0, 60)}`;
  }
  const draft: OpenDraft = {
    kind,
    recorded,
    host: storable(normaliseHostName(host)),
    channel: record.channel,
    code: CODES[record.eventId] ?? String(record.eventId),
  };
  if (reported !== undefined) draft.reported = reported;
  const number = record.recordId;
  const id =
    typeof number === 'number'
      ? number
      : typeof number === 'string' && number !== ''
        ? Number(number)
        : Number.NaN;
  if (Number.isSafeInteger(id) && id >= 0) draft.recordId = id;
  return draft;
}

/** ISO text, or epoch milliseconds as some pipelines write them. */
export function timeOf(value: unknown): Micros | undefined {
  if (typeof value === 'string') return parseMicros(value);
  if (typeof value === 'number' && Number.isFinite(value) && value > 1e11 && value < 1e14)
    return micros(Math.round(value * 1000));
  return undefined;
}

/** `DOMAIN\name` into user.domain and user.name. */
export function setUser(draft: OpenDraft, user: string | undefined): void {
  if (user === undefined) return;
  const slash = user.indexOf('\\');
  if (slash < 0) draft['user.name'] = user;
  else {
    if (slash > 0) draft['user.domain'] = user.slice(0, slash);
    if (slash < user.length - 1) draft['user.name'] = user.slice(slash + 1);
  }
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

/** Wraps a finished draft. */
export function event(draft: OpenDraft): NormalisedRecord {
  return { outcome: 'event', event: draft };
}

/** Wraps a refusal. */
export function quarantined(reason: Refusal): NormalisedRecord {
  return { outcome: 'quarantined', reason };
}

/** A kind of record we do not use. */
export function ignored(record: WindowsRecord): NormalisedRecord {
  return { outcome: 'ignored', type: label(record) };
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
