import { type Connection, pool, prisma } from './client';
import { groupOfReason } from './quarantineGroup';

/** Place of a record: number of the import's member, and of the record within it. */
export type Held = { readonly member: number; readonly index: number };

/** A record that was read again and stays in quarantine, with why it does now. */
export type StillHeld = Held & { readonly reason: string };

export type QuarantineRow = Held & {
  /** Which of the `parts` records that came of the same bytes it is, from 0. */
  readonly part: number;
  readonly parts: number;
  readonly file: string;
  readonly offset: number;
  readonly reason: string;
  readonly bytes: Uint8Array;
  readonly size: number;
};

/** Rows in one statement: with 8 KB of each, what is sent stays a few megabytes. */
const ROWS_AT_ONCE = 500;

/** Adds a batch's records to the quarantine, numbered on from what is stored. */
export async function saveQuarantine(
  connection: Connection,
  importId: number,
  rows: readonly QuarantineRow[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await insertRows(connection, importId, rows.slice(at, at + ROWS_AT_ONCE));
}

/** Bytes that several rows share (the same object) are sent once. */
async function insertRows(
  connection: Connection,
  importId: number,
  rows: readonly QuarantineRow[],
): Promise<void> {
  const pieces = [...new Set(rows.map((row) => row.bytes))];
  const pieceOf = new Map(pieces.map((bytes, i) => [bytes, i + 1]));
  const reasons = rows.map((row) => row.reason.replaceAll('\0', ''));
  await connection.query(
    `INSERT INTO quarantine (import_id, n, member, file, index, "offset", reason, "group", bytes, size, part, parts)
     SELECT $1, (SELECT coalesce(max(n) + 1, 0) FROM quarantine WHERE import_id = $1) + q.n,
       q.member, q.file, q.index, q."offset", q.reason, q."group", ($9::bytea[])[q.piece], q.size, q.part, q.parts
     FROM unnest($2::int[], $3::int[], $4::text[], $5::int[], $6::bigint[], $7::text[], $8::text[], $10::int[],
       $11::int[], $12::int[], $13::int[]) AS q(n, member, file, index, "offset", reason, "group", size, part, parts, piece)`,
    [
      importId,
      rows.map((_, i) => i),
      rows.map((row) => row.member),
      rows.map((row) => row.file.replaceAll('\0', '')),
      rows.map((row) => row.index),
      rows.map((row) => row.offset),
      reasons,
      reasons.map(groupOfReason),
      pieces,
      rows.map((row) => row.size),
      rows.map((row) => row.part),
      rows.map((row) => row.parts),
      rows.map((row) => pieceOf.get(row.bytes) ?? 1),
    ],
  );
}

/**
 * After a second reading: takes out the records that could be read now and notes for the others why they
 * cannot. Throws when a record to be taken out is not there, since the counters would then be wrong.
 */
export async function releaseQuarantine(
  connection: Connection,
  importId: number,
  released: readonly Held[],
  stillHeld: readonly StillHeld[],
): Promise<void> {
  if (released.length > 0) {
    const { rowCount } = await connection.query(
      `DELETE FROM quarantine q USING unnest($2::int[], $3::int[]) AS r(member, index)
       WHERE q.import_id = $1 AND q.member = r.member AND q.index = r.index`,
      [importId, released.map((one) => one.member), released.map((one) => one.index)],
    );
    if (rowCount !== released.length)
      throw new Error(
        `${released.length - (rowCount ?? 0)} records of import ${importId} left quarantine twice`,
      );
  }
  if (stillHeld.length === 0) return;
  const reasons = stillHeld.map((one) => one.reason.replaceAll('\0', ''));
  await connection.query(
    `UPDATE quarantine q SET reason = r.reason, "group" = r."group"
     FROM unnest($2::int[], $3::int[], $4::text[], $5::text[]) AS r(member, index, reason, "group")
     WHERE q.import_id = $1 AND q.member = r.member AND q.index = r.index AND q.reason <> r.reason`,
    [
      importId,
      stillHeld.map((one) => one.member),
      stillHeld.map((one) => one.index),
      reasons,
      reasons.map(groupOfReason),
    ],
  );
}

export type QuarantinedRecord = {
  readonly n: number;
  readonly member: number;
  readonly file: string;
  readonly index: number;
  readonly offset: number;
  readonly reason: string;
  readonly group: string;
  readonly bytes: Uint8Array;
  readonly size: number;
};

/** Quarantined records of an import in order, after number `after`; of one group if given. */
export async function loadQuarantine(
  importId: number,
  page: { readonly limit: number; readonly after?: number; readonly group?: string },
): Promise<readonly QuarantinedRecord[]> {
  const rows = await prisma().quarantine.findMany({
    where: {
      importId,
      ...(page.after === undefined ? {} : { n: { gt: page.after } }),
      ...(page.group === undefined ? {} : { group: page.group }),
    },
    orderBy: { n: 'asc' },
    take: page.limit,
    omit: { importId: true },
  });
  return rows.map((row) => ({ ...row, offset: Number(row.offset) }));
}

/** Records of an import that were refused for the same reason, with the first of them. */
export type QuarantineGroup = {
  readonly group: string;
  readonly records: number;
  /** The first record's own reason and place. */
  readonly reason: string;
  readonly file: string;
  readonly index: number;
  readonly offset: number;
};

/** Groups of an import's quarantine, the largest first, at most `limit`. */
export async function loadQuarantineGroups(
  importId: number,
  limit: number,
): Promise<readonly QuarantineGroup[]> {
  const { rows } = await pool().query<QuarantineGroup>(
    `SELECT g."group", g.records, q.reason, q.file, q.index, q."offset"
     FROM (SELECT "group", count(*)::int AS records, min(n) AS first FROM quarantine WHERE import_id = $1 GROUP BY 1) g
     JOIN quarantine q ON q.import_id = $1 AND q.n = g.first ORDER BY g.records DESC, g.first LIMIT $2`,
    [importId, limit],
  );
  return rows;
}

/** A quarantined record as a second reading looks for it. */
export type HeldPart = { readonly index: number; readonly part: number; readonly parts: number };

/** The quarantined records of an import, by member and by the byte at which they begin. */
export async function loadHeld(
  importId: number,
): Promise<ReadonlyMap<number, ReadonlyMap<number, readonly HeldPart[]>>> {
  const { rows } = await pool().query<[number, number, number, number, number]>({
    rowMode: 'array',
    text: 'SELECT member, "offset", index, part, parts FROM quarantine WHERE import_id = $1 ORDER BY member, "offset", part',
    values: [importId],
  });
  const held = new Map<number, Map<number, HeldPart[]>>();
  for (const [member, offset, index, part, parts] of rows) {
    const ofMember = held.get(member) ?? new Map<number, HeldPart[]>();
    const here = ofMember.get(offset) ?? [];
    here.push({ index, part, parts });
    held.set(member, ofMember.set(offset, here));
  }
  return held;
}
