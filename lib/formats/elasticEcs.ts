import type { EventKind } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import { codeOf, sensorAlert, telemetry } from './elastic/ecsEvent';
import { ecsKind } from './elastic/ecsKind';
import { wordsAt } from './elastic/ecsValues';
import { isOtherEcsDocument } from './elastic/recordShapes';
import { isWindowsCode, putWindowsProperties, windowsKind } from './elastic/windowsCodes';
import { ignored } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { textAt } from './vendorValues';

/** Whatever else writes the Elastic Common Schema: Auditbeat, integrations of other sensors, Sekoia's agent. */
export const elasticEcs: ExportFormat = {
  id: 'ecs',
  title: 'Elastic Common Schema documents of any sensor (JSON, Kibana CSV)',
  layouts: ['json', 'csv'],
  shape: "the Elastic Common Schema's event.kind, event.category or event.action",
  fits: isOtherEcsDocument,
  marks: ['"@timestamp"', '"event', '"category"'],
  normalise,
};

function normalise(record: VendorRecord): NormalisedRecord {
  const origin = originOf(record);
  const source = { channel: `ECS/${origin}`, label: `ECS ${origin}` };
  const eventKinds = wordsAt(record, 'event.kind');
  if (eventKinds.includes('alert') || eventKinds.includes('signal')) return sensorAlert(record, source);
  if (eventKinds.some((word) => word !== 'event' && word !== 'state'))
    return ignored(`${source.label} ${codeOf(record)}`);
  const kind = isWindowsCode(record) ? windowsKind(record) : ecsKind(record);
  if (kind === undefined) return ignored(`${source.label} ${codeOf(record)}`);
  // A firewall's or a name server's log: nothing of it can be tied to a process.
  if (OF_NETWORK.has(kind) && !namesProcess(record))
    return ignored(`${source.label} ${codeOf(record)} without a process`);
  const made = telemetry(record, kind, source);
  return made.outcome === 'event' && isWindowsCode(record)
    ? { outcome: 'event', event: putWindowsProperties(made.event, record) }
    : made;
}

const OF_NETWORK: ReadonlySet<EventKind> = new Set(['network_connect', 'dns_query']);

function namesProcess(record: VendorRecord): boolean {
  return (
    textAt(
      record,
      'process.entity_id',
      'process.pid',
      'process.executable',
      'process.name',
      'sekoiaio.process.guid',
    ) !== undefined
  );
}

/** The module, data set, agent or provider a document comes from: one sensor, one channel. */
function originOf(record: VendorRecord): string {
  const name = textAt(
    record,
    'event.module',
    'data_stream.dataset',
    'event.dataset',
    'agent.type',
    'event.provider',
  );
  return name === undefined ? 'unnamed' : name.slice(0, 60);
}
