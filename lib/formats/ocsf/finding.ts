import type { NormalisedRecord } from '../../events/record';
import { event, ignored, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { joined, severityOf } from '../vendorValues';
import { enumAt, nameAt, objectAt, objectsAt, timeAt } from './ocsfValues';
import { actorOf, putParent, putProcess, putUserOf } from './process';
import { putConnection, putFile, putQuery } from './subjects';

/**
 * The pieces of evidence of a finding that name a process, else those that name a file, each as a finding of its
 * own. Undefined when there are not several.
 */
export function splitFinding(record: VendorRecord): readonly VendorRecord[] | undefined {
  const evidences = objectsAt(record, 'evidences');
  const processes = evidences.filter((one) => processOf(one) !== undefined);
  const telling =
    processes.length > 0 ? processes : evidences.filter((one) => objectAt(one, 'file') !== undefined);
  return telling.length < 2 ? undefined : telling.map((one) => ({ ...record, evidences: [one] }));
}

/** An alert of the finding's machine, about the process and the file of its evidence or, before 1.1, its own. */
export function normaliseFinding(record: VendorRecord, name: string, channel: string): NormalisedRecord {
  const evidences = objectsAt(record, 'evidences');
  const evidence =
    evidences.find((one) => processOf(one) !== undefined) ??
    evidences.find((one) => objectAt(one, 'file') !== undefined) ??
    evidences[0] ??
    {};
  const device = objectAt(record, 'device') ?? objectAt(evidence, 'device') ?? {};
  const host = nameAt(device, 'hostname', 'name');
  const deviceId = nameAt(device, 'uid', 'instance_uid');
  if (host === undefined && deviceId === undefined) return ignored(`OCSF ${name} without a device`);
  const time = timeAt(record, 'time');
  const draft = startEvent({ kind: 'alert', host, deviceId, time, channel: `${channel}/Alerts`, code: name });
  if (typeof draft === 'string') return quarantined(`OCSF ${draft}`);
  const holder = processOf(evidence) === undefined ? record : evidence;
  const process = processOf(holder);
  putProcess(draft, process);
  putParent(draft, process === undefined ? undefined : objectAt(process, 'parent_process'));
  const user = process === undefined ? undefined : objectAt(process, 'user');
  putUserOf(
    draft,
    user,
    objectAt(holder, 'actor.user'),
    objectAt(evidence, 'user'),
    objectAt(record, 'user'),
  );
  putFile(draft, objectAt(evidence, 'file') === undefined ? record : evidence);
  putConnection(draft, evidence);
  putQuery(draft, evidence);
  put(
    draft,
    'rule.name',
    nameAt(record, 'finding_info.title', 'finding.title', 'finding_info.analytic.name', 'message'),
  );
  put(draft, 'rule.id', nameAt(record, 'finding_info.analytic.uid', 'rule.uid', 'analytic.uid'));
  put(draft, 'event.id', nameAt(record, 'finding_info.uid', 'finding.uid', 'metadata.uid'));
  put(draft, 'event.url', nameAt(record, 'finding_info.src_url', 'finding.src_url'));
  put(draft, 'message', nameAt(record, 'finding_info.desc', 'finding.desc', 'message'));
  const severity = SEVERITY[enumAt(record, 'severity_id') ?? 0] ?? severityOf(nameAt(record, 'severity'));
  put(draft, 'event.severity', severity);
  putAttacks(draft, record);
  return event(draft);
}

/** Informational 1, low 2, medium 3, high 4, critical 5, fatal 6. */
const SEVERITY: readonly (number | undefined)[] = [undefined, 1, 21, 47, 73, 99, 99];

function processOf(holder: VendorRecord): VendorRecord | undefined {
  return objectAt(holder, 'process') ?? actorOf(holder);
}

function putAttacks(draft: Parameters<typeof put>[0], record: VendorRecord): void {
  const attacks = [...objectsAt(record, 'finding_info.attacks'), ...objectsAt(record, 'attacks')];
  const techniques = attacks.flatMap((one) => [
    nameAt(one, 'technique.uid'),
    nameAt(one, 'sub_technique.uid'),
  ]);
  const tactics = attacks.flatMap((one) => [
    nameAt(one, 'tactic.name'),
    ...objectsAt(one, 'tactics').map((tactic) => nameAt(tactic, 'name')),
  ]);
  put(draft, 'threat.technique.id', joined(techniques));
  put(draft, 'threat.tactic.name', joined(tactics));
}
