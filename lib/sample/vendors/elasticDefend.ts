import { formatMicros, micros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { type BookedProcess, bookOf, marksOf, nameOf, type ProcessBook } from './processBook';

type Row = Readonly<Record<string, unknown>>;

/** A story as Elastic Defend writes it: nested ECS, the origin of a file on the file's own event. */
export function writeElasticDefend(events: readonly EndpointEvent[]): readonly Row[] {
  const book = bookOf(events);
  const marks = marksOf(events);
  let sequence = 1;
  return events.flatMap((event) => {
    const own = rowOf(event, book, marks);
    if (own === undefined) return [];
    const process = book.of(event);
    const {
      event: what,
      process: extra,
      dataset,
      ...rest
    } = own as { readonly event: Row; readonly process?: Row; readonly dataset: string };
    return [
      {
        '@timestamp': formatMicros(event.time),
        agent: { id: '3f9d1c2e-0b4a-4c5d-9e6f-708192a3b4c5', type: 'endpoint', version: '8.15.0' },
        data_stream: { dataset, namespace: 'default', type: 'logs' },
        ecs: { version: '8.10.0' },
        event: { kind: 'event', module: 'endpoint', dataset, sequence: sequence++, ...what },
        host: {
          hostname: event.host.split('.')[0],
          name: event.host,
          id: '0c9b8a7f-6e5d-4c3b-a291-807f6e5d4c3b',
          os: { type: 'windows' },
        },
        user: { domain: process.domain, name: process.user },
        process: { ...described(process), ...extra },
        ...rest,
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
  switch (event.kind) {
    case 'process_start': {
      const parent = book.get(process.parent);
      return {
        dataset: 'endpoint.events.process',
        event: { category: ['process'], type: ['start'], action: 'start' },
        process: {
          pe: { original_file_name: event['process.pe.original_file_name'] },
          hash: { sha256: process.sha256 },
          Ext: { token: { integrity_level_name: process.integrity } },
          ...(parent === undefined ? {} : { parent: described(parent) }),
        },
      };
    }
    case 'process_end':
      return {
        dataset: 'endpoint.events.process',
        event: { category: ['process'], type: ['end'], action: 'end' },
      };
    case 'file_create': {
      const mark = marks.get(path);
      return {
        dataset: 'endpoint.events.file',
        event: { category: ['file'], type: ['creation'], action: 'creation' },
        file: {
          path,
          name: nameOf(path),
          ...(mark === undefined
            ? {}
            : {
                Ext: { windows: { zone_identifier: mark['file.zone_identifier'] } },
                origin_url: mark['file.origin_url'],
                origin_referrer_url: mark['file.origin_referrer_url'],
              }),
        },
      };
    }
    case 'network_connect':
      return {
        dataset: 'endpoint.events.network',
        event: { category: ['network'], type: ['start'], action: 'connection_attempted' },
        network: { direction: 'egress', transport: 'tcp', type: 'ipv4' },
        destination: {
          ip: event['destination.ip'],
          port: event['destination.port'],
          address: event['destination.ip'],
        },
        source: { ip: event['source.ip'], port: event['source.port'] },
      };
    case 'dns_query':
      return {
        dataset: 'endpoint.events.network',
        event: { category: ['network'], type: ['protocol', 'info'], action: 'lookup_result' },
        dns: {
          question: { name: event['dns.question.name'] },
          resolved_ip: (event['dns.answers'] ?? '').split(';'),
        },
      };
    case 'image_load':
      return {
        dataset: 'endpoint.events.library',
        event: { category: ['library'], type: ['start'], action: 'load' },
        dll: { path: event['dll.path'], name: nameOf(event['dll.path'] ?? '') },
      };
    case 'registry_set':
      return {
        dataset: 'endpoint.events.registry',
        event: { category: ['registry'], type: ['change'], action: 'modification' },
        registry: {
          path: event['registry.path'],
          data: { strings: [event['registry.data'] ?? ''], type: 'SZ' },
        },
      };
    default:
      return undefined;
  }
}

function described(process: BookedProcess): Row {
  return {
    entity_id: btoa(process.entityId),
    pid: process.pid,
    name: nameOf(process.image),
    executable: process.image,
    command_line: process.commandLine,
    start: formatMicros(micros(process.startedAt)),
  };
}
