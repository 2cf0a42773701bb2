import type { Micros } from '../../base/time';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { countOf, digestOf, textAt, textOf } from '../vendorValues';
import type { EvidenceFile, EvidenceProcess, EvidenceUser, Maybe } from './evidence';
import { listOf, pathOf } from './row';
import { readTime } from './rowTime';

/**
 * Names of one thing in the three interfaces, newest first: Graph security alerts_v2, Defender XDR incidents
 * (api.security.microsoft.com), Defender for Endpoint alerts (api.securitycenter.microsoft.com).
 */
const NAMES = {
  id: ['id', 'alertId', 'providerAlertId'],
  first: ['firstActivityDateTime', 'firstActivity', 'firstEventTime'],
  last: ['lastActivityDateTime', 'lastActivity', 'lastEventTime'],
  created: ['createdDateTime', 'creationTime', 'alertCreationTime'],
} as const;

/** A machine that an alert names. */
type AlertDevice = { readonly id: Maybe<string>; readonly name: Maybe<string> };

/** The alert's own id. */
export function alertId(alert: VendorRecord): string | undefined {
  return textAt(alert, ...NAMES.id);
}

/**
 * When it happened: the first activity, or the start of the process it is about if that came later (the alert
 * was raised again by it), or else when the alert was made.
 */
export function alertTime(alert: VendorRecord, process: EvidenceProcess | undefined): Micros | undefined {
  const first = timeAt(alert, NAMES.first);
  const last = timeAt(alert, NAMES.last);
  const start = process?.start;
  if (start !== undefined && first !== undefined && last !== undefined && start > first && start <= last)
    return start;
  return first ?? timeAt(alert, NAMES.created) ?? last;
}

function timeAt(alert: VendorRecord, names: readonly string[]): Micros | undefined {
  for (const name of names) {
    const time = readTime(alert[name]);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** Its pieces of evidence; some collectors write a single one without a list. */
export function evidenceOf(alert: VendorRecord): readonly VendorRecord[] {
  return listOf(alert.evidence ?? alert.entities).filter(isObject);
}

/** What a piece of evidence is, lower case: `process`, `file`, `device`, `user`, `registrykey`, … */
export function evidenceKind(item: VendorRecord): string {
  const type = textOf(item['@odata.type']);
  if (type === undefined) return (textOf(item.entityType) ?? '').toLowerCase();
  return type
    .slice(type.lastIndexOf('.') + 1)
    .replace(/Evidence$/, '')
    .toLowerCase();
}

/** The machines it names, each once. */
export function devicesOf(alert: VendorRecord): readonly AlertDevice[] {
  const found: AlertDevice[] = [];
  const add = (id: string | undefined, name: string | undefined): void => {
    if (id === undefined && name === undefined) return;
    if (!found.some((one) => (id !== undefined ? one.id === id : one.name === name)))
      found.push({ id, name });
  };
  for (const item of evidenceOf(alert))
    if (evidenceKind(item) === 'device') add(textOf(item.mdeDeviceId), deviceName(item));
  for (const item of listOf(alert.devices))
    if (isObject(item)) add(textAt(item, 'mdatpDeviceId', 'mdeDeviceId'), deviceName(item));
  add(textOf(alert.machineId), textOf(alert.computerDnsName));
  return found;
}

/** The machine a piece of evidence is from; undefined when several are named and it says nothing. */
export function deviceOf(alert: VendorRecord, item: VendorRecord | undefined): AlertDevice | undefined {
  const devices = devicesOf(alert);
  const id = item === undefined ? undefined : textAt(item, 'mdeDeviceId', 'deviceId');
  if (id !== undefined) return devices.find((one) => one.id === id) ?? { id, name: undefined };
  return devices.length === 1 ? devices[0] : undefined;
}

function deviceName(item: VendorRecord): string | undefined {
  return textAt(item, 'deviceDnsName', 'hostName', 'computerDnsName');
}

/** A process that is evidence, in Graph's shape or the flat one of the older interfaces. */
export function processOf(item: VendorRecord): EvidenceProcess {
  const image = isObject(item.imageFile) ? fileDetails(item.imageFile) : fileDetails(item);
  const parent = isObject(item.parentProcessImageFile)
    ? fileDetails(item.parentProcessImageFile).path
    : pathOf(textOf(item.parentProcessFilePath), textOf(item.parentProcessFileName));
  return {
    pid: countOf(item.processId),
    start: readTime(item.processCreationDateTime ?? item.processCreationTime),
    commandLine: textOf(item.processCommandLine),
    image,
    parentPid: countOf(item.parentProcessId),
    parentStart: readTime(item.parentProcessCreationDateTime ?? item.parentProcessCreationTime),
    parentPath: parent,
    parentCommandLine: undefined,
    user: userOf(item),
  };
}

/** A file that is evidence. */
export function fileOf(item: VendorRecord): EvidenceFile {
  return fileDetails(isObject(item.fileDetails) ? item.fileDetails : item);
}

function fileDetails(file: VendorRecord): EvidenceFile {
  return {
    path: pathOf(textOf(file.filePath), textOf(file.fileName)),
    sha256: digestOf(file.sha256, 64),
    sha1: digestOf(file.sha1, 40),
    md5: digestOf(file.md5, 32),
    signer: textAt(file, 'signer', 'filePublisher'),
  };
}

/** The account of a piece of evidence; undefined where it names none. */
export function userOf(item: VendorRecord): EvidenceUser | undefined {
  const account = isObject(item.userAccount) ? item.userAccount : item;
  const name = textAt(account, 'accountName', 'userPrincipalName', 'userName');
  const sid = textOf(account.userSid);
  if (name === undefined && sid === undefined) return undefined;
  return { name, domain: textOf(account.domainName), sid };
}
