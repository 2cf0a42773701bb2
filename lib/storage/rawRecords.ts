import type { EvidencePlace } from './evidenceEvents';
import { rawChunkRange } from './rawChunks';
import { uploadRange } from './uploads';

/** Text fetched in one go: records near each other are read together. */
const WINDOW_BYTES = 1024 * 1024;

/**
 * The bytes of many records, exactly as their exports held them, in the order given, which must be that of
 * evidencePlaces. Holds one window of text, or one record that is longer, at a time.
 */
export async function* rawRecords(
  places: readonly EvidencePlace[],
): AsyncGenerator<{ readonly place: EvidencePlace; readonly raw: Buffer }, void, undefined> {
  for (let at = 0; at < places.length; ) {
    const first = places[at];
    if (first === undefined) return;
    let next = at + 1;
    let end = first.rawAt + first.rawLength;
    for (let place = places[next]; place !== undefined && isNear(first, place); place = places[++next])
      end = Math.max(end, place.rawAt + place.rawLength);
    const window = await read(first, end - first.rawAt);
    for (const place of places.slice(at, next)) {
      const from = place.rawAt - first.rawAt;
      yield { place, raw: window.subarray(from, from + place.rawLength) };
    }
    at = next;
  }
}

function isNear(first: EvidencePlace, place: EvidencePlace): boolean {
  return (
    place.importId === first.importId &&
    place.rawChunk === first.rawChunk &&
    place.rawAt + place.rawLength - first.rawAt <= WINDOW_BYTES
  );
}

function read({ uploadId, importId, rawChunk, rawAt }: EvidencePlace, length: number): Promise<Buffer> {
  return rawChunk === null
    ? uploadRange(uploadId, rawAt, length)
    : rawChunkRange(importId, rawChunk, rawAt, length);
}
