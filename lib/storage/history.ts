import {
  classOfKey,
  HISTORY_CLASSES,
  type HistoryClass,
  type HistoryFacts,
  type HistoryKey,
  type HistoryLookups,
  type HistoryRow,
  type HostSpan,
  MATURE_KEYS,
  MOST_HOSTS,
  maturityOf,
  RARITY_SPAN,
} from '../analytics/history/history';
import {
  changesAnswer,
  type HistoryChange,
  type MaturityChange,
  maturityChanges,
  type StandingLookup,
} from '../analytics/history/historyChange';
import type { Micros } from '../base/time';
import { type Connection, pool, transaction } from './client';
import { LOCK_CLASS, lockTransaction } from './locks';
import { addJobs } from './queue';

/**
 * Replaces what a host group contributes to the environment's history and queues the hosts that had asked about
 * what is now known otherwise. Only rows that changed are written; when none did, nothing is queued, so that a
 * round of correlations that follow from each other comes to rest. Changes of history and new look-ups take turns:
 * a look-up is either seen by a change, or made after it.
 */
export async function saveHistory(
  canonicalId: number,
  memberIds: readonly number[],
  rows: readonly HistoryRow[],
): Promise<void> {
  await transaction(async (connection) => {
    await takeTurn(connection);
    const changes = await compare(connection, canonicalId, memberIds, rows);
    if (changes.length === 0) return;
    const before = await maturity(connection);
    await write(connection, changes);
    await keepEarliest(connection, changes);
    const matured = maturityChanges(before, await maturity(connection));
    const hosts = new Set([
      ...(await hostsThatAsked(connection, memberIds, changes)),
      ...(await hostsOfClasses(connection, memberIds, matured)),
    ]);
    await addJobs(
      connection,
      'correlate_host',
      [...hosts].sort((a, b) => a - b).map((hostId) => ({ payload: { hostId }, key: `host:${hostId}` })),
    );
  });
}

/**
 * Notes that a host asks about these keys, then says what is known of them. In this order: whoever changes the
 * answer later finds the question.
 */
export async function askHistory(hostId: number, lookups: HistoryLookups): Promise<HistoryFacts> {
  await transaction(async (connection) => {
    await takeTurn(connection);
    await connection.query(
      `INSERT INTO history_lookups AS l (host_id, key, first, last) SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[])
       ON CONFLICT (host_id, key) DO UPDATE SET first = least(l.first, excluded.first), last = greatest(l.last, excluded.last)`,
      [hostId, ...columnsOf(lookups)],
    );
  });
  return loadHistory(lookups);
}

/** What is known of some keys at the times asked about; nothing of classes that are not mature by then. */
export async function loadHistory(lookups: HistoryLookups): Promise<HistoryFacts> {
  const matureFrom = await maturity(pool());
  const wanted = new Map(
    [...lookups].filter(
      ([key, span]) => span.last >= (matureFrom.get(classOfKey(key)) ?? Number.POSITIVE_INFINITY),
    ),
  );
  const spans = new Map<HistoryKey, HostSpan[]>();
  if (wanted.size === 0) return { spans, matureFrom };
  const { rows } = await pool().query<HostSpan & { key: HistoryKey }>(
    `SELECT h.key, h.first, h.last FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS a(key, first, last)
     JOIN history h ON h.key = a.key WHERE h.first <= a.last`,
    columnsOf(wanted),
  );
  for (const { key, first, last } of rows) {
    const known = spans.get(key);
    if (known === undefined) spans.set(key, [{ first, last }]);
    else known.push({ first, last });
  }
  return { spans, matureFrom };
}

/** Within the caller's transaction: of what the group's names ever asked, only what the last correlation did is kept. */
export async function keepLookups(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  lookups: HistoryLookups,
): Promise<void> {
  const [keys, first, last] = columnsOf(lookups);
  await connection.query(
    'DELETE FROM history_lookups WHERE host_id = ANY($1) AND NOT (host_id = $2 AND key = ANY($3))',
    [memberIds, canonicalId, keys],
  );
  await connection.query(
    `UPDATE history_lookups l SET first = n.first, last = n.last FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS n(key, first, last)
     WHERE l.host_id = $1 AND l.key = n.key AND (l.first, l.last) IS DISTINCT FROM (n.first, n.last)`,
    [canonicalId, keys, first, last],
  );
}

