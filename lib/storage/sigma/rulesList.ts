import type { SigmaDocument } from '../../sigma/rule';
import { pool } from '../client';
import { containing, createConditions } from '../conditions';
import { HIT_TIME, HITS } from './hitRow';

/** A rule in a set's newest version, as lists have it. */
export type ListedRule = {
  readonly id: number;
  readonly ruleId: string;
  readonly kind: SigmaDocument['kind'];
  readonly title: string;
  /** Index into SIGMA_LEVELS. */
  readonly level: number;
  readonly status: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
  readonly setId: number;
  readonly setName: string;
  readonly path: string;
  /** Its set is switched on and takes it in. */
  readonly enabled: boolean;
};

/** Which rules are asked for; all that is given must hold. */
export type RuleFilter = {
  /** Part of title, id, author, a tag or the path. */
  readonly q?: string;
  readonly id?: number;
  readonly set?: number;
  readonly level?: number;
  readonly status?: string;
  readonly tag?: string;
};

/** Rules of the newest versions of all sets, in no order; one that two sets hold is there twice. */
export async function listRules(filter: RuleFilter): Promise<readonly ListedRule[]> {
  const { value, add, where, values } = createConditions();
  if (filter.q !== undefined && filter.q !== '') {
    const like = value(containing(filter.q));
    add(
      `(r.title ILIKE ${like} OR r.rule_id ILIKE ${like} OR r.author ILIKE ${like} OR m.path ILIKE ${like}
         OR EXISTS (SELECT 1 FROM unnest(r.tags) AS t(tag) WHERE t.tag ILIKE ${like}))`,
    );
  }
  if (filter.id !== undefined) add(`r.id = ${value(filter.id)}`);
  if (filter.set !== undefined) add(`s.id = ${value(filter.set)}`);
  if (filter.level !== undefined) add(`r.level = ${value(filter.level)}`);
  if (filter.status !== undefined) add(`r.status = ${value(filter.status)}`);
  if (filter.tag !== undefined)
    add(
      `EXISTS (SELECT 1 FROM unnest(r.tags) AS t(tag) WHERE lower(t.tag) = lower(${value(filter.tag)})
         OR starts_with(lower(t.tag), lower(${value(`${filter.tag}.`)})))`,
    );
  const { rows } = await pool().query<ListedRule>(
    `SELECT r.id, r.rule_id AS "ruleId", r.kind, r.title, r.level, r.status, r.author, r.tags, r.product, r.category, r.service,
       s.id AS "setId", s.name AS "setName", m.path, s.enabled AND m.chosen AS enabled
     FROM sigma_sets s JOIN sigma_set_rules m ON m.set_id = s.id AND m.n = s.version JOIN sigma_rules r ON r.id = m.rule_id
     WHERE ${where()}`,
    values(),
  );
  return rows;
}

/** How often each rule (by the row of its text) was hit, without silent hits and those that a baseline covers. */
export async function countRuleHits(): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool().query<{ id: number; hits: number }>({
    name: 'sigma_rule_hits',
    text: `SELECT d.rule_id AS id, count(*)::int AS hits FROM (
        SELECT DISTINCT x.rule_id, o.canonical_id, x.event_id
        FROM sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run JOIN hosts o ON o.id = x.host_id
        WHERE NOT x.silent AND x.baseline_id IS NULL) d GROUP BY 1`,
  });
  return new Map(rows.map(({ id, hits }) => [id, hits]));
}

/** Differs whenever a run over an import has ended since. */
export async function runsStamp(): Promise<string> {
  const { rows } = await pool().query<{ stamp: string }>({
    name: 'sigma_runs_stamp',
    text: `SELECT concat_ws('.', count(*), sum(run), sum(import_id::bigint * run), max(finished_at)) AS stamp FROM sigma_runs`,
  });
  return rows[0]?.stamp ?? '';
}

/** Effective time (microseconds) of the last hit of each of these rules, without silent and covered ones. */
export async function lastRuleHits(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool().query<{ id: number; time: number }>({
    name: 'sigma_rule_last_hits',
    text: `SELECT x.rule_id AS id, max(${HIT_TIME}) AS time FROM ${HITS}
      WHERE x.rule_id = ANY($1::int[]) AND NOT x.silent AND x.baseline_id IS NULL GROUP BY 1`,
    values: [ids],
  });
  return new Map(rows.map(({ id, time }) => [id, time]));
}
