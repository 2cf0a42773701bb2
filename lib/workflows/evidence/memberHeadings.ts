import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { limitsFromEnvironment } from '../../containers/limits';
import { peek } from '../../containers/magic';
import { openUpload } from '../../containers/openMembers';
import { headingOf } from '../../evidence/rereadRecord';
import { decodeText, sniffEncoding } from '../../formats/encoding';
import { SAMPLE_BYTES } from '../../formats/exportFormat';
import type { EvidencePlace } from '../../storage/evidenceEvents';
import { loadPassword } from '../../storage/imports';
import { spoolUpload, uploadRange } from '../../storage/uploads';

/** Headings by import and member, as `12.0`; members that have none are not in it. */
export type Headings = Map<string, Uint8Array>;

/** Name of a member among headings. */
export function memberKey({ importId, member }: Pick<EvidencePlace, 'importId' | 'member'>): string {
  return `${importId}.${member}`;
}

/**
 * Reads what stands before the first record of the members that some records are from: the heading without which the
 * row of a table says nothing. Members of archives are found by unpacking the upload up to the last of them, through a
 * temporary file. Those of an encrypted upload, whose password is not kept, have none.
 */
export async function loadHeadings(headings: Headings, places: readonly EvidencePlace[]): Promise<void> {
  const archives = new Map<number, EvidencePlace[]>();
  const members = new Map(places.map((place) => [memberKey(place), place]));
  for (const [key, place] of members) {
    if (headings.has(key)) continue;
    if (place.rawChunk === null) keep(headings, key, await uploadRange(place.uploadId, 0, SAMPLE_BYTES));
    else archives.set(place.importId, [...(archives.get(place.importId) ?? []), place]);
  }
  for (const some of archives.values()) await readArchive(headings, some);
}

async function readArchive(headings: Headings, places: readonly EvidencePlace[]): Promise<void> {
  const [first] = places;
  if (first === undefined) return;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sequela-evidence-'));
  try {
    const file = path.join(folder, 'upload');
    await spoolUpload(first.uploadId, file);
    const password = await loadPassword(first.importId);
    const { members } = await openUpload(file, 'upload', {
      limits: limitsFromEnvironment(process.env),
      ...(password === undefined ? {} : { password }),
    });
    const wanted = new Map(places.map((place) => [place.member, memberKey(place)]));
    const last = Math.max(...wanted.keys());
    let n = 0;
    // Members are numbered in the order of the archive, as they were when it was read.
    for await (const member of members) {
      const key = wanted.get(n);
      const { head, bytes } = await peek(member.bytes, SAMPLE_BYTES);
      await bytes.return();
      if (key !== undefined) keep(headings, key, head);
      if (n++ >= last) break;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function keep(headings: Headings, key: string, head: Uint8Array): void {
  const { encoding, bom } = sniffEncoding(head);
  const heading = headingOf(head, (before) => decodeText(before.subarray(bom), encoding));
  if (heading !== undefined && heading.length > 0) headings.set(key, heading);
}
