import { formatMicros, micros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { type BookedProcess, bookOf, nameOf } from '../vendors/processBook';

type Row = Readonly<Record<string, unknown>>;

/**
 * Acts of a story that the tables of Defender hold beside those of `writeDefender`: reads of sensitive files,
 * scripts, and what SmartScreen said.
 */
export function writeDefenderExtras(events: readonly EndpointEvent[]): readonly Row[] {
  const book = bookOf(events);
  let report = 500_000;
  return events.flatMap((event) => {
    const own = defenderRow(event);
    if (own === undefined) return [];
    return [
      {
        Timestamp: formatMicros(event.time).replace('Z', '0Z'),
        DeviceId: 'b5c2a0f7e5d94c1f8a1c0d4e7f60718293a4b5c6',
        DeviceName: event.host,
        ReportId: report++,
        ...own,
        ...defenderActor(book.of(event)),
      },
    ];
  });
}

function defenderRow(event: EndpointEvent): Row | undefined {
  const path = event['file.path'] ?? '';
  switch (event.kind) {
    case 'file_access':
      return { ActionType: 'SensitiveFileRead', FileName: nameOf(path), FolderPath: path };
    case 'script_block':
      return {
        ActionType: 'ScriptContent',
        AdditionalFields: JSON.stringify({ ScriptContent: event['powershell.script_block_text'] }),
      };
    default:
      return undefined;
  }
}

function defenderActor(process: BookedProcess): Row {
  return {
    InitiatingProcessFileName: nameOf(process.image),
    InitiatingProcessFolderPath: process.image.toLowerCase(),
    InitiatingProcessId: process.pid,
    InitiatingProcessCommandLine: process.commandLine,
    InitiatingProcessCreationTime: formatMicros(micros(process.startedAt)).replace('Z', '0Z'),
    InitiatingProcessAccountDomain: process.domain.toLowerCase(),
    InitiatingProcessAccountName: process.user,
  };
}

/** Reads of protected files as Elastic Defend tells them, beside `writeElasticDefend`. */
export function writeElasticReads(events: readonly EndpointEvent[]): readonly Row[] {
  const book = bookOf(events);
  let sequence = 500_000;
  return events
    .filter((event) => event.kind === 'file_access')
    .map((event) => {
      const process = book.of(event);
      const path = event['file.path'] ?? '';
      return {
        '@timestamp': formatMicros(event.time),
        agent: { id: '3f9d1c2e-0b4a-4c5d-9e6f-708192a3b4c5', type: 'endpoint', version: '8.15.0' },
        data_stream: { dataset: 'endpoint.events.file', namespace: 'default', type: 'logs' },
        ecs: { version: '8.10.0' },
        event: {
          kind: 'event',
          module: 'endpoint',
          dataset: 'endpoint.events.file',
          category: ['file'],
          type: ['access'],
          action: 'open',
          sequence: sequence++,
        },
        host: {
          hostname: event.host.split('.')[0],
          name: event.host,
          id: '0c9b8a7f-6e5d-4c3b-a291-807f6e5d4c3b',
          os: { type: 'windows' },
        },
        user: { domain: process.domain, name: process.user },
        process: {
          entity_id: btoa(process.entityId),
          pid: process.pid,
          name: nameOf(process.image),
          executable: process.image,
        },
        file: { path, name: nameOf(path) },
      };
    });
}
