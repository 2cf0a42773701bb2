import { formatMicros, micros } from '../../base/time';
import type { PackRecord } from '../../contracts/evidence';
import { headingFile, PACK, recordFile } from '../../evidence/packNames';
import type { EvidencePlace } from '../../storage/evidenceEvents';
import { rawRecords } from '../../storage/rawRecords';
import type { ChosenRecord } from './chooseRecords';
import { jsonLine } from './json';
import { type Headings, memberKey } from './memberHeadings';
import type { FileToPack } from './zipStream';

/**
 * The records in their original form, a file each, then the headings of tables and the index. Records that one vendor
 * record holds share its file.
 */
export async function* recordFiles(
  records: readonly ChosenRecord[],
  headings: Headings,
): AsyncGenerator<FileToPack, void, undefined> {
  const byId = new Map(records.map((record) => [record.place.id, record]));
  const places = [...byId.values()].map(({ place }) => place).sort(byPlace);
  const index: string[] = [];
  const used = new Map<string, Uint8Array>();
  let last: EvidencePlace | undefined;
  let n = 0;
  for await (const { place, raw } of rawRecords(places)) {
    const record = byId.get(place.id);
    if (record === undefined) continue;
    const isNew =
      last === undefined || byPlace({ ...last, recordIndex: 0 }, { ...place, recordIndex: 0 }) !== 0;
    if (last?.importId !== place.importId) n = 0;
    if (isNew) n++;
    const file = recordFile(place.importId, n);
    // Copied: the bytes are a view of a window that later records lie in too.
    if (isNew) yield { name: file, content: Uint8Array.from(raw) };
    last = place;
    const heading = record.underHeading ? headings.get(memberKey(place)) : undefined;
    const headingName = heading === undefined ? null : headingFile(place.importId, place.member);
    if (heading !== undefined && headingName !== null) used.set(headingName, heading);
    index.push(jsonLine(indexed(record, file, headingName)));
  }
  for (const [name, content] of used) yield { name, content };
  yield { name: PACK.records, content: index.join('') };
}

function indexed(
  { place, why, machine, rereads }: ChosenRecord,
  file: string,
  heading: string | null,
): PackRecord {
  return {
    file,
    event: place.id,
    kind: place.kind,
    time: formatMicros(micros(place.time)),
    import: place.importId,
    member: place.memberName,
    index: place.recordIndex,
    format: place.format,
    heading,
    host: place.host,
    machine,
    why,
    rereads,
  };
}

/** The order of evidencePlaces; equal but for the record's number where the bytes are the same. */
function byPlace(a: EvidencePlace, b: EvidencePlace): number {
  return (
    a.importId - b.importId ||
    (a.rawChunk ?? -1) - (b.rawChunk ?? -1) ||
    a.rawAt - b.rawAt ||
    a.recordIndex - b.recordIndex
  );
}
