import { formatMicros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { type BookedProcess, bookOf, type ProcessBook } from './processBook';

type Row = Readonly<Record<string, unknown>>;

/** A story as SentinelOne's Cloud Funnel delivers it: flat dotted keys, times to the millisecond, no mark of the web. */
export function writeSentinelOne(events: readonly EndpointEvent[]): readonly Row[] {
  const book = bookOf(events);
  return events.flatMap((event) => {
    const own = rowOf(event, book);
    if (own === undefined) return [];
    return [
      {
        'event.time': Math.floor(event.time / 1000),
        timestamp: `${formatMicros(event.time).slice(0, 23)}Z`,
        'endpoint.name': event.host.split('.')[0],
        'endpoint.os': 'windows',
        'agent.uuid': '5b2e0c9d7f3a4c18b6d1e0f2a3b4c5d6',
        'src.process.storyline.id': 'A1B2C3D4E5F60718',
        ...own,
      },
    ];
  });
}

function rowOf(event: EndpointEvent, book: ProcessBook): Row | undefined {
  const process = book.of(event);
  switch (event.kind) {
    case 'process_start':
      return {
        'event.category': 'process',
        'event.type': 'Process Creation',
        ...named('src.process', book.get(process.parent)),
        ...named('src.process.parent', book.get(book.get(process.parent)?.parent)),
        ...named('tgt.process', process),
      };
    case 'process_end':
      return { 'event.category': 'process', 'event.type': 'Process Exit', ...source(process, book) };
    case 'file_create':
      return {
        'event.category': 'file',
        'event.type': 'File Creation',
        'tgt.file.path': event['file.path'],
        ...source(process, book),
      };
    case 'network_connect':
      return {
        'event.category': 'ip',
        'event.type': 'IP Connect',
        'event.network.direction': 'OUTGOING',
        'event.network.protocolName': 'tcp',
        'event.network.connectionStatus': 'SUCCESS',
        'dst.ip.address': event['destination.ip'],
        'dst.port.number': event['destination.port'],
        'src.ip.address': event['source.ip'],
        'src.port.number': event['source.port'],
        ...source(process, book),
      };
    case 'dns_query':
      return {
        'event.category': 'dns',
        'event.type': 'DNS Resolved',
        'event.dns.request': event['dns.question.name'],
        'event.dns.response': `${event['dns.answers'] ?? ''};`,
        ...source(process, book),
      };
    case 'image_load':
      return {
        'event.category': 'module',
        'event.type': 'Module Load',
        'module.path': event['dll.path'],
        ...source(process, book),
      };
    case 'registry_set':
      return {
        'event.category': 'registry',
        'event.type': 'Registry Value Modified',
        'registry.keyPath': event['registry.path'],
        'registry.value': event['registry.data'],
        ...source(process, book),
      };
    default:
      return undefined;
  }
}

function source(process: BookedProcess, book: ProcessBook): Row {
  return { ...named('src.process', process), ...named('src.process.parent', book.get(process.parent)) };
}

function named(prefix: string, process: BookedProcess | undefined): Row {
  if (process === undefined) return {};
  return {
    [`${prefix}.uid`]: process.entityId.replaceAll('-', '').slice(0, 20).toUpperCase(),
    [`${prefix}.pid`]: process.pid,
    [`${prefix}.name`]: process.image.slice(process.image.lastIndexOf('\\') + 1),
    [`${prefix}.image.path`]: process.image,
    [`${prefix}.cmdline`]: process.commandLine,
    [`${prefix}.startTime`]: Math.floor(process.startedAt / 1000),
    [`${prefix}.user`]: `${process.domain}\\${process.user}`,
    [`${prefix}.image.sha256`]: process.sha256,
    [`${prefix}.integrityLevel`]: process.integrity.toUpperCase(),
    [`${prefix}.publisher`]: 'MICROSOFT WINDOWS',
    [`${prefix}.signedStatus`]: 'signed',
  };
}
