import type { QuarantineGroups, QuarantineList } from '../contracts/imports';
import { loadQuarantine, loadQuarantineGroups } from '../storage/quarantine';
import { groupOfReason } from '../storage/quarantineGroup';
import { fromCursor, toCursor } from './cursor';
import { readImport } from './readImports';

const PAGE = 100;
const TEXT_CHARACTERS = 2_000;
const HEAD_BYTES = 512;
/** Reasons are words of ours, so there are few groups; this bounds what a hostile file could make of them. */
const GROUPS = 200;

/**
 * Records of an import that could not become events, in order; with `reason` those of one group. Throws
 * `not_found`.
 */
export async function readQuarantine(
  importId: number,
  query: {
    readonly cursor?: string | undefined;
    readonly limit?: number | undefined;
    readonly reason?: string | undefined;
  },
): Promise<QuarantineList> {
  const { records, clearing } = await readImport(importId);
  if (clearing !== null) return { items: [], total: 0, nextCursor: null };
  const limit = query.limit ?? PAGE;
  const after = fromCursor(query.cursor, 'number')?.[0];
  const rows = await loadQuarantine(importId, {
    limit: limit + 1,
    ...(after === undefined ? {} : { after }),
    // A group is its own group, so that both a group and a reason as it stands on a record are understood.
    ...(query.reason === undefined ? {} : { group: groupOfReason(query.reason) }),
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      file: row.file,
      index: row.index,
      offset: row.offset,
      reason: row.reason,
      group: row.group,
      text: new TextDecoder().decode(row.bytes).slice(0, TEXT_CHARACTERS),
      head: Buffer.from(row.bytes.subarray(0, HEAD_BYTES)).toString('base64'),
      bytes: row.size,
    })),
    total: records.quarantined,
    nextCursor: rows.length > limit && last !== undefined ? toCursor([last.n]) : null,
  };
}

/** Why records of an import are in quarantine, the most frequent reason first. Throws `not_found`. */
export async function readQuarantineGroups(importId: number): Promise<QuarantineGroups> {
  const { records, clearing } = await readImport(importId);
  if (clearing !== null) return { items: [], total: 0 };
  const groups = await loadQuarantineGroups(importId, GROUPS);
  return {
    items: groups.map(({ group, records: count, ...first }) => ({ group, records: count, first })),
    total: records.quarantined,
  };
}