function columnsOf(
  lookups: HistoryLookups,
): [keys: readonly string[], first: readonly number[], last: readonly number[]] {
  const spans = [...lookups.values()];
  return [[...lookups.keys()], spans.map((span) => span.first), spans.map((span) => span.last)];
}

async function takeTurn(connection: Connection): Promise<void> {
  await lockTransaction(connection, LOCK_CLASS.history, 0);
}

type Change = HistoryChange & { readonly hostId: number; readonly times: number | null };

/** What is stored under the group's names against what it shows now: the rows that differ. */
async function compare(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  rows: readonly HistoryRow[],
): Promise<readonly Change[]> {
  const found = await connection.query<{
    host_id: number;
    key: HistoryKey;
    old_first: Micros | null;
    old_last: Micros | null;
    first: Micros | null;
    last: Micros | null;
    times: number | null;
  }>(
    `SELECT coalesce(n.host_id, o.host_id) AS host_id, coalesce(n.key, o.key) AS key,
       o.first AS old_first, o.last AS old_last, n.first, n.last, n.times
     FROM (SELECT * FROM history WHERE host_id = ANY($1)) o
     FULL JOIN (SELECT $2::int AS host_id, * FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::int[]) AS u(key, first, last, times)) n
       ON n.host_id = o.host_id AND n.key = o.key
     WHERE (o.first, o.last, o.times) IS DISTINCT FROM (n.first, n.last, n.times)`,
    [
      memberIds,
      canonicalId,
      rows.map((row) => row.key),
      rows.map((row) => row.first),
      rows.map((row) => row.last),
      rows.map((row) => Math.min(row.times, 2_147_483_647)),
    ],
  );
  return found.rows.map((row) => ({
    hostId: row.host_id,
    key: row.key,
    times: row.times,
    before: spanOf(row.old_first, row.old_last),
    after: spanOf(row.first, row.last),
  }));
}

function spanOf(first: Micros | null, last: Micros | null): HostSpan | undefined {
  return first === null || last === null ? undefined : { first, last };
}

async function write(connection: Connection, changes: readonly Change[]): Promise<void> {
  const gone = changes.filter((change) => change.after === undefined);
  if (gone.length > 0)
    await connection.query(
      'DELETE FROM history h USING unnest($1::int[], $2::text[]) AS g(host_id, key) WHERE h.host_id = g.host_id AND h.key = g.key',
      [gone.map((change) => change.hostId), gone.map((change) => change.key)],
    );
  const kept = changes.flatMap(({ hostId, key, after, times }) =>
    after === undefined ? [] : [{ hostId, key, times, ...after }],
  );
  if (kept.length > 0)
    await connection.query(
      `INSERT INTO history (host_id, key, first, last, times) SELECT * FROM unnest($1::int[], $2::text[], $3::bigint[], $4::bigint[], $5::int[])
       ON CONFLICT (host_id, key) DO UPDATE SET first = excluded.first, last = excluded.last, times = excluded.times`,
      [
        kept.map((row) => row.hostId),
        kept.map((row) => row.key),
        kept.map((row) => row.first),
        kept.map((row) => row.last),
        kept.map((row) => row.times),
      ],
    );
}

/**
 * Keeps the MATURE_KEYS keys of each class that were first seen anywhere. New and earlier ones are merged in; a class
 * of which one has left, or is now seen later, is counted again.
 */
async function keepEarliest(connection: Connection, changes: readonly Change[]): Promise<void> {
  const later = changes.filter(
    ({ before, after }) => before !== undefined && (after === undefined || after.first > before.first),
  );
  if (later.length > 0) {
    const { rows } = await connection.query<{ class: string }>(
      `SELECT DISTINCT split_part(e.key, ':', 1) AS class FROM history_earliest e
       JOIN unnest($1::text[], $2::bigint[]) AS g(key, first) ON g.key = e.key AND g.first = e.first`,
      [later.map((change) => change.key), later.map((change) => change.before?.first)],
    );
    for (const row of rows) await countAgain(connection, row.class);
  }
  const candidates = HISTORY_CLASSES.flatMap((keyClass) => earliestOf(changes, keyClass));
  if (candidates.length === 0) return;
  await connection.query(
    `INSERT INTO history_earliest AS e (key, first) SELECT key, min(first) FROM unnest($1::text[], $2::bigint[]) AS n(key, first) GROUP BY key
     ON CONFLICT (key) DO UPDATE SET first = excluded.first WHERE excluded.first < e.first`,
    [candidates.map(({ key }) => key), candidates.map(({ first }) => first)],
  );
  await connection.query(
    `DELETE FROM history_earliest e USING (
       SELECT key, row_number() OVER (PARTITION BY split_part(key, ':', 1) ORDER BY first, key COLLATE "C") AS n FROM history_earliest) r
     WHERE r.key = e.key AND r.n > $1`,
    [MATURE_KEYS],
  );
}

