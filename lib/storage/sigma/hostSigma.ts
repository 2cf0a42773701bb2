import type { HostHit, HostSigma } from '../../sigma/hit';
import { NO_SIGMA } from '../../sigma/hit';
import { SIGMA_LEVELS, type SigmaLevel } from '../../sigma/rule';
import type { Connection } from '../client';
import { HIT_PROCESS, HIT_TIME } from './hitRow';
import type { HostSourceRow } from './hostSources';

type RuleInForce = { readonly ruleId: string; readonly title: string; readonly level: SigmaLevel };

/** Hits of one rule on one machine that correlation is given: the newest. A rule that hits more often tells little. */
const MOST_OF_A_RULE = 2_000;

/**
 * Sigma on one machine, by all of its recorded names: the rules in force, whether they can run or not, and their hits
 * that nobody said are normal, of each rule the newest 2,000. With `importIds` that are not empty only hits on these
 * imports' records. Where no rule is in force it costs one short query.
 */
export async function loadHostSigma(
  connection: Pick<Connection, 'query'>,
  hostIds: readonly number[],
  importIds: readonly number[] = [],
): Promise<HostSigma> {
  const rules = await loadRulesInForce(connection);
  if (rules.size === 0) return NO_SIGMA;
  const enabled = new Set([...rules.values()].map(({ ruleId }) => ruleId));
  const { rows } = await connection.query<HitOfHost>(
    `WITH once AS (SELECT DISTINCT ON (x.event_id, x.rule_id) x.rule_id, x.event_id, x.host_id, x.time, x.entity_id, x.is_event
       FROM sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
       WHERE x.host_id = ANY($1::int[]) AND x.rule_id = ANY($2::int[]) AND NOT x.silent AND x.baseline_id IS NULL
         AND (cardinality($3::int[]) = 0 OR x.import_id = ANY($3::int[]))
       ORDER BY x.event_id, x.rule_id, x.import_id),
     ranked AS (SELECT o.*, row_number() OVER (PARTITION BY o.rule_id ORDER BY o.time DESC, o.event_id) AS place FROM once o)
     SELECT x.rule_id AS rule, x.event_id AS "eventId", ${HIT_TIME} AS time, ${HIT_PROCESS} AS "entityId", x.is_event AS "isEvent"
     FROM ranked x LEFT JOIN events e ON x.is_event AND e.host_id = x.host_id AND e.id = x.event_id
     WHERE x.place <= $4 ORDER BY x.event_id, x.rule_id`,
    [hostIds, [...rules.keys()], importIds, MOST_OF_A_RULE],
  );
  return {
    enabled,
    hits: rows.flatMap((row) => {
      const rule = rules.get(row.rule);
      return rule === undefined ? [] : [toHit(row, rule)];
    }),
  };
}

type HitOfHost = {
  readonly rule: number;
  readonly eventId: string;
  readonly time: number;
  readonly entityId: string | null;
  readonly isEvent: boolean;
};

/** Rules that people are told the hits of: chosen ones of the newest versions of sets that are switched on; by their text. */
async function loadRulesInForce(
  connection: Pick<Connection, 'query'>,
): Promise<ReadonlyMap<number, RuleInForce>> {
  const { rows } = await connection.query<{ id: number; ruleId: string; title: string; level: number }>({
    name: 'sigma_rules_in_force',
    text: `SELECT DISTINCT r.id, lower(r.rule_id) AS "ruleId", r.title, r.level
      FROM sigma_sets s JOIN sigma_set_rules m ON m.set_id = s.id AND m.n = s.version AND m.chosen
        JOIN sigma_rules r ON r.id = m.rule_id AND r.kind = 'detection'
      WHERE s.enabled`,
  });
  return new Map(
    rows.map(({ id, ruleId, title, level }) => [
      id,
      { ruleId, title, level: SIGMA_LEVELS[level] ?? 'informational' },
    ]),
  );
}

function toHit({ eventId, time, entityId, isEvent }: HitOfHost, rule: RuleInForce): HostHit {
  return {
    ...rule,
    eventId,
    time,
    ...(entityId === null ? {} : { entityId }),
    ...(isEvent ? {} : { noEvent: true }),
  };
}

/** Classes of records of one machine, by all of its recorded names, out of the runs that count. */
export async function loadSourcesOfHost(
  connection: Pick<Connection, 'query'>,
  hostIds: readonly number[],
): Promise<readonly HostSourceRow[]> {
  const { rows } = await connection.query<HostSourceRow>(
    `SELECT x.source, sum(x.records)::int AS records,
       array(SELECT DISTINCT f FROM sigma_sources y JOIN sigma_runs v ON v.import_id = y.import_id AND v.run = y.run,
         unnest(y.fields) f WHERE y.host_id = ANY($1::int[]) AND y.source = x.source ORDER BY f) AS fields
     FROM sigma_sources x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
     WHERE x.host_id = ANY($1::int[]) GROUP BY x.source ORDER BY x.source`,
    [hostIds],
  );
  return rows;
}

/** An import that brought records of a machine and that the rules in force were not run over to the end. */
export type UnreadImport = { readonly importId: number; readonly failed: boolean };

/** Such imports of one machine, by all of its recorded names, for the digest of the rules in force; oldest first. */
export async function loadUnreadImports(
  connection: Pick<Connection, 'query'>,
  hostIds: readonly number[],
  digest: string,
): Promise<readonly UnreadImport[]> {
  const { rows } = await connection.query<UnreadImport>(
    `SELECT DISTINCT h.import_id AS "importId", coalesce(u.state = 'failed', FALSE) AS failed
     FROM import_hosts h LEFT JOIN sigma_runs u ON u.import_id = h.import_id
     WHERE h.host_id = ANY($1::int[]) AND h.events > 0 AND (u.state = 'done' AND u.catalogue = $2) IS NOT TRUE
     ORDER BY h.import_id`,
    [hostIds, digest],
  );
  return rows;
}

/** Hosts, as recorded, that an import brought events of. */
export async function hostsOfImport(connection: Connection, importId: number): Promise<readonly number[]> {
  const { rows } = await connection.query<{ id: number }>(
    'SELECT host_id AS id FROM import_hosts WHERE import_id = $1 AND events > 0 ORDER BY host_id',
    [importId],
  );
  return rows.map(({ id }) => id);
}
