import { parseAddress } from '../../events/addresses';
import type { EventKind } from '../../events/endpointEvent';
import { type OpenDraft, put } from '../eventDraft';
import { digestOf, severityOf } from '../vendorValues';
import { countIn, type Fields, foldName, textIn } from './fields';
import { processIn } from './processes';
import { urlTarget } from './urls';

/** Sets what an event of its kind has besides the process. */
export function putDetails(draft: OpenDraft, fields: Fields): void {
  SETTERS[draft.kind]?.(draft, fields);
}

type Setter = (draft: OpenDraft, fields: Fields) => void;

const SETTERS: Readonly<Partial<Record<EventKind, Setter>>> = {
  file_create: putFile,
  file_rename: putFile,
  file_delete: putFile,
  network_connect: putConnection,
  dns_query: putQuery,
  registry_add: putRegistry,
  registry_set: putRegistry,
  registry_delete: putRegistry,
  registry_rename: putRegistry,
  image_load: putModule,
  script_block: putScript,
  pipe_create: putPipe,
  pipe_connect: putPipe,
  alert: putIndicator,
  task_create: putTask,
  remote_thread: putTarget,
};

/**
 * True where a modification shows new content: a digest of the file that is not the one it had before. Then it
 * is a file creation that also knows the hash; without one it is any write to any log file.
 */
export function hasNewContent(fields: Fields): boolean {
  const [sha1, sha256, md5] = fileHashes(fields);
  if (sha1 === undefined && sha256 === undefined && md5 === undefined) return false;
  const old = (name: string): string | undefined => textIn(fields, name)?.toLowerCase();
  return !(
    (sha1 !== undefined && sha1 === old('tgt.file.oldSha1')) ||
    (sha256 !== undefined && sha256 === old('tgt.file.oldSha256')) ||
    (md5 !== undefined && md5 === old('tgt.file.oldMd5'))
  );
}

function fileHashes(fields: Fields): readonly [string | undefined, string | undefined, string | undefined] {
  return [
    digestOf(textIn(fields, 'tgt.file.sha1', 'fileSha1'), 40),
    digestOf(textIn(fields, 'tgt.file.sha256', 'fileSha256'), 64),
    digestOf(textIn(fields, 'tgt.file.md5', 'fileMd5'), 32),
  ];
}

function putFile(draft: OpenDraft, fields: Fields): void {
  put(draft, 'file.path', textIn(fields, 'tgt.file.path', 'fileFullName'));
  if (draft.kind === 'file_rename')
    put(
      draft,
      'file.Ext.original.path',
      textIn(fields, 'tgt.file.oldPath', 'oldFileFullName', 'oldFileName'),
    );
  const [sha1, sha256, md5] = fileHashes(fields);
  put(draft, 'file.hash.sha1', sha1);
  put(draft, 'file.hash.sha256', sha256);
  put(draft, 'file.hash.md5', md5);
}

function putConnection(draft: OpenDraft, fields: Fields): void {
  const url = textIn(fields, 'url.address', 'networkUrl', 'url');
  put(draft, 'url.full', url);
  put(draft, 'destination.ip', textIn(fields, 'dst.ip.address', 'dstIp'));
  put(draft, 'destination.port', countIn(fields, 'dst.port.number', 'dstPort'));
  put(draft, 'source.ip', textIn(fields, 'src.ip.address', 'srcIp'));
  put(draft, 'source.port', countIn(fields, 'src.port.number', 'srcPort'));
  const direction = textIn(
    fields,
    'event.network.direction',
    'netEventDirection',
    'direction',
  )?.toUpperCase();
  if (direction === 'INCOMING') draft['network.direction'] = 'ingress';
  else if (direction === 'OUTGOING' || url !== undefined) draft['network.direction'] = 'egress';
  const transport = foldName(textIn(fields, 'meta.event.name') ?? '');
  if (transport.startsWith('tcp') || transport.startsWith('udp'))
    draft['network.transport'] = transport.slice(0, 3);
  const target = url === undefined ? undefined : urlTarget(url);
  if (target === undefined) return;
  if (parseAddress(target.host) === undefined) draft['destination.domain'] = target.host;
  else if (draft['destination.ip'] === undefined) draft['destination.ip'] = target.host;
  if (draft['destination.port'] === undefined) put(draft, 'destination.port', target.port);
}

