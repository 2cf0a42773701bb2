import { AppError } from '../../base/appError';
import { type Connection, pool, transaction } from '../client';
import { type CaseRow, caseFamily, loadCaseRows, lockCaseRows, topCases } from './caseRows';
import { changeCase, type HeldCase, holding, noCase, refuseMerged } from './changeCase';

/**
 * What can stand in a case: a finding by its id; an alert by its host's number, a slash, and the vendor's id; a hit of
 * Sigma by its host's number, the record's id and the number of the rule's text, with dashes between.
 */
export type ItemRef = { readonly kind: 'finding' | 'alert' | 'hit'; readonly ref: string };

/** SQL: the number of the host that an alert or a hit `i` names. */
export const ITEM_HOST = `split_part(i.ref, CASE WHEN i.kind = 'hit' THEN '-' ELSE '/' END, 1)::int`;

/** A thing in a case; `caseId` is the case it stands in, which may be merged into the one that is read. */
export type StoredItem = ItemRef & {
  readonly caseId: number;
  readonly addedBy: string;
  readonly addedAt: Date;
};

/** What stands in cases, in the order it was added. */
export async function loadItems(family: readonly number[]): Promise<readonly StoredItem[]> {
  const { rows } = await pool().query<StoredItem>(
    `SELECT kind, ref, case_id AS "caseId", added_by AS "addedBy", added_at AS "addedAt" FROM case_items
     WHERE case_id = ANY($1::int[]) ORDER BY added_at, kind DESC, ref`,
    [family],
  );
  return rows;
}

/**
 * Puts things into a case; what stands there already stays as it is. With `move` also what stands in another case.
 * Throws `conflict`: without `move` for what stands in another case, with its name; for a case that is closed or in
 * review, whichever of the two.
 */
export async function addItems(
  caseId: number,
  given: readonly ItemRef[],
  move: boolean,
  by: string,
): Promise<void> {
  await transaction(async (connection) => {
    const items = await asKnown(connection, given);
    const rows = await lockForItems(connection, [caseId], items);
    const row = rows.find((one) => one.id === caseId);
    if (row === undefined) throw noCase(caseId);
    await refuseMerged(connection, row);
    await holding(connection, row, by, (held) => addToHeldCase(held, items, move, rows));
  });
}

/** Takes things out of a case. Throws `not_found` for what is not in it, `conflict` for a case closed or in review. */
export async function removeItems(caseId: number, given: readonly ItemRef[], by: string): Promise<void> {
  await changeCase(caseId, by, async (held) => {
    const { connection, row, family } = held;
    refuseFixed(row);
    const items = await asKnown(connection, given);
    const { rows } = await connection.query<StoredItem>(
      `DELETE FROM case_items i USING unnest($2::text[], $3::text[]) AS g(kind, ref)
       WHERE i.kind = g.kind AND i.ref = g.ref AND i.case_id = ANY($1::int[])
       RETURNING i.kind, i.ref, i.case_id AS "caseId"`,
      [family, ...columnsOf(items)],
    );
    if (rows.length < items.length)
      throw new AppError('not_found', `Not all of this stands in case ${caseId}. Look at it as it is now.`);
    await revise(connection, caseId);
    for (const [from, out] of byCase(rows)) held.audit('case.items_removed', factsOf(out), from);
  });
}

/** Locks, in order of number, some cases and all that things stand in, with the cases they are read in. */
export async function lockForItems(
  connection: Connection,
  caseIds: readonly number[],
  items: readonly ItemRef[],
): Promise<readonly CaseRow[]> {
  const standing = (await placesOf(connection, items)).map((item) => item.caseId);
  const tops = await topCases(standing, connection);
  return lockCaseRows(connection, [...new Set([...caseIds, ...standing, ...tops.values()])]);
}

