import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at, digestOf, isoTime, joined, severityOf, textAt, textOf } from '../vendorValues';
import { putActor, putStarted } from './process';

/** An alert, about the process that the agent put into it with its parent, and the file it was raised for. */
export function normaliseAlert(record: VendorRecord): NormalisedRecord {
  const host = textAt(record, 'agent.hostname', 'hostname');
  const deviceId = textAt(record, 'agent.agentid', 'agent_id');
  if ((host ?? deviceId) === undefined) return ignored('HarfangLab alert without a host');
  const time =
    isoTime(record['@event_create_date']) ?? isoTime(record.alert_time) ?? isoTime(record.detection_date);
  const code = textAt(record, 'alert_type', 'alert_subtype') ?? 'alert';
  const draft = startEvent({ kind: 'alert', host, deviceId, time, channel: 'HarfangLab/Alerts', code });
  if (typeof draft === 'string') return quarantined(`HarfangLab alert: ${draft}`);
  if (isObject(record.process)) putStarted(draft, record.process);
  else putActor(draft, { ...record, image_name: undefined });
  putFile(draft, record);
  put(draft, 'dll.path', textAt(record, 'details_library.image_loaded', 'library.library_path'));
  put(draft, 'registry.path', textAt(record, 'details_registry.target_object'));
  put(draft, 'destination.ip', textAt(record, 'details_connection.daddr', 'network.daddr'));
  put(
    draft,
    'dns.question.name',
    textAt(record, 'details_dns_resolution.requested_name', 'details_dns.requested_name'),
  );
  put(draft, 'rule.name', textAt(record, 'rule_name'));
  put(draft, 'rule.id', textAt(record, 'rule_id'));
  put(draft, 'event.id', textAt(record, 'alert_unique_id', 'id'));
  put(draft, 'event.severity', severityOf(textAt(record, 'level')));
  put(draft, 'message', textAt(record, 'msg'));
  putAttack(draft, record);
  return event(draft);
}

function putFile(draft: OpenDraft, record: VendorRecord): void {
  const path = textAt(
    record,
    'details_file.target_filename',
    'file.event_path',
    'detection.file_path',
    'driverload.imagepath',
    'av_detection_details.path',
  );
  put(draft, 'file.path', path);
  for (const root of ['detection.file_hashes', 'av_detection_details.hashes', 'driverload.hashes']) {
    const hashes = at(record, root);
    if (!isObject(hashes)) continue;
    put(draft, 'file.hash.sha256', digestOf(hashes.sha256, 64));
    put(draft, 'file.hash.sha1', digestOf(hashes.sha1, 40));
    put(draft, 'file.hash.md5', digestOf(hashes.md5, 32));
    return;
  }
}

/** `attack.t1547.001` and `attack.persistence` in the tags, `persistence__t1547.001` in the cells of the matrix. */
function putAttack(draft: OpenDraft, record: VendorRecord): void {
  const techniques: string[] = [];
  const tactics: string[] = [];
  for (const cell of textsOf(record.mitre_cells)) {
    const [tactic, technique] = cell.split('__');
    if (tactic !== undefined && technique !== undefined) tactics.push(tactic);
    if (technique !== undefined) techniques.push(technique.toUpperCase());
  }
  for (const tag of textsOf(record.tags)) {
    if (!tag.startsWith('attack.')) continue;
    const name = tag.slice('attack.'.length);
    if (/^t\d{4}(\.\d{3})?$/i.test(name)) techniques.push(name.toUpperCase());
    else if (!/^[sg]\d{4}$/i.test(name)) tactics.push(name);
  }
  put(draft, 'threat.technique.id', joined(techniques));
  put(draft, 'threat.tactic.name', joined(tactics.map(tacticName)));
}

/** `defense_evasion` → `Defense Evasion`. */
function tacticName(word: string): string {
  return word
    .split(/[_-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== undefined) : [];
}
