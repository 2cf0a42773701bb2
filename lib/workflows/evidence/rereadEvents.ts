import type { EventDraft } from '../../events/record';
import { rereadRecord } from '../../evidence/rereadRecord';
import type { ExportFormat } from '../../formats/exportFormat';
import { type EvidenceKey, type EvidencePlace, evidencePlaces } from '../../storage/evidenceEvents';
import { rawRecords } from '../../storage/rawRecords';
import { nodeDigest } from '../nodeDigest';
import { type Headings, loadHeadings, memberKey } from './memberHeadings';

/** What reading a record again, alone, came to. */
export type Reread = {
  readonly place: EvidencePlace;
  /** The event; undefined when the record alone does not give it. */
  readonly draft: EventDraft | undefined;
  /** It took the heading that its member begins with. */
  readonly underHeading: boolean;
};

/** By event id. */
export type RereadEvents = Map<string, Reread>;

/**
 * Reads the records of events again from their stored bytes, as whoever checks a pack will: alone, or under the heading
 * of their table. Headings are fetched for members in which a record needs one.
 */
export async function rereadEvents(
  read: RereadEvents,
  keys: readonly EvidenceKey[],
  formats: readonly ExportFormat[],
  headings: Headings,
): Promise<void> {
  const needing: EvidencePlace[] = [];
  for await (const { place, raw } of rawRecords(await evidencePlaces(keys))) {
    const draft = rereadRecord({ raw }, place, place.id, formats, nodeDigest);
    read.set(place.id, { place, draft, underHeading: false });
    if (draft === undefined) needing.push(place);
  }
  if (needing.length === 0) return;
  await loadHeadings(headings, needing);
  for await (const { place, raw } of rawRecords(needing)) {
    const heading = headings.get(memberKey(place));
    if (heading === undefined) continue;
    const draft = rereadRecord({ raw, heading }, place, place.id, formats, nodeDigest);
    if (draft !== undefined) read.set(place.id, { place, draft, underHeading: true });
  }
}
