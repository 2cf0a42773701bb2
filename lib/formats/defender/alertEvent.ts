import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, putUser, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { severityOf, textAt, textOf } from '../vendorValues';
import {
  alertId,
  alertTime,
  deviceOf,
  devicesOf,
  evidenceKind,
  evidenceOf,
  fileOf,
  processOf,
  userOf,
} from './alert';
import { tacticsOf, techniquesOf } from './attack';
import { ALERTS } from './channels';
import { putEvidenceUser, putFile, putProcess } from './evidence';

/**
 * Makes an event of an alert about one thing (alertParts.ts cuts those about several): its process, else its
 * file, else the machine. One that names no machine (a mailbox, a cloud application) is ignored by its source.
 */
export function normaliseAlert(alert: VendorRecord): NormalisedRecord {
  const evidence = evidenceOf(alert);
  const first = (kind: string): VendorRecord | undefined =>
    evidence.find((item) => evidenceKind(item) === kind);
  const main = first('process') ?? first('file');
  const process = main !== undefined && evidenceKind(main) === 'process' ? processOf(main) : undefined;
  const device = deviceOf(alert, main);
  if (device === undefined && process === undefined && devicesOf(alert).length === 0)
    return ignored(`alert without a device (${textOf(alert.serviceSource) ?? 'unknown source'})`);
  const draft = startEvent({
    kind: 'alert',
    host: device?.name,
    deviceId: device?.id,
    time: alertTime(alert, process),
    channel: ALERTS,
    code: 'alert',
  });
  if (typeof draft === 'string')
    return quarantined(
      device === undefined ? 'alert: names several devices, or none, for its evidence' : draft,
    );
  putAlert(draft, alert);
  putContext(draft, alert, evidence);
  if (process !== undefined) putProcess(draft, process);
  else if (main !== undefined) putFile(draft, fileOf(main));
  return event(draft);
}

function putAlert(draft: OpenDraft, alert: VendorRecord): void {
  put(draft, 'event.id', alertId(alert));
  put(draft, 'event.url', textOf(alert.alertWebUrl));
  put(draft, 'event.severity', severityOf(textOf(alert.severity)));
  put(draft, 'rule.name', textAt(alert, 'title', 'alertDisplayName'));
  put(draft, 'rule.id', textAt(alert, 'detectorId', 'alertPolicyId'));
  put(draft, 'message', textOf(alert.description));
  put(draft, 'threat.technique.id', techniquesOf(alert.mitreTechniques));
  put(draft, 'threat.tactic.name', tacticsOf(alert.categories ?? alert.category));
}

/** What there is exactly one of is about this process or file too: an account, a URL, a registry value. */
function putContext(draft: OpenDraft, alert: VendorRecord, evidence: readonly VendorRecord[]): void {
  const only = (kinds: readonly string[]): VendorRecord | undefined => {
    const found = evidence.filter((item) => kinds.includes(evidenceKind(item)));
    return found.length === 1 ? found[0] : undefined;
  };
  const account = only(['user']);
  const user = account === undefined ? undefined : userOf(account);
  if (user !== undefined) putEvidenceUser(draft, user);
  else if (isObject(alert.relatedUser)) {
    put(draft, 'user.name', textOf(alert.relatedUser.userName));
    put(draft, 'user.domain', textOf(alert.relatedUser.domainName));
  } else if (typeof alert.relatedUser === 'string') putUser(draft, textOf(alert.relatedUser));
  // An address is not taken over: it may as well be the machine's own.
  put(draft, 'url.full', textOf(only(['url'])?.url));
  const registry = only(['registryvalue']) ?? only(['registrykey']);
  if (registry === undefined) return;
  const parts = [registry.registryHive, registry.registryKey, registry.registryValueName].map(textOf);
  put(draft, 'registry.path', parts.filter((part) => part !== undefined).join('\\') || undefined);
  put(draft, 'registry.data', textOf(registry.registryValue));
}
