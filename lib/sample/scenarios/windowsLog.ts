import { formatMicros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import type { BookedProcess, ProcessBook } from '../vendors/processBook';
import { bookOf } from '../vendors/processBook';

type LogEvent = Readonly<Record<string, unknown>>;

/** What of a story Windows itself logs: process creation alone, or all that auditing can be told to. */
export type Auditing = 'processes' | 'everything';

/**
 * A story as Windows' own logs hold it, in the JSON of evtx_dump: Security 4688 with command lines and 4689, and
 * with `everything` also 4663 for files and keys, PowerShell 4104 and Defender Antivirus 1116.
 */
export function writeWindowsLog(events: readonly EndpointEvent[], auditing: Auditing): readonly LogEvent[] {
  const book = bookOf(events);
  let number = 70_000;
  return events.flatMap((event) => {
    const told = recordOf(event, book, auditing);
    if (told === undefined) return [];
    const { channel, provider, id, data, pid } = told;
    return [
      {
        Event: {
          System: {
            Provider: { '#attributes': { Name: provider } },
            EventID: id,
            Channel: channel,
            Computer: event.host,
            EventRecordID: number++,
            TimeCreated: { '#attributes': { SystemTime: formatMicros(event.time) } },
            Execution: { '#attributes': { ProcessID: pid ?? 4, ThreadID: 8 } },
          },
          EventData: data,
        },
      },
    ];
  });
}

type Told = {
  readonly channel: string;
  readonly provider: string;
  readonly id: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Pid of the writer, where it is the program itself. */
  readonly pid?: number;
};

function recordOf(event: EndpointEvent, book: ProcessBook, auditing: Auditing): Told | undefined {
  const process = book.of(event);
  switch (event.kind) {
    case 'process_start':
      return security(4688, startData(event, process, book));
    case 'process_end':
      return security(4689, {
        ...subject(process),
        Status: '0x0',
        ProcessId: hex(process.pid),
        ProcessName: process.image,
      });
    default:
      return auditing === 'everything' ? furtherRecord(event, process) : undefined;
  }
}

function furtherRecord(event: EndpointEvent, process: BookedProcess): Told | undefined {
  switch (event.kind) {
    case 'file_access':
      return access(process, 'File', event['file.path'] ?? '', '0x1', event.recordId ?? 0);
    case 'registry_access':
      return access(process, 'Key', event['registry.path'] ?? '', '0x20019', event.recordId ?? 0);
    case 'script_block':
      return {
        channel: 'Microsoft-Windows-PowerShell/Operational',
        provider: 'Microsoft-Windows-PowerShell',
        id: 4104,
        pid: process.pid,
        data: {
          MessageNumber: 1,
          MessageTotal: 1,
          ScriptBlockText: event['powershell.script_block_text'],
          ScriptBlockId: `5d1b0c2e-0000-4000-8000-${String(event.recordId ?? 0).padStart(12, '0')}`,
          Path: '',
        },
      };
    case 'alert':
      return {
        channel: 'Microsoft-Windows-Windows Defender/Operational',
        provider: 'Microsoft-Windows-Windows Defender',
        id: 1116,
        data: {
          'Threat Name': event['rule.name'],
          'Threat ID': '2147735503',
          'Severity Name': 'Severe',
          'Detection User': `${process.domain}\\${process.user}`,
          'Process Name': process.image,
          Path: '',
        },
      };
    default:
      return undefined;
  }
}

function startData(event: EndpointEvent, process: BookedProcess, book: ProcessBook): Told['data'] {
  const parent = book.get(process.parent);
  return {
    ...subject(process),
    NewProcessId: hex(process.pid),
    NewProcessName: process.image,
    TokenElevationType: '%%1938',
    ProcessId: hex(parent?.pid ?? 4),
    CommandLine: process.commandLine,
    TargetUserSid: 'S-1-0-0',
    TargetUserName: '-',
    TargetDomainName: '-',
    TargetLogonId: '0x0',
    ParentProcessName: parent?.image ?? '',
    MandatoryLabel: LABELS[event['process.integrity_level'] ?? ''] ?? 'S-1-16-8192',
  };
}

const LABELS: Readonly<Record<string, string>> = {
  low: 'S-1-16-4096',
  medium: 'S-1-16-8192',
  high: 'S-1-16-12288',
  system: 'S-1-16-16384',
};

function access(process: BookedProcess, type: string, name: string, mask: string, handle: number): Told {
  return security(4663, {
    ...subject(process),
    ObjectServer: 'Security',
    ObjectType: type,
    ObjectName: name,
    HandleId: hex(handle),
    AccessList: '%%4416',
    AccessMask: mask,
    ProcessId: hex(process.pid),
    ProcessName: process.image,
  });
}

function security(id: number, data: Told['data']): Told {
  return { channel: 'Security', provider: 'Microsoft-Windows-Security-Auditing', id, data };
}

function subject(process: BookedProcess): Readonly<Record<string, string>> {
  return {
    SubjectUserSid: process.user === 'SYSTEM' ? 'S-1-5-18' : 'S-1-5-21-1707341960-2284511903-1185097437-1104',
    SubjectUserName: process.user,
    SubjectDomainName: process.domain,
    SubjectLogonId: process.user === 'SYSTEM' ? '0x3e7' : '0x5f1c2',
  };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
