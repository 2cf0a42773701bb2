import type { NormalisedRecord } from '../../events/record';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { anyTime, textAt, textOf } from '../vendorValues';
import { type AlertFacts, type AlertProcess, severityFrom, toAlert } from './alertEvent';
import type { ExternalEvent } from './externalEvent';
import { idInAlert, ignoredWith, joinPath, processIdOf, timeOf } from './fields';
import { leadAlert } from './lead';
import { normaliseTelemetry } from './telemetry';

/** Events of Falcon's cloud in its own words (PascalCase): detections, incidents, leads; the rest by name. */
export function normaliseExternalEvent(external: ExternalEvent): NormalisedRecord {
  const { type, fields } = external;
  if (type === 'AutomatedLeadSummaryEvent') return toAlert(leadAlert(type, fields));
  if (type === 'IncidentSummaryEvent') return toAlert(incident(external));
  if (type === 'Vertex') return vertex(fields);
  if (type.endsWith('DetectionSummaryEvent') || type === 'CustomerIOCEvent')
    return toAlert(detection(external));
  return ignoredWith(type, textAt(fields, ...DEVICES), textAt(fields, ...HOSTS));
}

const HOSTS = [
  'ComputerName',
  'Hostname',
  'HostName',
  'HostnameField',
  'EndpointName',
  'SourceEndpointHostName',
  'HostNames',
] as const;
const DEVICES = [
  'SensorId',
  'AgentId',
  'AgentIdString',
  'DeviceId',
  'HostID',
  'SourceEndpointSensorId',
  'aid',
] as const;

function detection({ type, fields, created }: ExternalEvent): AlertFacts {
  const process = detectedProcess(fields);
  const mitre = Array.isArray(fields.MitreAttack) ? fields.MitreAttack.filter(isObject) : [];
  const own = joinPath(textOf(fields.FilePath), textOf(fields.FileName));
  const associated = textOf(fields.AssociatedFile);
  return {
    code: type,
    host: textAt(fields, ...HOSTS),
    deviceId: textAt(fields, ...DEVICES),
    time: timeOf(fields, 'ContextTimeStamp', 'UTCTimestamp') ?? anyTime(created) ?? timeOf(fields, ...LATER),
    title:
      textAt(fields, 'DetectName', 'Name', 'DisplayName') ??
      (type === 'CustomerIOCEvent' ? 'Custom indicator of compromise' : undefined),
    message: textAt(fields, 'DetectDescription', 'Description'),
    ruleId: textOf(fields.PatternId),
    id: textAt(fields, 'CompositeId', 'DetectId'),
    url: textOf(fields.FalconHostLink),
    severity: severityFrom(
      textOf(fields.SeverityName),
      fields.Severity,
      type === 'DetectionSummaryEvent' ? 5 : 100,
    ),
    techniques: [fields.TechniqueId, ...listOf(fields.TechniqueIds), ...mitre.map((one) => one.TechniqueID)],
    tactics: [fields.Tactic, ...listOf(fields.Tactics), ...mitre.map((one) => one.Tactic)],
    user: textAt(fields, 'UserName', 'SourceAccountName'),
    domain: textAt(fields, 'LogonDomain', 'SourceAccountDomain'),
    userId: textAt(fields, 'UserId', 'UserSid', 'SourceAccountObjectSid'),
    process,
    parent: parentOf(fields),
    // A scan found a file at rest: no process has to do with it.
    file: process === undefined ? { path: own, sha256: fields.SHA256String } : { path: associated },
    ioc: indicatorOf(fields),
  };
}

const LATER = ['timestamp', '@timestamp', 'ProcessStartTime'] as const;

/** Of a detection the matched indicator; a custom one stands in a field named for its kind. */
function indicatorOf(fields: VendorRecord): AlertFacts['ioc'] {
  const type = textOf(fields.IOCType);
  if (type !== undefined) return { type, value: textOf(fields.IOCValue) };
  const domain = textOf(fields.DomainName);
  return domain === undefined
    ? { type: 'ipv4', value: textAt(fields, 'IPv4', 'IPv6') }
    : { type: 'domain', value: domain };
}

/** Texts of a list that is written with commas. */
function listOf(value: unknown): readonly string[] {
  return textOf(value)?.split(',') ?? [];
}

/** A detection over several hosts (XDR) as one per host; undefined where there is at most one. */
export function splitHosts(fields: VendorRecord): readonly VendorRecord[] | undefined {
  const hosts = listOf(fields.HostNames);
  return hosts.length > 1 ? hosts.map((name) => ({ ...fields, HostNames: name.trim() })) : undefined;
}

function detectedProcess(fields: VendorRecord): AlertProcess | undefined {
  const id = processIdOf(fields.ProcessId) ?? idInAlert(textOf(fields.CompositeId));
  const commandLine = textOf(fields.CommandLine);
  if (id === undefined && commandLine === undefined && textOf(fields.ProcessId) === undefined)
    return undefined;
  return {
    id,
    commandLine,
    image: joinPath(textOf(fields.FilePath), textOf(fields.FileName)),
    start: timeOf(fields, 'ProcessStartTime'),
    sha256: fields.SHA256String,
    sha1: fields.SHA1String,
    md5: fields.MD5String,
  };
}

function parentOf(fields: VendorRecord): AlertProcess {
  return {
    id: processIdOf(fields.ParentProcessId),
    image: textAt(fields, 'ParentImageFilePath', 'ParentImageFileName'),
    commandLine: textOf(fields.ParentCommandLine),
  };
}

/** An incident is a group of detections that come as events of their own; it says the host and how bad. */
function incident({ type, fields, created }: ExternalEvent): AlertFacts {
  const incidentId = textOf(fields.IncidentID);
  return {
    code: type,
    host: textAt(fields, ...HOSTS),
    deviceId: textAt(fields, ...DEVICES),
    time: timeOf(fields, 'IncidentStartTime') ?? anyTime(created),
    title: incidentId === undefined ? undefined : 'CrowdStrike incident',
    message:
      incidentId === undefined ? undefined : `Incident ${incidentId}, ${textOf(fields.State) ?? 'open'}`,
    ruleId: undefined,
    id: incidentId,
    url: textOf(fields.FalconHostLink),
    severity: undefined,
    techniques: undefined,
    tactics: undefined,
    user: undefined,
    process: undefined,
    parent: undefined,
  };
}

/** A node of the threat graph that a collector fetched for a detection; a process has the sensor's own fields. */
function vertex(fields: VendorRecord): NormalisedRecord {
  const kind = textOf(fields.vertex_type) ?? 'unknown';
  const properties = fields.properties;
  if (kind !== 'process' || !isObject(properties)) return ignoredWith(`Vertex ${kind}`, undefined, undefined);
  return normaliseTelemetry({
    ...properties,
    event_simpleName: 'ProcessRollup2',
    aid: fields.device_id,
    TargetProcessId: processIdOf(fields.id),
    timestamp: fields.timestamp,
    id: undefined,
  });
}
