import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { textAt } from '../vendorValues';
import { putAccount, putProcess } from './ecsProcess';
import { putConnection, putFile, putSubject } from './ecsSubjects';
import { putRule, putThreat, severityAt } from './ecsThreat';
import { ecsTime } from './ecsValues';

/** Names that a document's origin gives its events. */
export type EcsSource = {
  /** Channel of its telemetry, e.g. `Elastic Defend`. */
  readonly channel: string;
  /** What the ledger calls a document that is not used, before its action: `Elastic Defend api`. */
  readonly label: string;
};

/** The machine: by its name, else by what the agent on it calls itself. */
export function hostOf(record: VendorRecord): string | undefined {
  return textAt(record, 'host.name', 'host.hostname', 'agent.hostname');
}

/** The vendor's event type: the action, else what else says it. */
export function codeOf(record: VendorRecord): string {
  return textAt(record, 'event.action', 'event.code', 'event.type', 'event.category') ?? 'event';
}

/** What is recorded of the machine, whether or not the record names the process behind it. */
const PROCESSLESS: ReadonlySet<EventKind> = new Set(['logon', 'task_create', 'service_install']);

/** A document of telemetry as an event of this kind. */
export function telemetry(record: VendorRecord, kind: EventKind, source: EcsSource): NormalisedRecord {
  const draft = startEcs(record, kind, source.channel);
  if (typeof draft === 'string') return quarantined(`${source.label}: ${draft}`);
  const named = putProcess(draft, record);
  putAccount(draft, record, kind === 'logon' ? whoLoggedOn(record) : 'user');
  if (!named && !PROCESSLESS.has(kind)) {
    return quarantined(
      `${source.label} ${draft.code}: names no process (no process.entity_id, pid or executable)`,
    );
  }
  putSubject(draft, record);
  return event(draft);
}

/** Where the account that logged on stands: beside the one that asked for it, or alone. */
function whoLoggedOn(record: VendorRecord): string {
  const roots = ['user.effective', 'user.target'];
  return roots.find((root) => textAt(record, `${root}.name`) !== undefined) ?? 'user';
}

/** A document that is an alert of the sensor itself (`event.kind: alert`). */
export function sensorAlert(record: VendorRecord, source: EcsSource): NormalisedRecord {
  const host = hostOf(record) ?? textAt(record, 'host.id');
  if (host === undefined) return ignored(`${source.label} alert without a host`);
  const draft = startEcs(record, 'alert', `${source.channel}/Alerts`);
  if (typeof draft === 'string') return quarantined(`${source.label}: ${draft}`);
  putAlertSubjects(draft, record);
  putRule(draft, record);
  put(draft, 'event.url', textAt(record, 'event.url'));
  put(draft, 'event.severity', severityAt(record, 'event.severity', 'event.risk_score'));
  putThreat(draft, record, 'threat');
  put(draft, 'message', textAt(record, 'rule.description', 'event.reason', 'message'));
  return event(draft);
}

/** What an alert is about: its process (of an injection without one: the target's), file, connection and user. */
export function putAlertSubjects(draft: OpenDraft, record: VendorRecord): void {
  if (!putProcess(draft, record)) putProcess(draft, record, 'Target.process');
  putAccount(draft, record);
  putFile(draft, record);
  putConnection(draft, record);
  put(draft, 'dns.question.name', textAt(record, 'dns.question.name'));
  put(draft, 'registry.path', textAt(record, 'registry.path'));
  put(draft, 'dll.path', textAt(record, 'dll.path'));
}

/** Starts the event of a document at its own time; `time` where an alert has a better one. */
export function startEcs(
  record: VendorRecord,
  kind: EventKind,
  channel: string,
  time = ecsTime(record, '@timestamp', 'timestamp', 'event.created'),
): OpenDraft | string {
  const draft = startEvent({
    kind,
    host: hostOf(record),
    deviceId: textAt(record, 'host.id'),
    time,
    channel,
    code: kind === 'alert' ? (textAt(record, 'event.code') ?? codeOf(record)) : codeOf(record),
  });
  if (typeof draft !== 'string')
    put(draft, 'event.id', kind === 'alert' ? textAt(record, 'event.id') : undefined);
  return draft;
}
