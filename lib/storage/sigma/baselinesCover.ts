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

/** A pattern with the time up to which it covers, Micros. */
type Covering = BaselinePattern & { readonly id: number; readonly until: number };

/** A hit as patterns look at it. */
export type CoverableHit = {
  readonly importId: number;
  readonly run: number;
  readonly hostId: number;
  /** Canonical. */
  readonly host: number;
  readonly eventId: string;
  readonly ruleId: number;
  /** As correlation attributes its event. */
  readonly entityId: string | null;
  readonly time: number;
  /** Whether a baseline covers it already. */
  readonly covered: boolean;
  /** In the order of the fields asked for. */
  readonly values: readonly (string | null)[];
};

/** Hits that are held in memory at a time. */
const PAGE = 5_000;

/**
 * Hits of a rule, of whatever text, that are not silent, with the values a pattern asks for: of one pass, which need not
 * count yet, or of all that count. Within the caller's transaction; its own changes meanwhile are not seen. To be
 * gone through to the end before others are asked for.
 */
export async function* coverableHits(
  connection: Connection,
  { ruleId, hostId, fields }: BaselinePattern,
  pass?: { readonly importId: number; readonly run: number },
): AsyncGenerator<readonly CoverableHit[]> {
  await connection.query(
    `DECLARE coverable NO SCROLL CURSOR FOR
     SELECT x.import_id AS "importId", x.run, x.host_id AS "hostId", o.canonical_id AS host, x.event_id AS "eventId",
       x.rule_id AS "ruleId", coalesce(e.attributed_entity_id, e.process_entity_id, x.entity_id) AS "entityId", x.time,
       x.baseline_id IS NOT NULL AS covered,
       ARRAY(SELECT x.fields->>f.name FROM unnest($2::text[]) WITH ORDINALITY AS f(name, n) ORDER BY f.n) AS values
     FROM sigma_hits x JOIN hosts o ON o.id = x.host_id JOIN sigma_rules r ON r.id = x.rule_id
     LEFT JOIN events e ON x.is_event AND e.host_id = x.host_id AND e.id = x.event_id
     WHERE r.rule_id = $1 AND NOT x.silent
       AND ($3::int IS NULL OR o.canonical_id = (SELECT g.canonical_id FROM hosts g WHERE g.id = $3))
       AND CASE WHEN $4::int IS NULL THEN EXISTS (SELECT 1 FROM sigma_runs u WHERE u.import_id = x.import_id AND u.run = x.run)
         ELSE x.import_id = $4 AND x.run = $5 END`,
    [ruleId, Object.keys(fields), hostId, pass?.importId ?? null, pass?.run ?? null],
  );
  for (;;) {
    const { rows } = await connection.query<CoverableHit>(`FETCH ${PAGE} FROM coverable`);
    if (rows.length === 0) break;
    yield rows;
  }
  await connection.query('CLOSE coverable');
}

/** Whether a pattern holds of the values that coverableHits gave for it. */
export function createPattern({
  fields,
}: Pick<BaselinePattern, 'fields'>): (values: readonly (string | null)[]) => boolean {
  const globs: readonly (readonly Glob[])[] = Object.values(fields).map((values) =>
    values.map((value) => compileGlob(value.toLowerCase())),
  );
  return (values) =>
    globs.every((some, i) => {
      const value = values[i]?.toLowerCase();
      return value !== undefined && some.some((glob) => matchesGlob(glob, value));
    });
}

/** Has every baseline in force cover what a pass found. */
export async function coverHits(
  connection: Connection,
  pass: { readonly importId: number; readonly run: number },
): Promise<void> {
  for (const baseline of await coveringBaselines(connection)) await coverBy(connection, baseline, pass);
}

/** Baselines that nobody revoked, oldest first; of one rule if asked for. One that ran out covers what was before. */
export async function coveringBaselines(
  connection: Connection,
  ruleId?: string,
): Promise<readonly Covering[]> {
  const { rows } = await connection.query<Covering>(
    `SELECT id, rule_id AS "ruleId", host_id AS "hostId", fields, (extract(epoch FROM expires_at) * 1000000)::bigint AS until
     FROM sigma_baselines WHERE revoked_at IS NULL AND ($1::text IS NULL OR rule_id = $1) ORDER BY id`,
    [ruleId ?? null],
  );
  return rows;
}

/** Has a baseline cover the open hits that its pattern holds of; returns their hosts as recorded. */
export async function coverBy(
  connection: Connection,
  baseline: Covering,
  pass?: { readonly importId: number; readonly run: number },
): Promise<ReadonlySet<number>> {
  const holds = createPattern(baseline);
  const hosts = new Set<number>();
  for await (const hits of coverableHits(connection, baseline, pass)) {
    const covered = hits.filter((hit) => !hit.covered && hit.time < baseline.until && holds(hit.values));
    for (const hit of covered) hosts.add(hit.hostId);
    if (covered.length === 0) continue;
    await connection.query(
      `UPDATE sigma_hits x SET baseline_id = $1 FROM unnest($2::int[], $3::int[], $4::uuid[], $5::int[]) AS c(import, run, event, rule)
       WHERE x.import_id = c.import AND x.run = c.run AND x.event_id = c.event AND x.rule_id = c.rule AND x.baseline_id IS NULL`,
      [
        baseline.id,
        covered.map((hit) => hit.importId),
        covered.map((hit) => hit.run),
        covered.map((hit) => hit.eventId),
        covered.map((hit) => hit.ruleId),
      ],
    );
  }
  return hosts;
}
