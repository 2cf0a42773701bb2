import type { NormalisedRecord } from '../../events/record';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { anyTime, at, countAt, textAt, textOf } from '../vendorValues';
import { type AlertFacts, type AlertProcess, severityFrom, toAlert } from './alertEvent';
import { idInAlert, joinPath, processIdOf, timeOf } from './fields';
import { leadAlert } from './lead';

/** Alerts of the API (snake_case): v2, one behaviour each, and the lead. */
export function normaliseApiAlert(record: VendorRecord): NormalisedRecord {
  const type = textAt(record, 'type', 'product') ?? 'alert';
  if (Array.isArray(record.threatgraph_indicators)) return toAlert(leadAlert(type, record));
  const device = {
    host: textAt(record, 'device.hostname', 'source_endpoint_host_name', 'source_hosts', 'host_names'),
    deviceId: textAt(record, 'device.device_id', 'source_endpoint_sensor_id') ?? agentOf(record),
  };
  return toAlert({
    ...behaviour(record),
    ...device,
    code: type,
    time: timeOf(record, 'timestamp', 'context_timestamp', 'created_timestamp'),
    id: textAt(record, 'composite_id', 'id'),
    user: textAt(record, 'user_name', 'source_account_name'),
    domain: textAt(record, 'logon_domain', 'source_account_domain'),
    userId: textAt(record, 'user_id', 'source_account_object_sid'),
  });
}

/** A detection of the former Detects API, split to one behaviour; without any it is about the host. */
export function normaliseDetection(record: VendorRecord): NormalisedRecord {
  const first: unknown = Array.isArray(record.behaviors) ? record.behaviors[0] : undefined;
  const one = isObject(first) ? first : {};
  const facts = behaviour(one);
  return toAlert({
    ...facts,
    code: 'detection',
    host: textAt(record, 'device.hostname', 'hostname'),
    deviceId: textAt(record, 'device.device_id') ?? textOf(one.device_id),
    time: timeOf(one, 'timestamp') ?? timeOf(record, 'first_behavior', 'created_timestamp'),
    title: facts.title ?? textOf(record.max_severity_displayname),
    id: textOf(record.detection_id),
    severity:
      facts.severity ?? severityFrom(textOf(record.max_severity_displayname), record.max_severity, 100),
  });
}

/** Of an alert about a user or a cloud account, agent_id is the sensor that saw it, not the machine it is about. */
function agentOf(record: VendorRecord): string | undefined {
  const onEndpoint = ['process_id', 'cmdline', 'filepath', 'device'].some(
    (name) => record[name] !== undefined,
  );
  return onEndpoint ? textOf(record.agent_id) : undefined;
}

/** What an alert and a behaviour have in common. */
function behaviour(fields: VendorRecord): Omit<AlertFacts, 'code' | 'host' | 'deviceId' | 'time' | 'id'> {
  const process = processOf(fields);
  const path = joinPath(textOf(fields.filepath), textOf(fields.filename));
  return {
    title: textAt(fields, 'display_name', 'name') ?? viaTechnique(fields),
    message: textOf(fields.description),
    ruleId: textAt(fields, 'pattern_id', 'behavior_id'),
    url: textOf(fields.falcon_host_link),
    severity: severityFrom(textOf(fields.severity_name), fields.severity, 100),
    techniques: [fields.technique_id, ...attacks(fields, 'technique_id')],
    tactics: [fields.tactic, ...attacks(fields, 'tactic')],
    user: textOf(fields.user_name),
    userId: textOf(fields.user_id),
    process,
    parent: parentOf(fields),
    file: process === undefined ? { path, sha256: fields.sha256 } : associatedFile(fields),
    ioc: { type: textOf(fields.ioc_type), value: textOf(fields.ioc_value) },
  };
}

/** The console's way to name a behaviour that has no name. */
function viaTechnique(fields: VendorRecord): string | undefined {
  const [tactic, technique] = [textOf(fields.tactic), textOf(fields.technique)];
  return tactic === undefined || technique === undefined
    ? (technique ?? tactic)
    : `${tactic} via ${technique}`;
}

function attacks(fields: VendorRecord, name: string): readonly unknown[] {
  const list = fields.mitre_attack;
  return Array.isArray(list) ? list.filter(isObject).map((one) => one[name]) : [];
}

function processOf(fields: VendorRecord): AlertProcess | undefined {
  const id =
    processIdOf(fields.process_id) ??
    processIdOf(fields.triggering_process_graph_id) ??
    idInAlert(textOf(fields.composite_id));
  const commandLine = textOf(fields.cmdline);
  const pid = countAt(fields, 'local_process_id');
  if (id === undefined && commandLine === undefined && pid === undefined) return undefined;
  return {
    id,
    pid,
    commandLine,
    image: joinPath(textOf(fields.filepath), textOf(fields.filename)),
    start: anyTime(fields.process_start_time),
    sha256: fields.sha256,
    sha1: fields.sha1,
    md5: fields.md5,
  };
}

/** v2 tells the parent whole, v1 its graph id and command line. */
function parentOf(fields: VendorRecord): AlertProcess {
  const graph =
    at(fields, 'parent_details.process_graph_id') ?? at(fields, 'parent_details.parent_process_graph_id');
  return {
    id:
      processIdOf(at(fields, 'parent_details.process_id')) ??
      processIdOf(fields.parent_process_id) ??
      processIdOf(graph),
    pid: countAt(fields, 'parent_details.local_process_id'),
    image: joinPath(textAt(fields, 'parent_details.filepath'), textAt(fields, 'parent_details.filename')),
    commandLine: textAt(fields, 'parent_details.cmdline', 'parent_details.parent_cmdline'),
  };
}

/** A file the alert is about beside the process's image: what it wrote or loaded. The first of several. */
function associatedFile(fields: VendorRecord): AlertFacts['file'] {
  const list = fields.associated_files;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isObject(first) ? { path: textOf(first.filepath), sha256: first.sha256 } : undefined;
}