/** Puts things into a case whose row is held; `locked` are the other cases that are. As `addItems` otherwise. */
export async function addToHeldCase(
  held: HeldCase,
  items: readonly ItemRef[],
  move: boolean,
  locked: readonly CaseRow[] = [],
): Promise<void> {
  const { connection, row, family, by } = held;
  refuseFixed(row);
  const { rows: added } = await connection.query<ItemRef>(
    `INSERT INTO case_items (kind, ref, case_id, added_by) SELECT g.kind, g.ref, $1, $2
     FROM unnest($3::text[], $4::text[]) AS g(kind, ref) ORDER BY g.kind, g.ref
     ON CONFLICT (kind, ref) DO NOTHING RETURNING kind, ref`,
    [row.id, by, ...columnsOf(items)],
  );
  const elsewhere = (await placesOf(connection, items)).filter((item) => !family.includes(item.caseId));
  if (elsewhere.length > 0) {
    if (!move) throw await standsElsewhere(connection, elsewhere);
    await takeOver(held, elsewhere, locked);
  }
  const moved = elsewhere.length;
  if (added.length + moved === 0) return;
  await revise(connection, row.id);
  held.audit('case.items_added', {
    ...factsOf([...added, ...elsewhere]),
    ...(moved === 0 ? {} : { moved }),
  });
}

/** Moves things out of other cases into the held one. */
async function takeOver(
  held: HeldCase,
  elsewhere: readonly StoredItem[],
  locked: readonly CaseRow[],
): Promise<void> {
  const { connection, row, by } = held;
  const tops = await topCases(
    elsewhere.map((item) => item.caseId),
    connection,
  );
  for (const [from, out] of byCase(elsewhere)) {
    const top = locked.find((one) => one.id === tops.get(from));
    // Not among those locked: it was moved or merged since they were looked up.
    if (top === undefined || !locked.some((one) => one.id === from))
      throw new AppError(
        'conflict',
        'Somebody moved this meanwhile. Look at it as it is now, then do it again.',
        {
          revision: row.revision,
        },
      );
    refuseFixed(top);
    await revise(connection, top.id);
    held.audit('case.items_removed', { ...factsOf(out), movedTo: row.id }, from);
  }
  await connection.query(
    `UPDATE case_items i SET case_id = $1, added_by = $2, added_at = clock_timestamp()
     FROM unnest($3::text[], $4::text[]) AS g(kind, ref) WHERE i.kind = g.kind AND i.ref = g.ref`,
    [row.id, by, ...columnsOf(elsewhere)],
  );
}

/** Throws `conflict` where what a case holds must stay: what a review looks at, and what a closed case rests on. */
export function refuseFixed(row: CaseRow): void {
  if (row.state !== 'in_review' && row.state !== 'closed') return;
  const what =
    row.state === 'closed' ? 'closed: open it again first' : 'in review: withdraw it from review first';
  throw new AppError('conflict', `Case ${row.id} is ${what}.`, { revision: row.revision, state: row.state });
}

/** A case that holds other things than before is not the one somebody saw. */
export async function revise(connection: Connection, caseId: number): Promise<void> {
  await connection.query('UPDATE cases SET revision = revision + 1 WHERE id = $1', [caseId]);
}

/** Where things stand now; those in no case are left out. */
async function placesOf(connection: Connection, items: readonly ItemRef[]): Promise<readonly StoredItem[]> {
  const { rows } = await connection.query<StoredItem>(
    `SELECT i.kind, i.ref, i.case_id AS "caseId", i.added_by AS "addedBy", i.added_at AS "addedAt"
     FROM unnest($1::text[], $2::text[]) AS g(kind, ref) JOIN case_items i ON i.kind = g.kind AND i.ref = g.ref
     ORDER BY i.kind DESC, i.ref`,
    [...columnsOf(items)],
  );
  return rows;
}

/** Length of a record's id, with the dash behind it, in what a hit is called by. */
const RECORD = 37;

/**
 * Things under the name they stand in a case with: an alert or a hit whose host was found to be another's since has two,
 * and so has a hit whose rule has another text since. Each once.
 */
