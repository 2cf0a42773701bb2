import type { PackOriginals } from '../../contracts/evidence';
import { originalFile, PACK } from '../../evidence/packNames';
import { loadImport, loadMembers } from '../../storage/imports';
import { readOriginal } from '../readOriginal';
import { jsonFile } from './json';
import type { FileToPack } from './zipStream';

/** The imports that records are from, with their hashes; and, if asked for, their bytes as they were sent. */
export async function* originalFiles(
  importIds: readonly number[],
  withBytes: boolean,
): AsyncGenerator<FileToPack, void, undefined> {
  const originals: PackOriginals[number][] = [];
  for (const id of importIds) {
    const found = await loadImport(id);
    if (found === undefined) continue;
    const members = await loadMembers(id);
    originals.push({
      import: id,
      name: found.name,
      bytes: found.bytes,
      sha256: found.sha256,
      importedAt: found.createdAt.toISOString(),
      formats: [...new Set(members.flatMap(({ format }) => (format === null ? [] : [format])))].sort(),
      file: withBytes ? originalFile(id) : null,
    });
  }
  yield { name: PACK.originals, content: jsonFile(originals) };
  if (!withBytes) return;
  for (const { import: id } of originals)
    yield { name: originalFile(id), content: (await readOriginal(id)).content };
}
