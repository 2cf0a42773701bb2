import type { NormalisedRecord } from '../events/record';
import { event, ignored, quarantined, startEvent } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { normaliseAlert } from './harfanglab/alert';
import { namesAgent, RECORD_TYPES, typeOf } from './harfanglab/records';
import { isObject } from './jsonSink';
import { isoTime, textAt } from './vendorValues';
import { channelOf } from './windows/channels';
import { normaliseWindows } from './windows/normaliseWindows';
import { eventNumber } from './windows/windowsRecord';

/** HarfangLab EDR (Hurukai): telemetry, alerts and Windows events, from the connector or the API. */
export const harfanglab: ExportFormat = {
  id: 'harfanglab',
  title: 'HarfangLab EDR (JSON)',
  layouts: ['json'],
  shape: "HarfangLab's agent.agentid or log_type",
  fits,
  marks: ['"agentid"', '"@event_create_date"'],
  normalise,
};

const CHANNEL = 'HarfangLab';

function fits(record: VendorRecord): boolean {
  if (namesAgent(record)) return true;
  if (record.type === 'rtlogs' && record.rule_name !== undefined) return true;
  const type = record.log_type;
  if (typeof type !== 'string') return false;
  return (
    (RECORD_TYPES.has(type) || OTHER_TYPES.has(type)) &&
    OWN_MEMBERS.some((name) => record[name] !== undefined)
  );
}

const OTHER_TYPES: ReadonlySet<string> = new Set([
  'agent',
  'agentlog',
  'alert',
  'driverload',
  'eventlog',
  'threat',
]);
const OWN_MEMBERS = [
  '@event_create_date',
  'osproducttype',
  'agents',
  'alert_unique_id',
  'process_unique_id',
  'tenant',
];

function normalise(record: VendorRecord): NormalisedRecord {
  const type = typeOf(record);
  if (type === 'alert') return normaliseAlert(record);
  if (type === 'eventlog' || isObject(record.event_data)) return windowsEvent(record);
  if (type === 'agent' || type === 'agentlog' || type === 'threat') return inventory(record, type);
  const known = RECORD_TYPES.get(type);
  if (known === undefined) return ignored(`HarfangLab ${type}`);
  const kind = known.kind(record);
  const operation = textAt(record, 'operation', 'event_type', 'pipe_operation');
  const code = operation === undefined ? type : `${type} ${operation}`;
  if (kind === undefined) return ignored(`HarfangLab ${code}`);
  const draft = startEvent({
    kind,
    host: textAt(record, 'agent.hostname', 'hostname'),
    deviceId: textAt(record, 'agent.agentid', 'agent_id'),
    time: isoTime(record['@event_create_date']) ?? isoTime(record.utc_time) ?? isoTime(record['@timestamp']),
    channel: CHANNEL,
    code,
  });
  if (typeof draft === 'string') return quarantined(`HarfangLab ${draft}`);
  if (!known.fill(draft, record))
    return quarantined(`HarfangLab ${code}: names no process (no process_unique_id, pid or image)`);
  return event(draft);
}

/** A record of the Windows event log that the agent passed on: read as one, on that log's channel. */
function windowsEvent(record: VendorRecord): NormalisedRecord {
  const eventId = eventNumber(record.event_id);
  if (eventId === undefined) return quarantined('HarfangLab eventlog: no event_id');
  const date = textAt(record, 'event_date')?.replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3');
  return normaliseWindows({
    channel: channelOf(record.log_name, record.source_name),
    eventId,
    provider: record.source_name,
    host: textAt(record, 'agent.hostname', 'computer_name'),
    time: textAt(record, '@event_create_date') ?? date ?? textAt(record, '@timestamp'),
    recordId: record.record_number,
    data: isObject(record.event_data) ? record.event_data : {},
    message: undefined,
    writerPid: record.process_id,
    nxlog: false,
  });
}

/** What says which machines there are: no event, but the name of one. */
function inventory(record: VendorRecord, type: string): NormalisedRecord {
  const outcome = ignored(`HarfangLab ${type}`);
  const agents = Array.isArray(record.agents) && record.agents.length === 1 ? record.agents[0] : undefined;
  const holder: VendorRecord = isObject(agents) ? agents : record;
  const id = textAt(holder, 'agent.agentid', 'agent_id', ...(type === 'agent' ? ['id'] : []))?.toLowerCase();
  const name = textAt(holder, 'agent.hostname', 'agent_hostname', 'hostname')?.toLowerCase();
  if (outcome.outcome !== 'ignored' || id === undefined || name === undefined) return outcome;
  return { ...outcome, device: { id, name } };
}
