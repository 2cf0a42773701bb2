import type { Micros } from '../../base/time';
import type { LogRecord } from '../../events/record';
import { SYSMON } from './channels';
import { messageLine, unescapeXml } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * The record by its log's own names, for rules written for Windows logs; `time` in Micros where it can be read. Values
 * that only stand in a list without names are its `Data`, as Windows itself calls them.
 */
export function writtenRecord(record: WindowsRecord, time: Micros | undefined): LogRecord {
  if (record.nxlog) return new NxlogRecord(record, time);
  const { channel, eventId, provider, host, recordId, message, values, envelope } = record;
  const data =
    values === undefined || record.data.Data !== undefined ? record.data : { ...record.data, Data: values };
  return envelope === undefined
    ? { channel, eventId, provider, host, time, recordId, data, message }
    : { channel, eventId, provider, host, time, recordId, data, envelope, message };
}

const NONE: ReadonlySet<string> = new Set();

/** Its data is made good when somebody looks: to search every value for what NXLog escaped costs as much as to read it. */
class NxlogRecord implements LogRecord {
  readonly channel: string;
  readonly eventId: number;
  readonly provider: unknown;
  readonly host: unknown;
  readonly time: Micros | undefined;
  readonly recordId: unknown;
  readonly message: unknown;
  readonly envelope: ReadonlySet<string>;
  readonly #record: WindowsRecord;
  #data: WindowsRecord['data'] | undefined;

  constructor(record: WindowsRecord, time: Micros | undefined) {
    this.channel = record.channel;
    this.eventId = record.eventId;
    this.provider = record.provider;
    this.host = record.host;
    this.time = time;
    this.recordId = record.recordId;
    this.message = record.message;
    this.envelope = record.envelope ?? NONE;
    this.#record = record;
  }

  get data(): WindowsRecord['data'] {
    this.#data ??= madeGood(this.#record);
    return this.#data;
  }
}

/** NXLog escapes values as XML and hides Sysmon's EventType behind its own (INFO). Copied only where it did. */
function madeGood(record: WindowsRecord): WindowsRecord['data'] {
  const { data } = record;
  let made: Record<string, unknown> | undefined;
  for (const name in data) {
    const value = data[name];
    if (typeof value !== 'string' || !value.includes('&')) continue;
    made ??= { ...data };
    made[name] = unescapeXml(value);
  }
  if (record.channel !== SYSMON || data.EventType !== 'INFO') return made ?? data;
  const type = messageLine(record, 'EventType');
  return type === undefined ? (made ?? data) : { ...(made ?? data), EventType: type };
}
