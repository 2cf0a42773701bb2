import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, putUser, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { countAt, digestOf, objectOf, textAt, textOf } from '../vendorValues';
import { edrGuid } from './processGuid';
import { addressOf, timeOf } from './values';

/**
 * A watchlist, feed or alert record of the EDR server about one process or one binary. Hits list what they hit
 * in `docs`, several at once: `splitHit` has made one record of each. They summarise a process by counts and
 * hold none of its events.
 */
export function normaliseEdrHit(record: VendorRecord): NormalisedRecord {
  const type = typeOf(record);
  const doc = firstDoc(record);
  const guid = edrGuid(textAt(doc, 'unique_id', 'id') ?? textAt(record, 'process_guid', 'process_id'));
  const endpoint = textOf(doc.endpoint)?.split('|');
  const host = textAt(doc, 'hostname') ?? textAt(record, 'computer_name', 'hostname') ?? endpoint?.[0];
  const sensor = textAt(doc, 'sensor_id') ?? textAt(record, 'sensor_id') ?? endpoint?.[1] ?? guid?.deviceId;
  if (host === undefined && sensor === undefined) return ignored(`${type} without a host`);
  const draft = startEvent({
    kind: 'alert',
    host,
    deviceId: sensor,
    time: timeOf(record.event_timestamp) ?? timeOf(record.timestamp) ?? timeOf(record.created_time),
    channel: 'Carbon Black EDR/Alerts',
    code: type,
  });
  if (typeof draft === 'string') return quarantined(draft);
  putRule(draft, record);
  if (guid !== undefined) putHitProcess(draft, record, doc);
  else putBinary(draft, record, doc);
  putIoc(draft, record);
  return event(draft);
}

/** One record per process, and per binary and machine, of a hit that lists several; undefined: it is one. */
export function splitHit(record: VendorRecord): readonly VendorRecord[] | undefined {
  if (!Array.isArray(record.docs)) return undefined;
  const parts: VendorRecord[] = [];
  for (const doc of record.docs) {
    if (!isObject(doc)) continue;
    const endpoints = Array.isArray(doc.endpoint) && doc.endpoint.length > 1 ? doc.endpoint : [undefined];
    for (const endpoint of endpoints)
      parts.push({ ...record, docs: [endpoint === undefined ? doc : { ...doc, endpoint }] });
  }
  return parts.length > 1 ? parts : undefined;
}

/** The routing key of a hit; forwarders before 3.0 left it out, then by what the record has. */
function typeOf(record: VendorRecord): string {
  const told = textAt(record, 'type', 'alert_type');
  if (told !== undefined) return told;
  const by = record.watchlist_id === undefined ? 'feed' : 'watchlist';
  const doc = firstDoc(record);
  const isProcess = textAt(record, 'process_id', 'process_guid') ?? textAt(doc, 'unique_id', 'process_name');
  return `${by}.hit.${isProcess === undefined ? 'binary' : 'process'}`;
}

function firstDoc(record: VendorRecord): VendorRecord {
  const first: unknown = Array.isArray(record.docs) ? record.docs[0] : undefined;
  return isObject(first) ? first : {};
}

function putRule(draft: OpenDraft, record: VendorRecord): void {
  const watchlist = textAt(record, 'watchlist_name');
  put(draft, 'rule.name', watchlist ?? textAt(record, 'report_title', 'feed_name'));
  put(
    draft,
    'rule.id',
    watchlist === undefined ? textAt(record, 'report_id') : textAt(record, 'watchlist_id'),
  );
  // In an alert `unique_id` is the alert's; in a document of a hit it is the process's.
  const isAlert = record.alert_type !== undefined || draft.code.startsWith('alert.');
  if (isAlert) put(draft, 'event.id', textAt(record, 'unique_id', 'alert_id'));
  put(draft, 'event.url', textAt(record, 'link_process', 'link_md5'));
  put(draft, 'event.severity', scoreOf(record.alert_severity) ?? scoreOf(record.report_score));
}

/** A score of 0 to 100 as severity of 1 to 99; below zero the feed vouches for the file. */
function scoreOf(value: unknown): number | undefined {
  const score = Number(textOf(value) ?? Number.NaN);
  return Number.isFinite(score) ? Math.min(99, Math.max(1, Math.round(score))) : undefined;
}

