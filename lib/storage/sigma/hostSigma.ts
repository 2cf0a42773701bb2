import type { HostHit, HostSigma } from '../../sigma/hit';
import { NO_SIGMA } from '../../sigma/hit';
import { SIGMA_LEVELS, type SigmaLevel } from '../../sigma/rule';
import type { Connection } from '../client';
import { HIT_PROCESS, HIT_TIME } from './hitRow';
import type { HostSourceRow } from './hostSources';

type RuleInForce = { readonly ruleId: string; readonly title: string; readonly level: SigmaLevel };

/**
 * Sigma on one machine, by all of its recorded names: the rules in force, and their hits that nobody said are normal.
 * With `importIds` that are not empty only hits on these imports' records. Where no rule is in force it costs one short
 * query.
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
    `SELECT DISTINCT ON (x.event_id, x.rule_id) x.rule_id AS rule, x.event_id AS "eventId", ${HIT_TIME} AS time,
       ${HIT_PROCESS} AS "entityId", x.is_event AS "isEvent"
     FROM sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
       LEFT JOIN events e ON x.is_event AND e.host_id = x.host_id AND e.id = x.event_id
     WHERE x.host_id = ANY($1::int[]) AND x.rule_id = ANY($2::int[]) AND NOT x.silent AND x.baseline_id IS NULL
       AND (cardinality($3::int[]) = 0 OR x.import_id = ANY($3::int[]))
     ORDER BY x.event_id, x.rule_id, x.import_id`,
    [hostIds, [...rules.keys()], importIds],
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
