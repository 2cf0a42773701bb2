import type { EventKind } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import { event, ignored, type OpenDraft, quarantined, startEvent } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { CLASSES, DETECTIONS, INVENTORIES } from './ocsf/classes';
import { normaliseFinding, splitFinding } from './ocsf/finding';
import { enumAt, nameAt, objectAt, timeAt } from './ocsf/ocsfValues';
import { actorOf, putParent, putProcess, putSession, putUserOf } from './ocsf/process';
import { putSubject } from './ocsf/subjects';
import { at } from './vendorValues';

/** The Open Cybersecurity Schema Framework, 1.0 to 1.6, of any product, as JSON. */
export const ocsf: ExportFormat = {
  id: 'ocsf',
  title: 'OCSF 1.x (JSON)',
  layouts: ['json'],
  shape: 'class_uid beside metadata',
  fits,
  marks: ['"class_uid"', '"metadata"'],
  split: (record) => (DETECTIONS.has(enumAt(record, 'class_uid') ?? 0) ? splitFinding(record) : undefined),
  normalise,
};

function fits(record: VendorRecord): boolean {
  return (
    enumAt(record, 'class_uid') !== undefined &&
    (objectAt(record, 'metadata') !== undefined ||
      at(record, 'metadata.version') !== undefined ||
      at(record, 'type_uid') !== undefined)
  );
}

function normalise(record: VendorRecord): NormalisedRecord {
  const number = enumAt(record, 'class_uid') ?? 0;
  const known = CLASSES.get(number);
  const name =
    known?.name ??
    nameAt(record, 'class_name', 'classname') ??
    FINDING_NAMES.get(number) ??
    `class ${number}`;
  const channel = channelOf(record);
  if (DETECTIONS.has(number)) return normaliseFinding(record, name, channel);
  if (INVENTORIES.has(number)) return inventory(record, name);
  const kind = known === undefined ? undefined : kindOf(record, known.kinds);
  const code = `${name}: ${activityOf(record)}`;
  if (known === undefined) return ignored(`OCSF ${name}`);
  if (kind === undefined) return ignored(`OCSF ${code}`);
  const device = objectAt(record, 'device') ?? {};
  const host = nameAt(device, 'hostname', 'name');
  const deviceId = nameAt(device, 'uid', 'instance_uid');
  const actor = actorOf(record);
  if (known.network === true && (actor === undefined || (host ?? deviceId) === undefined))
    return ignored(`OCSF ${name} without a process or device`);
  const logonHost = kind === 'logon' ? nameAt(record, 'dst_endpoint.hostname') : undefined;
  if (kind === 'logon' && (host ?? deviceId ?? logonHost) === undefined)
    return ignored(`OCSF ${name} without a device`);
  const draft = startEvent({
    kind,
    host: host ?? logonHost,
    deviceId,
    time: timeAt(record, 'time'),
    channel,
    code,
  });
  if (typeof draft === 'string') return quarantined(`OCSF ${draft}`);
  const named = kind === 'process_start' ? putStart(draft, record) : putActor(draft, record, kind);
  if (!named && kind !== 'logon') return quarantined(`OCSF ${code}: names no process (no uid, pid or file)`);
  putSubject(draft, record);
  return event(draft);
}

const FINDING_NAMES: ReadonlyMap<number, string> = new Map([
  [2001, 'Security Finding'],
  [2004, 'Detection Finding'],
]);

/** A process that started: `process`, with its parent or, for want of it, the actor that launched it. */
function putStart(draft: OpenDraft, record: VendorRecord): boolean {
  const process = objectAt(record, 'process');
  const actor = objectAt(record, 'actor.process');
  const named = putProcess(draft, process);
  if (process === undefined) return named;
  putParent(draft, objectAt(process, 'parent_process'), actor);
  putUserOf(
    draft,
    objectAt(process, 'user'),
    objectAt(record, 'actor.user'),
    actor === undefined ? undefined : objectAt(actor, 'user'),
  );
  putSession(draft, process, objectAt(record, 'actor'));
  return named;
}

/** The process that acted, or ended. */
function putActor(draft: OpenDraft, record: VendorRecord, kind: EventKind): boolean {
  const ended = kind === 'process_end' ? objectAt(record, 'process') : undefined;
  const process = ended ?? actorOf(record);
  const named = putProcess(draft, process);
  putParent(draft, process === undefined ? undefined : objectAt(process, 'parent_process'));
  const own = process === undefined ? undefined : objectAt(process, 'user');
  if (kind === 'logon') {
    putUserOf(draft, objectAt(record, 'user'), objectAt(record, 'actor.user'));
    putSession(draft, record);
  } else {
    putUserOf(draft, own, objectAt(record, 'actor.user'));
    putSession(draft, process, objectAt(record, 'actor'));
  }
  return named;
}

/** The kind of the activity. A logon that failed is none. */
function kindOf(record: VendorRecord, kinds: ReadonlyMap<number, EventKind>): EventKind | undefined {
  const kind = kinds.get(activityNumber(record));
  return kind === 'logon' && enumAt(record, 'status_id') === 2 ? undefined : kind;
}

function activityNumber(record: VendorRecord): number {
  const number = enumAt(record, 'activity_id');
  if (number !== undefined) return number;
  const type = enumAt(record, 'type_uid');
  return type === undefined ? 0 : type % 100;
}

function activityOf(record: VendorRecord): string {
  const failed = enumAt(record, 'class_uid') === 3002 && enumAt(record, 'status_id') === 2 ? ' failed' : '';
  return `${nameAt(record, 'activity_name') ?? String(activityNumber(record))}${failed}`;
}

/** `OCSF/` and the product that wrote the record. */
function channelOf(record: VendorRecord): string {
  const product =
    nameAt(record, 'metadata.product.name', 'metadata.product.vendor_name') ?? 'unnamed product';
  return `OCSF/${product.slice(0, 60)}`;
}

function inventory(record: VendorRecord, name: string): NormalisedRecord {
  const type = ignored(`OCSF ${name}`);
  const id = nameAt(record, 'device.uid')?.toLowerCase();
  const host = nameAt(record, 'device.hostname', 'device.name')?.toLowerCase();
  if (type.outcome !== 'ignored' || id === undefined || host === undefined) return type;
  return { ...type, device: { id, name: host } };
}