function putHitProcess(draft: OpenDraft, record: VendorRecord, doc: VendorRecord): void {
  const guid = edrGuid(textAt(doc, 'unique_id', 'id') ?? textAt(record, 'process_guid', 'process_id'));
  put(draft, 'process.entity_id', guid?.entityId);
  put(draft, 'process.pid', countAt(doc, 'process_pid') ?? countAt(record, 'process_pid') ?? guid?.pid);
  put(draft, 'process.start', guid?.start ?? timeOf(doc.start));
  put(
    draft,
    'process.executable',
    plain(textAt(doc, 'path') ?? textAt(record, 'process_path', 'path')) ??
      plain(textAt(doc, 'process_name') ?? textAt(record, 'process_name')),
  );
  put(
    draft,
    'process.command_line',
    plain(textAt(doc, 'cmdline') ?? textAt(record, 'cmdline', 'command_line')),
  );
  put(
    draft,
    'process.hash.md5',
    digestOf(textAt(doc, 'process_md5') ?? textAt(record, 'process_md5', 'md5'), 32),
  );
  put(
    draft,
    'process.hash.sha256',
    digestOf(textAt(doc, 'process_sha256') ?? textAt(record, 'process_sha256'), 64),
  );
  putUser(draft, plain(textAt(doc, 'username') ?? textAt(record, 'username')));
  const parent = edrGuid(textAt(doc, 'parent_unique_id', 'parent_id') ?? textAt(record, 'parent_unique_id'));
  put(draft, 'process.parent.entity_id', parent?.entityId);
  put(
    draft,
    'process.parent.pid',
    countAt(doc, 'parent_pid') ?? countAt(record, 'parent_pid') ?? parent?.pid,
  );
  put(draft, 'process.parent.start', parent?.start);
  // The server keeps the parent's image name only.
  put(draft, 'process.parent.executable', plain(textAt(doc, 'parent_name') ?? textAt(record, 'parent_name')));
}

function putBinary(draft: OpenDraft, record: VendorRecord, doc: VendorRecord): void {
  put(
    draft,
    'file.path',
    plain(textAt(doc, 'observed_filename') ?? textAt(record, 'observed_filename', 'path')),
  );
  put(draft, 'file.hash.md5', digestOf(textAt(doc, 'md5') ?? textAt(record, 'md5'), 32));
  put(draft, 'file.hash.sha256', digestOf(textAt(doc, 'sha256') ?? textAt(record, 'sha256'), 64));
}

/** What the indicator matched: an address or a name, and the places it highlights, in words. */
function putIoc(draft: OpenDraft, record: VendorRecord): void {
  const attributes = objectOf(record.ioc_attr) ?? objectOf(record.ioc_attrs) ?? {};
  const outbound = textAt(attributes, 'direction')?.toLowerCase() !== 'inbound';
  const remote = addressOf(attributes.remote_ip);
  if (outbound) {
    put(draft, 'destination.ip', remote);
    put(draft, 'destination.port', countAt(attributes, 'remote_port', 'port'));
    put(draft, 'destination.domain', textAt(attributes, 'dns_name'));
  } else put(draft, 'source.ip', remote);
  const found = [
    ...highlightsOf(record.highlights),
    ...highlightsOf(objectOf(record.ioc_attrs)?.highlights),
    ...highlightsOf(attributes.highlights),
  ];
  const ioc = textAt(record, 'ioc_type');
  const value = textAt(record, 'ioc_value');
  const told = ioc === undefined || value === undefined ? undefined : `${ioc}: ${value}`;
  const words = [...new Set([...(told === undefined ? [] : [told]), ...found])];
  if (words.length > 0) draft.message = words.join('; ').slice(0, MESSAGE_MAX);
}

const MESSAGE_MAX = 4000;

function highlightsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, 50)
    .map((one) => plain(isObject(one) ? textAt(one, 'name') : textOf(one)))
    .filter((text) => text !== undefined);
}

/** Text without the marks the server puts around what a query matched. */
function plain(text: string | undefined): string | undefined {
  return text?.replaceAll('PREPREPRE', '').replaceAll('POSTPOSTPOST', '');
}