function putQuery(draft: OpenDraft, fields: Fields): void {
  put(draft, 'dns.question.name', textIn(fields, 'event.dns.request', 'dnsRequest'));
  put(draft, 'dns.answers', textIn(fields, 'event.dns.response', 'dnsResponse'));
}

function putRegistry(draft: OpenDraft, fields: Fields): void {
  put(draft, 'registry.path', textIn(fields, 'registry.keyPath', 'registryPath', 'registry.path'));
  if (draft.kind === 'registry_set') put(draft, 'registry.data', textIn(fields, 'registry.value'));
}

function putModule(draft: OpenDraft, fields: Fields): void {
  put(draft, 'dll.path', textIn(fields, 'module.path'));
  put(draft, 'dll.code_signature.status', textIn(fields, 'module.signed.status')?.toLowerCase());
}

function putScript(draft: OpenDraft, fields: Fields): void {
  put(
    draft,
    'powershell.script_block_text',
    textIn(fields, 'cmdScript.content', 'srcProcCmdScript', 'cmdScript'),
  );
  put(draft, 'file.path', textIn(fields, 'tgt.file.path'));
}

function putPipe(draft: OpenDraft, fields: Fields): void {
  put(draft, 'pipe.name', textIn(fields, 'namedPipe.name', 'pipe.name'));
}

function putTask(draft: OpenDraft, fields: Fields): void {
  put(draft, 'task.name', textIn(fields, 'task.name', 'taskName'));
  put(draft, 'task.command', textIn(fields, 'task.path', 'taskPath'));
}

function putTarget(draft: OpenDraft, fields: Fields): void {
  const target = processIn(fields, 'tgt.process');
  put(draft, 'Target.process.entity_id', target?.entityId);
  put(draft, 'Target.process.pid', target?.pid);
  put(draft, 'Target.process.executable', target?.executable);
}

/** Behavioral indicators are hints of the agent, not detections: informational. A match of threat intelligence says no severity. */
function putIndicator(draft: OpenDraft, fields: Fields): void {
  const name = textIn(fields, 'indicator.name', 'tiIndicator.name', 'tiIndicator.value');
  put(draft, 'rule.name', name ?? draft.code);
  put(draft, 'rule.id', textIn(fields, 'indicator.identifier', 'tiIndicator.uid'));
  put(draft, 'event.id', textIn(fields, 'event.id', 'id'));
  if (textIn(fields, 'indicator.name') !== undefined)
    put(draft, 'event.severity', severityOf('informational'));
  put(draft, 'file.path', textIn(fields, 'tgt.file.path', 'fileFullName'));
  const description = textIn(fields, 'indicator.description');
  if (description === undefined) return;
  const plain = description.slice(0, DESCRIPTION_MAX).replace(/<[^<>]{0,300}>/g, '');
  draft.message = plain;
  const techniques = new Set(plain.match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? []);
  if (techniques.size > 0) draft['threat.technique.id'] = [...techniques].join(';');
  const mitre = plain.indexOf('MITRE:');
  const tactics = mitre < 0 ? [] : tacticsOf(plain.slice(mitre + 'MITRE:'.length));
  if (tactics.length > 0) draft['threat.tactic.name'] = tactics.join(';');
}

const DESCRIPTION_MAX = 8000;

/** `Defense Evasion {T1055.012}, Privilege Escalation {T1055}` → the names before the braces. */
function tacticsOf(text: string): readonly string[] {
  const names = text.split('{').map((piece) => piece.slice(piece.lastIndexOf('}') + 1));
  const tactics = names
    .map((name) => name.replace(/^[\s,]+|[\s,]+$/g, ''))
    .filter((name) => /^[A-Z][A-Za-z ]{2,40}$/.test(name));
  return [...new Set(tactics)];
}
