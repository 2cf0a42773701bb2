import { type Connection, pool, transaction } from '../client';
import { jsonText } from '../jsonText';
import { HIT_TIME, HITS } from './hitRow';
import { lockSigma } from './runsLock';

/** A hit as correlations of Sigma look at it. */
export type HitToCorrelate = {
  /** Canonical. */
  readonly hostId: number;
  readonly host: string;
  readonly eventId: string;
  /** Of the rule's text. */
  readonly ruleId: number;
  /** Effective, Micros. */
  readonly time: number;
  readonly fields: Readonly<Record<string, string>>;
};

/** What a correlation found, to be kept. */
export type NewCorrelated = {
  /** Of the correlation's text. */
  readonly ruleId: number;
  readonly group: readonly { readonly field: string; readonly value: string }[];
  readonly from: number;
  readonly to: number;
  readonly hits: number;
  readonly hostIds: readonly number[];
  readonly events: readonly CorrelatedEvent[];
};

export type CorrelatedEvent = {
  readonly hostId: number;
  readonly eventId: string;
  readonly ruleId: number;
  readonly time: number;
};

/** Hits that are held in memory at a time. */
const PAGE = 5_000;

/**
 * Hits of some rules that no baseline covers, silent ones too, each record once per rule, in order of effective time
 * (then of record and rule), with the fields named. One after the other from one point in time.
 */
export async function eachHitInOrder(
  ruleIds: readonly number[],
  fields: readonly string[],
  visit: (hits: readonly HitToCorrelate[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  await transaction(async (connection) => {
    await connection.query(
      `DECLARE in_order NO SCROLL CURSOR FOR
       SELECT DISTINCT ON (${HIT_TIME}, x.event_id, x.rule_id) c.id AS "hostId", c.name AS host, x.event_id AS "eventId",
         x.rule_id AS "ruleId", ${HIT_TIME} AS time, coalesce((SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each_text(x.fields) f
           WHERE f.key = ANY($2::text[])), '{}') AS fields
       FROM ${HITS} WHERE x.rule_id = ANY($1::int[]) AND x.baseline_id IS NULL
       ORDER BY ${HIT_TIME}, x.event_id, x.rule_id, x.import_id`,
      [ruleIds, fields],
    );
    for (;;) {
      signal?.throwIfAborted();
      const { rows } = await connection.query<HitToCorrelate>(`FETCH ${PAGE} FROM in_order`);
      if (rows.length === 0) return;
      visit(rows);
    }
  });
}

/** Rows of one statement. */
const BATCH = 1_000;

/** Puts what correlations found in the place of what they found before. */
export async function replaceCorrelated(found: readonly NewCorrelated[]): Promise<void> {
  await transaction(async (connection) => {
    await lockSigma(connection);
    await connection.query('DELETE FROM sigma_correlated');
    for (let from = 0; from < found.length; from += BATCH)
      await insert(connection, found.slice(from, from + BATCH));
  });
}

async function insert(connection: Connection, found: readonly NewCorrelated[]): Promise<void> {
  await connection.query(
    `INSERT INTO sigma_correlated (rule_id, "group", from_time, to_time, hits, host_ids, events)
     SELECT c."ruleId", c."group", c."from", c."to", c.hits, c."hostIds", c.events
     FROM jsonb_to_recordset($1::jsonb) AS c("ruleId" int, "group" jsonb, "from" bigint, "to" bigint, hits int,
       "hostIds" int[], events jsonb)`,
    [jsonText(found)],
  );
}

/** What a correlation found, as lists show it. */
export type StoredCorrelated = {
  readonly id: number;
  readonly ruleId: number;
  readonly sigmaId: string;
  readonly title: string;
  readonly level: number;
  readonly author: string;
  readonly group: readonly { readonly field: string; readonly value: string }[];
  readonly from: number;
  readonly to: number;
  readonly hits: number;
  readonly hosts: readonly { readonly id: number; readonly name: string }[];
  readonly events: readonly (CorrelatedEvent & { readonly title: string; readonly host: string })[];
};

/** What correlations in force found, newest first, and how much there is in all. */
export async function listCorrelated(
  limit: number,
): Promise<{ readonly items: readonly StoredCorrelated[]; readonly total: number }> {
  const { rows } = await pool().query<StoredCorrelated & { readonly total: number }>(
    `WITH picked AS (SELECT k.*, count(*) OVER ()::int AS total FROM sigma_correlated k ORDER BY k.to_time DESC, k.id DESC LIMIT $1)
     SELECT k.id, k.rule_id AS "ruleId", r.rule_id AS "sigmaId", r.title, r.level, r.author, k."group",
       k.from_time AS "from", k.to_time AS "to", k.hits, k.total,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name) ORDER BY h.name) FROM hosts h
         WHERE h.id IN (SELECT g.canonical_id FROM hosts g WHERE g.id = ANY(k.host_ids))), '[]') AS hosts,
       coalesce((SELECT jsonb_agg(e.event || jsonb_build_object('title', t.title, 'hostId', h.id, 'host', h.name) ORDER BY e.n)
         FROM jsonb_array_elements(k.events) WITH ORDINALITY AS e(event, n)
         JOIN hosts g ON g.id = (e.event->>'hostId')::int JOIN hosts h ON h.id = g.canonical_id
         JOIN sigma_rules t ON t.id = (e.event->>'ruleId')::int), '[]') AS events
     FROM picked k JOIN sigma_rules r ON r.id = k.rule_id ORDER BY k.to_time DESC, k.id DESC`,
    [limit],
  );
  return { items: rows, total: rows[0]?.total ?? 0 };
}
