import { formatMicros } from '../../base/time';
import type { EndpointEvent, EventKind } from '../../events/endpointEvent';
import { bookOf } from './processBook';

type Record_ = Readonly<Record<string, unknown>>;

/** A story as Sysmon's event log holds it, in the JSON of evtx_dump. Kinds that Sysmon does not know are left out. */
export function writeSysmon(events: readonly EndpointEvent[]): readonly Record_[] {
  const book = bookOf(events);
  let number = 1;
  return events.flatMap((event) => {
    const id = IDS[event.kind];
    if (id === undefined) return [];
    const process = book.of(event);
    const parent = book.get(event['process.parent.entity_id']);
    const data = {
      UtcTime: formatMicros(event.time).replace('T', ' ').slice(0, 23),
      ProcessGuid: guid(process.entityId),
      ProcessId: process.pid,
      Image: process.image,
      User: `${process.domain}\\${process.user}`,
      ...(id === 1
        ? {
            CommandLine: process.commandLine,
            OriginalFileName: event['process.pe.original_file_name'],
            IntegrityLevel: process.integrity,
            Hashes: `SHA256=${process.sha256.toUpperCase()}`,
            ...(parent === undefined
              ? {}
              : {
                  ParentProcessGuid: guid(parent.entityId),
                  ParentProcessId: parent.pid,
                  ParentImage: parent.image,
                  ParentCommandLine: parent.commandLine,
                }),
          }
        : {}),
      ...objectOf(event),
    };
    return [
      {
        Event: {
          System: {
            Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
            EventID: id,
            Channel: 'Microsoft-Windows-Sysmon/Operational',
            Computer: event.host,
            EventRecordID: number++,
            TimeCreated: { '#attributes': { SystemTime: formatMicros(event.time) } },
          },
          EventData: data,
        },
      },
    ];
  });
}

const IDS: Readonly<Partial<Record<EventKind, number>>> = {
  process_start: 1,
  network_connect: 3,
  process_end: 5,
  image_load: 7,
  file_create: 11,
  registry_set: 13,
  file_stream: 15,
  dns_query: 22,
};

function guid(entityId: string): string {
  return `{${entityId.toUpperCase()}}`;
}

function objectOf(event: EndpointEvent): Record_ {
  switch (event.kind) {
    case 'file_create':
      return { TargetFilename: event['file.path'] };
    case 'file_stream':
      return { TargetFilename: event['file.path'], Contents: zoneOf(event) };
    case 'network_connect':
      return {
        Protocol: event['network.transport'],
        Initiated: event['network.direction'] === 'egress',
        SourceIp: event['source.ip'],
        SourcePort: event['source.port'],
        DestinationIp: event['destination.ip'],
        DestinationPort: event['destination.port'],
        DestinationHostname: event['destination.domain'],
      };
    case 'dns_query':
      return {
        QueryName: event['dns.question.name'],
        QueryStatus: 0,
        QueryResults: `${event['dns.answers']};`,
      };
    case 'image_load':
      return {
        ImageLoaded: event['dll.path'],
        Signed: 'true',
        SignatureStatus: event['dll.code_signature.status'],
      };
    case 'registry_set':
      return { EventType: 'SetValue', TargetObject: event['registry.path'], Details: event['registry.data'] };
    default:
      return {};
  }
}

function zoneOf(event: EndpointEvent): string {
  const lines = ['[ZoneTransfer]', `ZoneId=${event['file.zone_identifier']}`];
  if (event['file.origin_referrer_url'] !== undefined)
    lines.push(`ReferrerUrl=${event['file.origin_referrer_url']}`);
  if (event['file.origin_url'] !== undefined) lines.push(`HostUrl=${event['file.origin_url']}`);
  return lines.join('  ');
}
