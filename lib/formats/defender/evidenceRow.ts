import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { countOf, digestOf, severityOf, textOf } from '../vendorValues';
import { tacticsOf, techniquesOf } from './attack';
import { ALERTS } from './channels';
import { type EntityGraph, readEntityGraph } from './entityGraph';
import { type EvidenceFile, type EvidenceUser, putEvidenceUser, putFile, putProcess } from './evidence';
import { cell, detailsOf, type HuntingRow, listOf, pathOf, timeOf } from './row';
import { readTime } from './rowTime';

/**
 * A row of AlertEvidence: one thing that an alert is about. A process, a file, a registry value or a machine
 * becomes an alert event on its host; all rows of an alert share the event.id. Users, addresses, mails and the
 * like are ignored by name: the machine's row stands for the alert where there is no process.
 */
export function normaliseEvidenceRow(row: HuntingRow): NormalisedRecord {
  const entity = cell(row, 'EntityType') ?? 'without EntityType';
  const set = SETTERS.get(entity.toLowerCase());
  const type = `AlertEvidence ${entity}`;
  if (set === undefined) return ignored(type);
  const graph = readEntityGraph(detailsOf(row));
  const host = cell(row, 'DeviceName') ?? hostName(graph.host);
  const deviceId = cell(row, 'DeviceId') ?? textOf(graph.host?.MachineId);
  // Attachments of mails and files in cloud storage are no endpoint's.
  if (host === undefined && deviceId === undefined && set !== setProcess)
    return ignored(`${type} without a device`);
  const draft = startEvent({
    kind: 'alert',
    host,
    deviceId,
    time: timeOf(row),
    channel: ALERTS,
    code: 'AlertEvidence',
  });
  if (typeof draft === 'string') return quarantined(draft);
  putAlert(draft, row);
  set(draft, row, graph);
  return event(draft);
}

function putAlert(draft: OpenDraft, row: HuntingRow): void {
  put(draft, 'event.id', cell(row, 'AlertId'));
  put(draft, 'rule.name', cell(row, 'Title'));
  put(draft, 'event.severity', severityOf(cell(row, 'Severity')));
  put(draft, 'threat.technique.id', techniquesOf(row.AttackTechniques));
  put(draft, 'threat.tactic.name', tacticsOf(row.Categories ?? row.Category));
}

type Setter = (draft: OpenDraft, row: HuntingRow, graph: EntityGraph) => void;

/** The row's own columns first; AdditionalFields know the process' identity and its parent. */
function setProcess(draft: OpenDraft, row: HuntingRow, graph: EntityGraph): void {
  const { root, follow } = graph;
  const image = fileOf(follow(root.ImageFile));
  const parent = follow(root.ParentProcess);
  putProcess(draft, {
    pid: countOf(root.ProcessId) ?? countOf(row.ProcessId),
    start: readTime(root.CreationTimeUtc ?? root.CreatedTimeUtc ?? row.ProcessCreationTime),
    commandLine: cell(row, 'ProcessCommandLine') ?? textOf(root.CommandLine),
    image: rowFile(row, image),
    parentPid: countOf(parent?.ProcessId),
    parentStart: readTime(parent?.CreationTimeUtc ?? parent?.CreatedTimeUtc),
    parentPath: fileOf(follow(parent?.ImageFile)).path,
    parentCommandLine: textOf(parent?.CommandLine),
    user: userOf(follow(root.Account)),
  });
  putRowUser(draft, row);
}

function setFile(draft: OpenDraft, row: HuntingRow, graph: EntityGraph): void {
  putFile(draft, rowFile(row, fileOf(graph.root)));
  putRowUser(draft, row);
}

function setRegistry(draft: OpenDraft, row: HuntingRow): void {
  const key = cell(row, 'RegistryKey');
  const value = cell(row, 'RegistryValueName');
  put(draft, 'registry.path', key === undefined || value === undefined ? key : `${key}\\${value}`);
  put(draft, 'registry.data', cell(row, 'RegistryValueData'));
}

function setMachine(): void {
  // The host is all there is.
}

const SETTERS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['process', setProcess],
  ['file', setFile],
  ['registrykey', setRegistry],
  ['registryvalue', setRegistry],
  ['machine', setMachine],
  ['device', setMachine],
]);

function putRowUser(draft: OpenDraft, row: HuntingRow): void {
  const name = cell(row, 'AccountName');
  if (name === undefined) return;
  putEvidenceUser(draft, { name, domain: cell(row, 'AccountDomain'), sid: cell(row, 'AccountSid') });
}

function rowFile(row: HuntingRow, told: EvidenceFile): EvidenceFile {
  return {
    path: pathOf(cell(row, 'FolderPath'), cell(row, 'FileName')) ?? told.path,
    sha256: digestOf(row.SHA256, 64) ?? told.sha256,
    sha1: digestOf(row.SHA1, 40) ?? told.sha1,
    md5: digestOf(row.MD5, 32) ?? told.md5,
    signer: told.signer,
  };
}

function fileOf(file: VendorRecord | undefined): EvidenceFile {
  const hashes = new Map<string, unknown>();
  for (const hash of listOf(file?.FileHashes))
    if (isObject(hash)) hashes.set(String(textOf(hash.Algorithm)), hash.Value);
  return {
    path: pathOf(textOf(file?.Directory), textOf(file?.Name)),
    sha256: digestOf(hashes.get('SHA256'), 64),
    sha1: digestOf(hashes.get('SHA1'), 40),
    md5: digestOf(hashes.get('MD5'), 32),
    signer: textOf(file?.Publisher),
  };
}

function userOf(account: VendorRecord | undefined): EvidenceUser | undefined {
  if (account === undefined) return undefined;
  return { name: textOf(account.Name), domain: textOf(account.NTDomain), sid: textOf(account.Sid) };
}

/** With its domain, as DeviceName has it in the event tables. NetBiosName is not: it holds either or neither. */
function hostName(host: VendorRecord | undefined): string | undefined {
  const name = textOf(host?.HostName);
  const domain = textOf(host?.DnsDomain);
  return name === undefined || domain === undefined || name.includes('.') ? name : `${name}.${domain}`;
}
