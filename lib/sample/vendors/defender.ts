import { formatMicros, micros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { type BookedProcess, bookOf, marksOf, nameOf, type ProcessBook } from './processBook';

type Row = Readonly<Record<string, unknown>>;

/**
 * A story as rows of Defender's advanced hunting tables. Defender records no end of a process and no mark of
 * the web of its own: the origin stands on the file's row.
 */
export function writeDefender(events: readonly EndpointEvent[]): readonly Row[] {
  const book = bookOf(events);
  const marks = marksOf(events);
  let report = 1;
  return events.flatMap((event) => {
    const row = rowOf(event, book, marks);
    if (row === undefined) return [];
    return [
      {
        Timestamp: stamp(event.time),
        DeviceId: 'b5c2a0f7e5d94c1f8a1c0d4e7f60718293a4b5c6',
        DeviceName: event.host,
        ReportId: report++,
        ...row,
      },
    ];
  });
}

function rowOf(
  event: EndpointEvent,
  book: ProcessBook,
  marks: ReadonlyMap<string, EndpointEvent>,
): Row | undefined {
  const process = book.of(event);
  const path = event['file.path'] ?? '';
  const mark = marks.get(path);
  switch (event.kind) {
    case 'process_start':
      return {
        ActionType: 'ProcessCreated',
        FileName: nameOf(process.image),
        FolderPath: process.image,
        SHA256: process.sha256,
        ProcessVersionInfoOriginalFileName: event['process.pe.original_file_name'],
        ProcessId: process.pid,
        ProcessCommandLine: process.commandLine,
        ProcessCreationTime: stamp(process.startedAt),
        ProcessIntegrityLevel: capital(process.integrity),
        AccountDomain: process.domain.toLowerCase(),
        AccountName: process.user,
        ...actor(book.get(process.parent), book),
      };
    case 'file_create':
      return {
        ActionType: 'FileCreated',
        FileName: nameOf(path),
        FolderPath: path,
        ...(mark === undefined
          ? {}
          : {
              FileOriginUrl: mark['file.origin_url'] ?? 'about:internet',
              FileOriginReferrerUrl: mark['file.origin_referrer_url'] ?? '',
            }),
        ...actor(process, book),
      };
    case 'network_connect':
      return {
        ActionType: 'ConnectionSuccess',
        RemoteIP: event['destination.ip'],
        RemotePort: event['destination.port'],
        RemoteUrl: event['destination.domain'] ?? '',
        LocalIP: event['source.ip'],
        LocalPort: event['source.port'],
        Protocol: 'Tcp',
        ...actor(process, book),
      };
    case 'dns_query':
      return {
        ActionType: 'DnsQueryResponse',
        AdditionalFields: JSON.stringify({
          DnsQueryString: event['dns.question.name'],
          DnsQueryResult: (event['dns.answers'] ?? '').split(';').map((Result) => ({ Result })),
        }),
        ...actor(process, book),
      };
    case 'image_load':
      return {
        ActionType: 'ImageLoaded',
        FileName: nameOf(event['dll.path'] ?? ''),
        FolderPath: event['dll.path'],
        ...actor(process, book),
      };
    case 'registry_set': {
      const key = event['registry.path'] ?? '';
      return {
        ActionType: 'RegistryValueSet',
        RegistryKey: key.slice(0, key.lastIndexOf('\\')),
        RegistryValueName: nameOf(key),
        RegistryValueData: event['registry.data'],
        ...actor(process, book),
      };
    }
    default:
      return undefined;
  }
}

function actor(process: BookedProcess | undefined, book: ProcessBook): Row {
  if (process === undefined) return {};
  const parent = book.get(process.parent);
  return {
    InitiatingProcessFileName: nameOf(process.image),
    InitiatingProcessFolderPath: process.image.toLowerCase(),
    InitiatingProcessId: process.pid,
    InitiatingProcessCommandLine: process.commandLine,
    InitiatingProcessCreationTime: stamp(process.startedAt),
    InitiatingProcessIntegrityLevel: capital(process.integrity),
    InitiatingProcessAccountDomain: process.domain.toLowerCase(),
    InitiatingProcessAccountName: process.user,
    ...(parent === undefined
      ? {}
      : {
          InitiatingProcessParentFileName: nameOf(parent.image),
          InitiatingProcessParentId: parent.pid,
          InitiatingProcessParentCreationTime: stamp(parent.startedAt),
        }),
  };
}

/** Seven digits, as Defender writes times. */
function stamp(time: number): string {
  return formatMicros(micros(time)).replace('Z', '0Z');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
