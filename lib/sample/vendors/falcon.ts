import type { EndpointEvent } from '../../events/endpointEvent';
import { bookOf, nameOf, type ProcessBook } from './processBook';

type Row = Readonly<Record<string, string>>;

const AID = '7d3f0c2b9a514e6d8f1b2c3d4e5f6071';

/**
 * A story as CrowdStrike's Falcon Data Replicator delivers it: decimal text everywhere, hosts by agent id, the
 * machine's name in an inventory record alone, images under `\Device\HarddiskVolume3`.
 */
export function writeFalcon(events: readonly EndpointEvent[]): readonly Row[] {
  const book = bookOf(events);
  const first = events[0];
  const inventory: Row[] =
    first === undefined
      ? []
      : [
          {
            event_simpleName: 'AgentOnline',
            aid: AID,
            ComputerName: first.host.toUpperCase(),
            event_platform: 'Win',
            timestamp: String(Math.floor(first.time / 1000)),
          },
        ];
  return [
    ...inventory,
    ...events.flatMap((event) => {
      const own = rowOf(event, book);
      if (own === undefined) return [];
      return [
        {
          aid: AID,
          cid: '0123456789abcdef0123456789abcdef',
          event_platform: 'Win',
          timestamp: String(Math.floor(event.time / 1000) + 2500),
          ContextTimeStamp: seconds(event.time),
          ...own,
        },
      ];
    }),
  ];
}

function rowOf(event: EndpointEvent, book: ProcessBook): Row | undefined {
  const process = book.of(event);
  const parent = book.get(process.parent);
  const context: Row = { ContextProcessId: idOf(process.entityId) };
  switch (event.kind) {
    case 'process_start':
      return {
        event_simpleName: 'ProcessRollup2',
        TargetProcessId: idOf(process.entityId),
        RawProcessId: String(process.pid),
        ProcessStartTime: seconds(process.startedAt),
        ImageFileName: device(process.image),
        CommandLine: process.commandLine,
        SHA256HashData: process.sha256,
        OriginalFilename: event['process.pe.original_file_name'] ?? '',
        UserName: process.user,
        IntegrityLevel: INTEGRITY[process.integrity] ?? '8192',
        ...(parent === undefined
          ? {}
          : {
              ParentProcessId: idOf(parent.entityId),
              SourceProcessId: idOf(parent.entityId),
              ParentBaseFileName: nameOf(parent.image),
            }),
      };
    case 'process_end':
      return { event_simpleName: 'EndOfProcess', TargetProcessId: idOf(process.entityId) };
    case 'file_create':
      return {
        event_simpleName: writtenAs(event),
        TargetFileName: device(event['file.path'] ?? ''),
        ...context,
      };
    case 'file_stream':
      return {
        event_simpleName: 'MotwWritten',
        TargetFileName: device((event['file.path'] ?? '').replace(/:Zone\.Identifier$/, '')),
        ZoneIdentifier: String(event['file.zone_identifier'] ?? 3),
        HostUrl: event['file.origin_url'] ?? '',
        ReferrerUrl: event['file.origin_referrer_url'] ?? '',
        ...context,
      };
    case 'network_connect':
      return {
        event_simpleName: 'NetworkConnectIP4',
        RemoteAddressIP4: event['destination.ip'] ?? '',
        RemotePort: String(event['destination.port'] ?? ''),
        LocalAddressIP4: event['source.ip'] ?? '',
        LocalPort: String(event['source.port'] ?? ''),
        Protocol: '6',
        ConnectionDirection: '0',
        ...context,
      };
    case 'dns_query':
      return {
        event_simpleName: 'DnsRequest',
        DomainName: event['dns.question.name'] ?? '',
        IP4Records: `${event['dns.answers'] ?? ''};`,
        ...context,
      };
    case 'image_load':
      return {
        event_simpleName: 'ClassifiedModuleLoad',
        ImageFileName: device(event['dll.path'] ?? ''),
        ...context,
      };
    default:
      return undefined;
  }
}

const INTEGRITY: Readonly<Record<string, string>> = {
  low: '4096',
  medium: '8192',
  high: '12288',
  system: '16384',
};

/** Falcon names a write by what was written. */
function writtenAs(event: EndpointEvent): string {
  const extension = /\.(\w+)$/.exec(event['file.path'] ?? '')?.[1]?.toLowerCase() ?? '';
  if (extension === 'exe' || extension === 'dll') return 'NewExecutableWritten';
  if (extension === 'zip') return 'ZipFileWritten';
  if (extension === 'js' || extension === 'ps1' || extension === 'hta') return 'NewScriptWritten';
  return 'GenericFileWritten';
}

/** A decimal id of 64 bits out of the story's: the first digits are the story's order, so that none meet. */
function idOf(entityId: string): string {
  const hex = entityId.replaceAll('-', '').slice(0, 20);
  let id = 0n;
  for (const digit of hex)
    id = (id * 31n + BigInt(Number.parseInt(digit, 16) + 1)) % 9_000_000_000_000_000_000n;
  return String(id);
}

function device(path: string): string {
  return path.replace(/^[A-Z]:/i, '\\Device\\HarddiskVolume3');
}

function seconds(time: number): string {
  return (time / 1_000_000).toFixed(3);
}
