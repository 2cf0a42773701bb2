import type { Micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, putUser, quarantined, startEvent } from '../eventDraft';
import { digestOf, joined, severityOf, textOf } from '../vendorValues';

/** What any of Falcon's alerts says, whichever interface it came through; absent is undefined. */
export type AlertFacts = {
  /** The kind of alert in the vendor's words, e.g. `EppDetectionSummaryEvent`, `ldt`. */
  readonly code: string;
  readonly host: string | undefined;
  readonly deviceId: string | undefined;
  readonly time: Micros | undefined;
  readonly title: string | undefined;
  readonly message: string | undefined;
  readonly ruleId: string | undefined;
  readonly id: string | undefined;
  readonly url: string | undefined;
  /** ECS's number, see severityFrom. */
  readonly severity: number | undefined;
  readonly techniques: unknown;
  readonly tactics: unknown;
  readonly user: string | undefined;
  readonly domain?: string | undefined;
  readonly userId?: string | undefined;
  readonly process: AlertProcess | undefined;
  readonly parent: AlertProcess | undefined;
  /** A file other than the process's image. */
  readonly file?: { readonly path: string | undefined; readonly sha256?: unknown } | undefined;
  readonly ioc?: { readonly type: string | undefined; readonly value: string | undefined } | undefined;
};

/** A process as an alert tells it. */
export type AlertProcess = {
  readonly id: EntityId | undefined;
  readonly pid?: number | undefined;
  readonly image: string | undefined;
  readonly commandLine: string | undefined;
  /** Whole seconds: Falcon's alerts have no finer start. */
  readonly start?: Micros | undefined;
  readonly sha256?: unknown;
  readonly sha1?: unknown;
  readonly md5?: unknown;
};

/** Alerts are a stream of their own: they can be exported without the sensor's events. */
const CHANNEL = 'CrowdStrike Falcon/Alerts';

/**
 * Makes an alert's event. One that names neither host nor process nor file (it is about a cloud account, a user)
 * is nothing an endpoint did: ignored.
 */
export function toAlert(facts: AlertFacts): NormalisedRecord {
  const { code, time } = facts;
  const deviceId = facts.deviceId ?? (facts.process === undefined ? undefined : sensorIn(facts.id));
  const onEndpoint = facts.host ?? deviceId ?? facts.process ?? facts.file?.path;
  if (onEndpoint === undefined) return ignored(`${code} (no endpoint)`);
  const draft = startEvent({ kind: 'alert', host: facts.host, deviceId, time, channel: CHANNEL, code });
  if (typeof draft === 'string') return quarantined(draft);
  draft['rule.name'] = facts.title ?? facts.message ?? code;
  put(draft, 'message', facts.message);
  put(draft, 'rule.id', facts.ruleId);
  put(draft, 'event.id', facts.id);
  put(draft, 'event.url', facts.url);
  put(draft, 'event.severity', facts.severity);
  put(draft, 'threat.technique.id', joined(attackIds(facts.techniques)));
  put(draft, 'threat.tactic.name', joined(facts.tactics));
  putUser(draft, facts.user);
  put(draft, 'user.domain', facts.domain);
  put(draft, 'user.id', facts.userId);
  if (facts.process !== undefined) setProcess(draft, facts.process);
  setParent(draft, facts.parent);
  put(draft, 'file.path', facts.file?.path);
  put(draft, 'file.hash.sha256', digestOf(facts.file?.sha256, 64));
  setIndicator(draft, facts.ioc);
  return event(draft);
}

/** The sensor's id within the id of an alert about a process: `<cid>:ind:<aid>:…`, `ldt:<aid>:…`. */
function sensorIn(id: string | undefined): string | undefined {
  return /(?:^|:)(?:ind|ldt):([0-9a-f]{32}):/i.exec(id?.slice(0, 200) ?? '')?.[1];
}

function setProcess(draft: OpenDraft, process: AlertProcess): void {
  put(draft, 'process.entity_id', process.id);
  put(draft, 'process.pid', process.pid);
  put(draft, 'process.executable', process.image);
  put(draft, 'process.command_line', process.commandLine);
  put(draft, 'process.start', process.start);
  put(draft, 'process.hash.sha256', digestOf(process.sha256, 64));
  put(draft, 'process.hash.sha1', digestOf(process.sha1, 40));
  put(draft, 'process.hash.md5', digestOf(process.md5, 32));
}

function setParent(draft: OpenDraft, parent: AlertProcess | undefined): void {
  put(draft, 'process.parent.entity_id', parent?.id);
  put(draft, 'process.parent.pid', parent?.pid);
  put(draft, 'process.parent.executable', parent?.image);
  put(draft, 'process.parent.command_line', parent?.commandLine);
}

/** What a custom or intelligence indicator matched, where it is an address or a name: the first of a list. */
function setIndicator(draft: OpenDraft, ioc: AlertFacts['ioc']): void {
  const value = ioc?.value?.split(',', 1)[0]?.trim();
  if (value === undefined || value === '') return;
  if (ioc?.type === 'domain') draft['destination.domain'] = value;
  else if (ioc?.type === 'ipv4' || ioc?.type === 'ipv6') draft['destination.ip'] = value;
}

/** Falcon's own techniques (`CST0007`) stand in the same fields as ATT&CK's. */
function attackIds(techniques: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(techniques) ? techniques : [techniques];
  return list.map(textOf).filter((id) => id !== undefined && /^T\d{4}/.test(id)) as readonly string[];
}

/**
 * ECS's severity from Falcon's word, else from its number: 0 to 100 in steps of 20, or 1 to 5 where `steps` is 5
 * (legacy detections).
 */
export function severityFrom(word: string | undefined, number: unknown, steps: 5 | 100): number | undefined {
  const known = severityOf(word);
  if (known !== undefined) return known;
  const text = textOf(number);
  if (text === undefined || !/^\d{1,3}$/.test(text)) return undefined;
  const level = steps === 5 ? Number(text) - 1 : Math.floor(Number(text) / 20);
  return SEVERITIES[Math.min(Math.max(level, 0), SEVERITIES.length - 1)];
}

const SEVERITIES = [1, 21, 47, 73, 99] as const;
