import { setImmediate as pause } from 'node:timers/promises';
import { compileGlob, type Glob, matchesGlob } from '../../sigma/glob';
import type { Connection } from '../client';

/** Of which hits a baseline says that they are normal. */
export type BaselinePattern = {
  /** The rule's own id. */
  readonly ruleId: string;
  /** Any id of the host; null: all hosts. */
  readonly hostId: number | null;
  /** Sigma's field → values, of which a hit has one; wildcards as in a rule, in any case. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
};

/** A pattern with the time up to which it covers, Micros, and its host by the canonical id. */
export type Covering = BaselinePattern & { readonly id: number; readonly until: number };

/** A hit as patterns look at it. */
export type CoverableHit = {
  readonly importId: number;
  readonly run: number;
  readonly hostId: number;
  /** Canonical. */
  readonly host: number;
  readonly eventId: string;
  readonly ruleId: number;
  /** The rule's own id. */
  readonly sigmaId: string;
  readonly silent: boolean;
  /** As correlation attributes its event. */
  readonly entityId: string | null;
  readonly time: number;
  /** Whether a baseline covers it already. */
  readonly covered: boolean;
  /** In the order of the fields asked for. */
  readonly values: readonly (string | null)[];
};

/** A pass over an import, which need not count yet. */
export type Pass = { readonly importId: number; readonly run: number };

/** Hits that are held in memory at a time. */
const PAGE = 1_000;
/** Hits are tried for this long before others get their turn. */
const TURN_MS = 25;

/**
 * Hits of rules, of whatever texts, with the values of the fields asked for: of one pass, or of all that count, where
 * those of one record and text stand side by side. A few at a time, so that others get their turn. Within the caller's
 * transaction; its own changes meanwhile are not seen. To be gone through to the end before others are asked for.
 */
export async function* coverableHits(
  connection: Connection,
  ruleIds: readonly string[],
  fields: readonly string[],
  pass?: Pass,
): AsyncGenerator<CoverableHit> {
  const from =
    pass === undefined
      ? `sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run`
      : `(SELECT * FROM sigma_hits WHERE import_id = $3 AND run = $4) x`;
  await connection.query(
    `DECLARE coverable NO SCROLL CURSOR FOR
     SELECT x.import_id AS "importId", x.run, x.host_id AS "hostId", o.canonical_id AS host, x.event_id AS "eventId",
       x.rule_id AS "ruleId", r.rule_id AS "sigmaId", x.silent, x.entity_id AS "entityId", x.time,
       x.baseline_id IS NOT NULL AS covered,
       ARRAY(SELECT x.fields->>f.name FROM unnest($2::text[]) WITH ORDINALITY AS f(name, n) ORDER BY f.n) AS values
     FROM ${from} JOIN hosts o ON o.id = x.host_id JOIN sigma_rules r ON r.id = x.rule_id
     WHERE r.rule_id = ANY($1::text[]) ${pass === undefined ? 'ORDER BY x.event_id, x.rule_id' : ''}`,
    [ruleIds, fields, ...(pass === undefined ? [] : [pass.importId, pass.run])],
  );
  let began = performance.now();
  for (;;) {
    const { rows } = await connection.query<CoverableHit>(`FETCH ${PAGE} FROM coverable`);
    if (rows.length === 0) break;
    for (const row of rows) {
      yield row;
      if (performance.now() - began < TURN_MS) continue;
      await pause();
      began = performance.now();
    }
  }
  await connection.query('CLOSE coverable');
}

/** Whether a pattern holds of a hit whose values are those of some fields. The rule and the host are not looked at. */
export function createPattern(
  { fields }: Pick<BaselinePattern, 'fields'>,
  names: readonly string[],
): (values: readonly (string | null)[]) => boolean {
  const parts: readonly (readonly [at: number, globs: readonly Glob[]])[] = Object.entries(fields).map(
    ([name, values]) => [names.indexOf(name), values.map((value) => compileGlob(value.toLowerCase()))],
  );
  return (values) =>
    parts.every(([at, globs]) => {
      const value = values[at]?.toLowerCase();
      return value !== undefined && globs.some((glob) => matchesGlob(glob, value));
    });
}

/** Baselines that nobody revoked, oldest first; of one rule if asked for. One that ran out covers what was before. */
export async function coveringBaselines(
  connection: Connection,
  ruleId?: string,
): Promise<readonly Covering[]> {
  const { rows } = await connection.query<Covering>(
    `SELECT b.id, b.rule_id AS "ruleId", (SELECT h.canonical_id FROM hosts h WHERE h.id = b.host_id) AS "hostId", b.fields,
       (extract(epoch FROM b.expires_at) * 1000000)::bigint AS until
     FROM sigma_baselines b WHERE b.revoked_at IS NULL AND ($1::text IS NULL OR b.rule_id = $1) ORDER BY b.id`,
    [ruleId ?? null],
  );
  return rows;
}

/** What was covered: whether anything, and the hosts, as recorded, of hits that people are told of. */
export type Covered = { readonly any: boolean; readonly hostIds: ReadonlySet<number> };

/** Has every baseline in force cover what a pass found. */
export async function coverHits(connection: Connection, pass: Pass): Promise<void> {
  await coverBy(connection, await coveringBaselines(connection), pass);
}

/**
 * Has baselines cover the open hits that their patterns hold of, the first of them where several do. Silent hits too:
 * what is normal takes part in no correlation.
 */
export async function coverBy(
  connection: Connection,
  baselines: readonly Covering[],
  pass?: Pass,
): Promise<Covered> {
  const hostIds = new Set<number>();
  if (baselines.length === 0) return { any: false, hostIds };
  const find = createFinder(baselines);
  let any = false;
  let found: (CoverableHit & { readonly baseline: number })[] = [];
  for await (const hit of coverableHits(connection, find.ruleIds, find.fields, pass)) {
    const baseline = hit.covered ? undefined : find.first(hit);
    if (baseline === undefined) continue;
    any = true;
    if (!hit.silent) hostIds.add(hit.hostId);
    found.push({ ...hit, baseline });
    if (found.length < PAGE) continue;
    await cover(connection, found);
    found = [];
  }
  await cover(connection, found);
  return { any, hostIds };
}

function createFinder(baselines: readonly Covering[]) {
  const fields = [...new Set(baselines.flatMap((baseline) => Object.keys(baseline.fields)))];
  const byRule = new Map<string, (Covering & { readonly holds: ReturnType<typeof createPattern> })[]>();
  for (const baseline of baselines) {
    const some = byRule.get(baseline.ruleId) ?? [];
    byRule.set(baseline.ruleId, some);
    some.push({ ...baseline, holds: createPattern(baseline, fields) });
  }
  return {
    ruleIds: [...byRule.keys()],
    fields,
    first: ({ sigmaId, host, time, values }: CoverableHit): number | undefined =>
      byRule
        .get(sigmaId)
        ?.find(
          ({ hostId, until, holds }) => (hostId === null || hostId === host) && time < until && holds(values),
        )?.id,
  };
}

async function cover(
  connection: Connection,
  hits: readonly (CoverableHit & { readonly baseline: number })[],
): Promise<void> {
  if (hits.length === 0) return;
  await connection.query(
    `UPDATE sigma_hits x SET baseline_id = c.baseline
     FROM unnest($1::int[], $2::int[], $3::int[], $4::uuid[], $5::int[]) AS c(baseline, import, run, event, rule)
     WHERE x.import_id = c.import AND x.run = c.run AND x.event_id = c.event AND x.rule_id = c.rule AND x.baseline_id IS NULL`,
    [
      hits.map(({ baseline }) => baseline),
      hits.map(({ importId }) => importId),
      hits.map(({ run }) => run),
      hits.map(({ eventId }) => eventId),
      hits.map(({ ruleId }) => ruleId),
    ],
  );
}