export async function asKnown(
  connection: Connection,
  items: readonly ItemRef[],
): Promise<readonly ItemRef[]> {
  const { rows } = await connection.query<{ kind: ItemRef['kind']; given: string; ref: string }>(
    `WITH named AS (SELECT i.kind, i.ref, ${ITEM_HOST} AS host_id, CASE WHEN i.kind = 'hit' THEN '-' ELSE '/' END AS mark
       FROM unnest($1::text[], $2::text[]) AS i(kind, ref)),
     parts AS (SELECT n.*, substr(n.ref, strpos(n.ref, n.mark) + 1) AS rest FROM named n),
     called AS (SELECT p.*, p.rest AS called FROM parts p
       UNION SELECT p.*, left(p.rest, ${RECORD}) || t.id FROM parts p
         JOIN sigma_rules r ON r.id = CASE WHEN p.kind = 'hit' AND p.rest ~ '^.{${RECORD}}[0-9]{1,9}$' THEN substr(p.rest, ${RECORD + 1})::int END
         JOIN sigma_rules t ON t.rule_id = r.rule_id)
     SELECT g.kind, g.ref AS given, i.ref FROM called g
     JOIN hosts h ON h.id = g.host_id JOIN hosts m ON m.canonical_id = h.canonical_id
     JOIN case_items i ON i.kind = g.kind AND i.ref = m.id || g.mark || g.called ORDER BY i.ref = g.ref`,
    [...columnsOf(items.filter(({ kind }) => kind !== 'finding'))],
  );
  const known = new Map(rows.map((row) => [`${row.kind} ${row.given}`, row.ref]));
  const named = items.map((item) => ({ ...item, ref: known.get(`${item.kind} ${item.ref}`) ?? item.ref }));
  return [...new Map(named.map((item) => [`${item.kind} ${item.ref}`, item])).values()];
}

/** The refusal that names the cases things stand in. */
async function standsElsewhere(connection: Connection, items: readonly StoredItem[]): Promise<AppError> {
  const tops = await topCases(
    items.map((item) => item.caseId),
    connection,
  );
  const cases = await loadCaseRows([...new Set(tops.values())], connection);
  const names = cases.map((one) => `case ${one.id} "${one.title}"`).join(', ');
  const what =
    items.length === 1 ? `This ${items[0]?.kind ?? 'finding'} stands` : `${items.length} of these stand`;
  return new AppError('conflict', `${what} in ${names}. Move it here, or work on it there.`, {
    cases: cases.map((one) => ({ id: one.id, title: one.title })),
    items: items.map((item) => ({
      kind: item.kind,
      id: item.ref,
      caseId: tops.get(item.caseId) ?? item.caseId,
    })),
  });
}

function columnsOf(items: readonly ItemRef[]): [string[], string[]] {
  return [items.map((item) => item.kind), items.map((item) => item.ref)];
}

function byCase<Item extends { readonly caseId: number }>(
  items: readonly Item[],
): ReadonlyMap<number, Item[]> {
  const found = new Map<number, Item[]>();
  for (const item of items) found.set(item.caseId, [...(found.get(item.caseId) ?? []), item]);
  return found;
}

/** Ids of findings that one entry of the trail names. */
const NAMED = 20;

/** How many of each, and which findings; an alert's id is its vendor's, and not told. */
function factsOf(items: readonly ItemRef[]): Record<string, string | number> {
  const of = (kind: ItemRef['kind']) => items.filter((item) => item.kind === kind);
  const findings = of('finding');
  const hits = of('hit').length;
  return {
    findings: findings.length,
    alerts: of('alert').length,
    ...(hits === 0 ? {} : { hits }),
    ...(findings.length === 0
      ? {}
      : {
          ids: findings
            .slice(0, NAMED)
            .map((item) => item.ref)
            .join(' '),
        }),
  };
}

/** Ids of the findings in a case and in all that were merged into it, as they were added. */
export async function findingsInCase(caseId: number): Promise<readonly string[]> {
  const items = await loadItems(await caseFamily(caseId));
  return items.flatMap((item) => (item.kind === 'finding' ? [item.ref] : []));
}
