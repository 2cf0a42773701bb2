import type { Micros } from '../base/time';
import type { EventKind } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import { putAccount, putParent, putProcess } from './cortex/actors';
import { codeOf, kindOf, timeOf, typeOf } from './cortex/eventTypes';
import { putSubjects } from './cortex/subjects';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { anyTime, at, severityOf, textAt, textOf } from './vendorValues';

/** Palo Alto Cortex XDR: alerts of the API with their events, and queries of the endpoint data set (XQL). */
export const cortexXdr: ExportFormat = {
  id: 'cortex-xdr',
  title: 'Palo Alto Cortex XDR alerts and endpoint data (JSON, CSV, TSV)',
  layouts: ['json', 'csv'],
  shape: 'actor_process_* with event_type, or alert_id with detection_timestamp',
  fits: (record) => isAlert(record) || isEvent(record) || repliedIn(record) !== undefined,
  marks: ['actor_process_', 'event_type'],
  split,
  normalise,
};

const CHANNEL = 'Cortex XDR';

function isAlert(record: VendorRecord): boolean {
  return (
    record.alert_id !== undefined && record.detection_timestamp !== undefined && record.severity !== undefined
  );
}

function isEvent(record: VendorRecord): boolean {
  if (record.event_type === undefined) return false;
  return EVENT_MEMBERS.some((name) => record[name] !== undefined);
}

const EVENT_MEMBERS = [
  'actor_process_image_name',
  'actor_process_image_path',
  'actor_process_instance_id',
  'action_process_image_name',
  'action_process_image_path',
  'causality_actor_process_image_name',
];

/** The records in an answer of the API: alerts, or rows of a query. */
function repliedIn(record: VendorRecord): readonly VendorRecord[] | undefined {
  const list = at(record, 'reply.alerts') ?? at(record, 'reply.results.data');
  if (!Array.isArray(list)) return undefined;
  const records = list.filter(isObject);
  return records.some((one) => isAlert(one) || isEvent(one)) ? records : undefined;
}

/** An answer of the API into its records, and an alert of several events into one alert for each that names a process. */
function split(record: VendorRecord): readonly VendorRecord[] | undefined {
  const replied = repliedIn(record);
  if (replied !== undefined) return replied.flatMap((one) => split(one) ?? [one]);
  if (!isAlert(record) || !Array.isArray(record.events)) return undefined;
  const events = record.events.filter((one) => isObject(one) && isEvent(one));
  return events.length < 2 ? undefined : events.map((one) => ({ ...record, events: [one] }));
}

function normalise(record: VendorRecord): NormalisedRecord {
  if (isAlert(record)) return alert(record);
  const kind = kindOf(record);
  const code = codeOf(record);
  if (kind === undefined) return ignored(`Cortex XDR ${code}`);
  const draft = start(record, kind, code, timeOf(record), CHANNEL);
  if (typeof draft === 'string') return quarantined(`Cortex XDR ${draft}`);
  if (!putProcesses(draft, record, kind))
    return quarantined(`Cortex XDR ${code}: names no process (no instance id, pid or image)`);
  putSubjects(draft, record);
  return event(draft);
}

/** Of a process that started, it and, as its parent, the one that acted; of one that ended, it; else the one that acted. */
function putProcesses(draft: OpenDraft, record: VendorRecord, kind: EventKind): boolean {
  const started = kind === 'process_start';
  const subject = (started || kind === 'process_end') && putProcess(draft, record, 'action');
  putAccount(draft, record, subject);
  if (!subject) return putProcess(draft, record, 'actor');
  if (started) putParent(draft, record, 'actor');
  return true;
}

function start(
  record: VendorRecord,
  kind: OpenDraft['kind'],
  code: string,
  time: Micros | undefined,
  channel: string,
): OpenDraft | string {
  const host = textAt(record, 'agent_hostname', 'host_name', 'agent_fqdn');
  return startEvent({ kind, host, deviceId: textAt(record, 'agent_id', 'endpoint_id'), time, channel, code });
}

/** An alert, at the time of its event, about that event's process. */
function alert(record: VendorRecord): NormalisedRecord {
  const list = Array.isArray(record.events) ? record.events : [];
  const first: unknown = list.find((one) => isObject(one) && isEvent(one)) ?? list[0];
  const inner: VendorRecord = isObject(first) ? first : record;
  const code = textAt(record, 'source', 'category') ?? 'alert';
  if (textAt(record, 'host_name', 'agent_fqdn', 'endpoint_id', 'agent_hostname') === undefined)
    return ignored(`Cortex XDR ${code} alert without a host`);
  const time = timeOf(inner) ?? anyTime(record.detection_timestamp);
  const draft = start(record, 'alert', code, time, `${CHANNEL}/Alerts`);
  if (typeof draft === 'string') return quarantined(`Cortex XDR alert: ${draft}`);
  putProcesses(draft, inner, typeOf(inner) === 'PROCESS' ? 'process_start' : 'alert');
  putSubjects(draft, inner);
  put(draft, 'rule.name', textAt(record, 'name'));
  put(draft, 'rule.id', textAt(record, 'matching_service_rule_id'));
  put(draft, 'event.id', textAt(record, 'alert_id'));
  put(draft, 'event.url', textAt(record, 'alert_link', 'xdr_url'));
  put(draft, 'event.severity', severityOf(textAt(record, 'severity')?.replace(/^SEV_\d+_/i, '')));
  put(draft, 'message', textAt(record, 'description'));
  put(draft, 'threat.technique.id', listed(record.mitre_technique_id_and_name, 0));
  put(draft, 'threat.tactic.name', listed(record.mitre_tactic_id_and_name, 1));
  return event(draft);
}

/** Of `T1059 - Command and Scripting Interpreter` the id (part 0) or the name (part 1), of a list or a text with commas. */
function listed(value: unknown, part: 0 | 1): string | undefined {
  const texts = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
  const parts = texts
    .flatMap((text) => text?.split(/,(?=\s*TA?\d)/) ?? [])
    .flatMap((text) => {
      const at = text.indexOf(' - ');
      return at < 0 ? [text.trim()] : [(part === 0 ? text.slice(0, at) : text.slice(at + 3)).trim()];
    });
  return parts.length === 0 ? undefined : [...new Set(parts)].join(';');
}
