import { type Micros, micros } from '../base/time';
import type { Machine } from './machine';
import type { LogName, LogRecord } from './sensor';

/**
 * Writes one record as the machine's collector does, as one line of JSON.
 * `position` is the record's number in its log.
 */
export function toLine(machine: Machine, record: LogRecord, position: number): string {
  return machine.shape === 'winlogbeat'
    ? winlogbeatLine(machine, record, position)
    : flatLine(machine, record, position);
}

type LogHeader = {
  readonly channel: string;
  readonly provider: string;
  readonly guid: string;
  readonly servicePid: number;
};

const HEADERS: Readonly<Record<LogName, LogHeader>> = {
  sysmon: {
    channel: 'Microsoft-Windows-Sysmon/Operational',
    provider: 'Microsoft-Windows-Sysmon',
    guid: '{5770385f-c22a-43e0-bf4c-06f5698ffbd9}',
    servicePid: 3284,
  },
  security: {
    channel: 'Security',
    provider: 'Microsoft-Windows-Security-Auditing',
    guid: '{54849625-5478-4994-a5ba-3e3b0328c30d}',
    servicePid: 4,
  },
  powershell: {
    channel: 'Microsoft-Windows-PowerShell/Operational',
    provider: 'Microsoft-Windows-PowerShell',
    guid: '{a0c1853b-5c40-4b15-8766-3cf1c58f985a}',
    servicePid: 0,
  },
};

/** First line of the rendered message; collectors repeat all of the data after it, which would double the file. */
const MESSAGES: Readonly<Record<LogName, Readonly<Record<number, string>>>> = {
  sysmon: {
    1: 'Process Create:',
    3: 'Network connection detected:',
    5: 'Process terminated:',
    7: 'Image loaded:',
    10: 'Process accessed:',
    11: 'File created:',
    13: 'Registry value set:',
    15: 'File stream created:',
    22: 'Dns query:',
    23: 'File Delete archived:',
  },
  security: {
    4624: 'An account was successfully logged on.',
    4658: 'The handle to an object was closed.',
    4672: 'Special privileges assigned to new logon.',
    4688: 'A new process has been created.',
    4689: 'A process has exited.',
  },
  powershell: { 4104: 'Creating Scriptblock text (1 of 1):' },
};

/** Winlogbeat 7 without its Sysmon module: everything the log said sits in `winlog.event_data`. */
function winlogbeatLine(machine: Machine, record: LogRecord, position: number): string {
  const header = HEADERS[record.log];
  const { ExecutionProcessID: executionPid, UserID: userId, ...data } = record.data;
  const message = MESSAGES[record.log][record.eventId] ?? '';
  return JSON.stringify({
    '@timestamp': isoMillis(micros(record.logged + machine.logOffset)),
    message,
    event: {
      code: record.eventId,
      kind: 'event',
      provider: header.provider,
      action: message.replace(/[:.]$/, ''),
      created: isoMillis(micros(record.logged + machine.logOffset + 1_700_000)),
    },
    log: { level: 'information' },
    ecs: { version: '1.12.0' },
    host: { name: machine.host },
    agent: {
      type: 'winlogbeat',
      version: '7.17.9',
      hostname: machine.host.slice(0, machine.host.indexOf('.')),
    },
    winlog: {
      api: 'wineventlog',
      channel: header.channel,
      computer_name: machine.host,
      event_id: record.eventId,
      provider_name: header.provider,
      provider_guid: header.guid,
      record_id: position,
      opcode: 'Info',
      process: { pid: Number(executionPid ?? header.servicePid), thread: { id: 4412 } },
      user: { identifier: userId ?? 'S-1-5-18' },
      event_data: data,
    },
  });
}

/** One flat object, as NXLog and the Mordor recordings have it: the log's header and its data side by side. */
function flatLine(machine: Machine, record: LogRecord, position: number): string {
  const header = HEADERS[record.log];
  const time = isoMillis(micros(record.logged + machine.logOffset));
  return JSON.stringify({
    '@timestamp': time,
    TimeCreated: time,
    EventID: record.eventId,
    Channel: header.channel,
    SourceName: header.provider,
    ProviderGuid: header.guid,
    Hostname: machine.host,
    Level: record.log === 'security' ? '0' : '4',
    Keywords: record.log === 'security' ? '0x8020000000000000' : '0x8000000000000000',
    Task: String(record.eventId),
    RecordNumber: position,
    ExecutionProcessID: header.servicePid,
    Message: `${MESSAGES[record.log][record.eventId] ?? ''}\r\n`,
    ...record.data,
  });
}

function isoMillis(time: Micros): string {
  return new Date(Math.floor(time / 1000)).toISOString();
}
