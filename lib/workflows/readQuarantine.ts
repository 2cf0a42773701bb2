import type { QuarantineList } from '../contracts/imports';
import { loadQuarantine } from '../storage/imports';
import { fromCursor, toCursor } from './cursor';
import { readImport } from './readImports';

const PAGE = 100;
const TEXT_CHARACTERS = 2_000;

/** Records of an import that could not become events, in order. Throws `not_found`. */
export async function readQuarantine(
  importId: number,
  query: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<QuarantineList> {
  const { records } = await readImport(importId);
  const limit = query.limit ?? PAGE;
  const rows = await loadQuarantine(importId, limit + 1, fromCursor(query.cursor, 'number')?.[0]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      file: row.file,
      index: row.index,
      offset: row.offset,
      reason: row.reason,
      text: new TextDecoder().decode(row.bytes).slice(0, TEXT_CHARACTERS),
      bytes: row.size,
    })),
    total: records.quarantined,
    nextCursor: rows.length > limit && last !== undefined ? toCursor([last.n]) : null,
  };
}
