import type { NormalisedRecord } from '../events/record';
import { apiKind, putApiCall } from './elastic/apiCalls';
import { codeOf, type EcsSource, hostOf, sensorAlert, telemetry } from './elastic/ecsEvent';
import { ecsKind } from './elastic/ecsKind';
import { wordsAt } from './elastic/ecsValues';
import { endpointStream, isEndpointDocument } from './elastic/recordShapes';
import { ignored } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { textAt } from './vendorValues';

/** Documents of Elastic Defend (Endpoint Security): from a search, elasticdump, or Kibana's CSV export. */
export const elasticEndpoint: ExportFormat = {
  id: 'elastic-endpoint',
  title: 'Elastic Defend events and alerts (JSON, Kibana CSV)',
  layouts: ['json', 'csv'],
  shape: 'an endpoint.* data set of Elastic Defend',
  fits: isEndpointDocument,
  marks: ['endpoint.', '"process', 'entity_id'],
  normalise,
};

const CHANNEL = 'Elastic Defend';

function normalise(record: VendorRecord): NormalisedRecord {
  const stream = endpointStream(record) ?? '';
  if (stream === 'alerts' || wordsAt(record, 'event.kind').includes('alert'))
    return sensorAlert(record, { channel: CHANNEL, label: CHANNEL });
  const name = stream.startsWith('events.') ? stream.slice('events.'.length) : stream;
  const label = name === '' ? CHANNEL : `${CHANNEL} ${name}`;
  if (stream !== '' && !stream.startsWith('events.')) return inventory(record, label);
  const source = { channel: CHANNEL, label };
  if (name === 'api') return apiCall(record, source);
  const kind = name === 'device' || name === 'heartbeat' ? undefined : ecsKind(record);
  if (kind === undefined) return ignored(`${label} ${codeOf(record)}`);
  return telemetry(record, kind, source);
}

/** Calls of the Windows API: a few have a kind; their categories (`process`) would mislead. */
function apiCall(record: VendorRecord, source: EcsSource): NormalisedRecord {
  const kind = apiKind(record);
  if (kind === undefined)
    return ignored(`${source.label} ${textAt(record, 'process.Ext.api.name') ?? codeOf(record)}`);
  const made = telemetry(record, kind, source);
  return made.outcome === 'event' ? { outcome: 'event', event: putApiCall(made.event, record) } : made;
}

/** What the agent says of itself (`metadata`, `metrics`, `policy`): no event, but the name of a machine. */
function inventory(record: VendorRecord, label: string): NormalisedRecord {
  const type = ignored(label);
  const id = textAt(record, 'host.id')?.toLowerCase();
  const name = hostOf(record)?.toLowerCase();
  if (type.outcome !== 'ignored' || id === undefined || name === undefined) return type;
  return { ...type, device: { id, name } };
}