/** No more than MATURE_KEYS of one change can be among the earliest. */
function earliestOf(
  changes: readonly Change[],
  keyClass: HistoryClass,
): readonly { readonly key: HistoryKey; readonly first: Micros }[] {
  return changes
    .flatMap(({ key, after }) =>
      after === undefined || classOfKey(key) !== keyClass ? [] : [{ key, first: after.first }],
    )
    .sort((a, b) => a.first - b.first || (a.key < b.key ? -1 : 1))
    .slice(0, MATURE_KEYS);
}

async function countAgain(connection: Connection, keyClass: string): Promise<void> {
  await connection.query(`DELETE FROM history_earliest WHERE starts_with(key, $1)`, [`${keyClass}:`]);
  await connection.query(
    `INSERT INTO history_earliest (key, first) SELECT key, min(first) FROM history WHERE starts_with(key, $1)
     GROUP BY key ORDER BY 2, key COLLATE "C" LIMIT $2`,
    [`${keyClass}:`, MATURE_KEYS],
  );
}

/** From when each class is mature; classes that are not are left out. */
async function maturity(connection: Pick<Connection, 'query'>): Promise<ReadonlyMap<HistoryClass, Micros>> {
  const { rows } = await connection.query<{ class: HistoryClass; first: Micros; last: Micros }>(
    `SELECT split_part(key, ':', 1) AS class, min(first) AS first, max(first) AS last FROM history_earliest
     GROUP BY 1 HAVING count(*) >= $1`,
    [MATURE_KEYS],
  );
  return new Map(rows.map((row) => [row.class, maturityOf(row.first, row.last)]));
}

/** Hosts, other than these, that asked about a key at a time for which the answer may now be another. */
async function hostsThatAsked(
  connection: Connection,
  memberIds: readonly number[],
  changes: readonly Change[],
): Promise<readonly number[]> {
  const byKey = new Map<string, Change[]>();
  for (const change of changes) {
    const { before, after } = change;
    // How often is told to people; no answer hangs on it.
    if (before?.first === after?.first && before?.last === after?.last) continue;
    const known = byKey.get(change.key);
    if (known === undefined) byKey.set(change.key, [change]);
    else known.push(change);
  }
  if (byKey.size === 0) return [];
  const { rows } = await connection.query<{
    host_id: number;
    key: string;
    first: Micros;
    last: Micros;
    others_first: Micros | null;
    others: number;
  }>(
    `SELECT l.host_id, l.key, l.first, l.last,
       (SELECT min(h.first) FROM history h WHERE h.key = l.key AND NOT h.host_id = ANY($1)) AS others_first,
       (SELECT count(*)::int FROM (SELECT 1 FROM history h WHERE h.key = l.key AND NOT h.host_id = ANY($1)
          AND h.first <= l.first AND h.last >= l.last - $3::bigint LIMIT $4) t) AS others
     FROM history_lookups l WHERE l.key = ANY($2) AND NOT l.host_id = ANY($1)`,
    [memberIds, [...byKey.keys()], RARITY_SPAN, MOST_HOSTS],
  );
  return rows
    .filter((row) => {
      const asked: StandingLookup = {
        first: row.first,
        last: row.last,
        others: row.others,
        othersFirst: row.others_first ?? undefined,
      };
      return byKey.get(row.key)?.some((change) => changesAnswer(change, asked)) === true;
    })
    .map((row) => row.host_id);
}

/** Hosts, other than these, that asked about a class at a time for which its maturity is another now. */
async function hostsOfClasses(
  connection: Connection,
  memberIds: readonly number[],
  matured: readonly MaturityChange[],
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const { keyClass, from, to } of matured) {
    const { rows } = await connection.query<{ host_id: number }>(
      `SELECT DISTINCT host_id FROM history_lookups
       WHERE starts_with(key, $1) AND last >= $2 AND ($3::bigint IS NULL OR first < $3) AND NOT host_id = ANY($4)`,
      [`${keyClass}:`, from, to ?? null, memberIds],
    );
    found.push(...rows.map((row) => row.host_id));
  }
  return found;
}
