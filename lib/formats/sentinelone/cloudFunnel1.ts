import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at } from '../vendorValues';
import { type Fields, foldName } from './fields';

/** True for a record of the first Cloud Funnel: `meta` of the agent, an event type, nodes for processes and files. */
export function isCloudFunnel1(record: VendorRecord): boolean {
  const meta = record.meta;
  if (!isObject(meta) || meta.computerName === undefined || meta.uuid === undefined) return false;
  return bodyOf(record) !== undefined;
}

/**
 * A record of the first Cloud Funnel under the names of the second, folded. There, the process that started
 * is `process` with its `parent` beside it; in every other event `source` acts.
 */
export function foldCloudFunnel1(record: VendorRecord): Fields {
  const fields = new Map<string, unknown>();
  const found = bodyOf(record);
  if (found === undefined) return fields;
  const { type, body } = found;
  const set = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null && value !== '') fields.set(foldName(name), value);
  };
  set('event.type', type);
  set('meta.event.name', type);
  set('event.time', at(record, 'timestamp.millisecondsSinceEpoch') ?? record['@timestamp']);
  set('endpoint.name', at(record, 'meta.computerName'));
  set('agent.uuid', at(record, 'meta.uuid'));
  setProcesses(set, body);
  setDetails(set, body);
  return fields;
}

type Set = (name: string, value: unknown) => void;

/** The event type and the object that describes it: the record itself, its `event`, or the member named by the type. */
function bodyOf(record: VendorRecord): { readonly type: string; readonly body: VendorRecord } | undefined {
  if (typeof record.event_type === 'string') return { type: record.event_type, body: record };
  const event = record.event;
  if (isObject(event) && typeof event.type === 'string') return { type: event.type, body: event };
  for (const [name, value] of Object.entries(record)) {
    if (name !== 'meta' && isObject(value) && (isObject(value.source) || isObject(value.process)))
      return { type: name, body: value };
  }
  return undefined;
}

function setProcesses(set: Set, body: VendorRecord): void {
  const { process, parent, source, target } = body;
  if (isObject(process)) {
    setProcess(set, 'tgt.process', process);
    if (isObject(parent)) setProcess(set, 'src.process', parent);
    else if (isObject(process.parent)) setProcess(set, 'src.process', process.parent);
  }
  if (isObject(source)) {
    setProcess(set, 'src.process', source);
    const above = isObject(parent) ? parent : source.parent;
    if (isObject(above)) setProcess(set, 'src.process.parent', above);
  }
  if (isObject(target)) setProcess(set, 'tgt.process', target);
}

function setProcess(set: Set, role: string, process: VendorRecord): void {
  set(`${role}.uid`, at(process, 'node.key.value'));
  set(`${role}.pid`, at(process, 'fullPid.pid'));
  set(`${role}.startTime`, at(process, 'fullPid.startTime.millisecondsSinceEpoch'));
  set(`${role}.cmdline`, process.commandLine);
  set(`${role}.image.path`, at(process, 'executable.path'));
  set(`${role}.image.md5`, at(process, 'executable.hashes.md5'));
  set(`${role}.image.sha1`, at(process, 'executable.hashes.sha1'));
  set(`${role}.image.sha256`, at(process, 'executable.hashes.sha256'));
  set(`${role}.integrityLevel`, process.integrityLevel);
  set(`${role}.user`, at(process, 'user.name'));
  set(`${role}.userSid`, at(process, 'user.sid'));
  const signed = at(process, 'executable.signature.signed');
  if (isObject(signed)) {
    set(`${role}.signedStatus`, 'signed');
    set(`${role}.publisher`, signed.identity);
  }
}

function setDetails(set: Set, body: VendorRecord): void {
  const file = isObject(body.targetFile) ? body.targetFile : isObject(body.file) ? body.file : undefined;
  if (file !== undefined) {
    set('tgt.file.path', file.path);
    const hashes = isObject(file.hashes) && Object.keys(file.hashes).length > 0 ? file.hashes : body.hashes;
    if (isObject(hashes)) {
      set('tgt.file.md5', hashes.md5);
      set('tgt.file.sha1', hashes.sha1);
      set('tgt.file.sha256', hashes.sha256);
    }
    set('tgt.file.oldSha1', at(body, 'oldHashes.sha1'));
  }
  set('tgt.file.oldPath', at(body, 'oldFile.path') ?? body.oldPath);
  set('src.ip.address', at(body, 'sourceAddress.address'));
  set('src.port.number', at(body, 'sourceAddress.port'));
  set('dst.ip.address', at(body, 'destinationAddress.address'));
  set('dst.port.number', at(body, 'destinationAddress.port'));
  set('event.network.direction', body.direction);
  set('event.dns.request', body.query);
  set('event.dns.response', body.results);
  set('url.address', body.url);
  set('registry.keyPath', at(body, 'regValue.path') ?? at(body, 'regKey.path'));
  set('registry.value', body.newValueData ?? body.valueData);
  set('module.path', body.path);
  set('cmdScript.content', body.content);
  set('indicator.name', body.friendlyName ?? body.indicator);
  set('indicator.identifier', body.indicator);
  set('indicator.description', body.longDescription ?? body.description);
}
