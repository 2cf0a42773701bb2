import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, put, putUser, quarantined } from '../eventDraft';
import { storable } from '../vendorValues';
import { insertOf } from './dataNames';
import { label, startDraft } from './draft';
import { sid, text } from './values';
import type { WindowsRecord } from './windowsRecord';

/** What the small channels (System, Application, TaskScheduler, BITS, DPAPI) have in common. */

/** Sets the fields of one kind of event; a text is the reason why the record is of no use. */
export type Setter = (draft: OpenDraft, record: WindowsRecord) => string | undefined;

/** Builds the event of a record of such a channel. */
export function build(record: WindowsRecord, kind: EventKind, set: Setter): NormalisedRecord {
  const draft = startDraft(record, kind);
  if (typeof draft === 'string') return quarantined(draft);
  const refusal = set(draft, record);
  return refusal === undefined ? event(draft) : quarantined(`${label(record)}: ${refusal}`);
}

/** Where a value may stand: by name, by position among nameless values, behind a label of the English message. */
export type Place = {
  readonly names: readonly string[];
  readonly position?: number;
  readonly labels?: readonly string[];
};

/** The value at the first of its places that has one. */
export function valueAt(record: WindowsRecord, { names, position, labels }: Place): string | undefined {
  for (const name of names) {
    const value = text(record, name);
    if (value !== undefined) return value;
  }
  const nameless = record.values ?? (Array.isArray(record.data.Data) ? record.data.Data : undefined);
  if (position !== undefined && nameless !== undefined) {
    const value = insertOf(nameless[position]).trim();
    if (value !== '' && value !== '-') return storable(value);
  }
  return labels === undefined ? undefined : labelled(record.message, labels);
}

/** The account in whose name a record was written. */
export function putWriter(draft: OpenDraft, record: WindowsRecord): void {
  const { name, domain, sid: id } = record.writer ?? {};
  if (typeof name === 'string' && name !== '') putUser(draft, storable(name));
  if (typeof domain === 'string' && domain !== '') put(draft, 'user.domain', storable(domain));
  put(draft, 'user.id', sid(id));
}

/** `Label: value` at the beginning of a line, up to the line's end or the next `, label:`. */
function labelled(message: unknown, labels: readonly string[]): string | undefined {
  if (typeof message !== 'string') return undefined;
  for (const name of labels) {
    const at = message.indexOf(`${name}:`);
    if (at < 0 || (at > 0 && !/[\s]/.test(message.charAt(at - 1)))) continue;
    const from = at + name.length + 1;
    const end = message.indexOf('\n', from);
    const value = message.slice(from, end < 0 ? undefined : end).trim();
    if (value !== '' && value !== '-') return storable(value);
  }
  return undefined;
}
