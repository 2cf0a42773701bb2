import type { Finding, Severity } from '../findings/finding';
import { type Conditions, containing, createConditions } from './conditions';
import { AWAITED, DUE_BY, DUE_EARLIEST, SEVERITIES, SOON, type VerdictValue } from './findingRows';
import { isStorable } from './storableText';

/** What narrows the queue; absent: not asked for. */
export type FindingFilter = {
  readonly analytic?: string;
  readonly status?: Finding['status'];
  readonly verdict?: VerdictValue | 'none' | 'any';
  readonly hostId?: number;
  readonly user?: string;
  /** Lowest severity to show. */
  readonly severity?: Severity;
  /** A person, or `none` for findings without one. */
  readonly assignee?: string;
  /** Free text looked for in headline, trail, host, user, analytic and id. */
  readonly q?: string;
  /** Findings that overlap [from, to], microseconds. */
  readonly from?: number;
  readonly to?: number;
  readonly blind?: boolean;
  readonly suppressed?: boolean;
  /** Id of a baseline that lowered or suppressed it. */
  readonly baseline?: number;
  /** In this case or one merged into it, in none, or in any. */
  readonly case?: number | 'none' | 'any';
  /** Without a verdict, and past due; `soon`: or due within the hour. */
  readonly clock?: 'soon' | 'breached';
  readonly reopened?: boolean;
  readonly shape?: string;
  /** Written after this moment, ISO 8601. */
  readonly since?: string;
};

/** Tables beside findings `f` that a condition or an order may name, by their alias. */
export type Joined = 'h' | 'd';

const JOINS: Readonly<Record<Joined, string>> = {
  h: 'JOIN hosts h ON h.id = f.host_id',
  d: 'LEFT JOIN decisions d ON d.finding_id = f.id',
};

/** SQL: findings `f` and those tables beside them that are needed; each costs, in a queue of many. */
export function joinedBy(needed: ReadonlySet<Joined>): string {
  return `FROM findings f ${(['h', 'd'] as const)
    .flatMap((alias) => (needed.has(alias) ? [JOINS[alias]] : []))
    .join(' ')}`;
}

/** SQL: all that is searched of a finding itself, as the index of trigrams holds it (prisma/migrations, queue_indexes). */
const SEARCHED = `(f.headline || E'\\n' || f.trail || E'\\n' || coalesce(f.user_name, '') || E'\\n' || f.analytic || E'\\n' || f.id)`;

/** The conditions of a filter, and what has to be joined for them. */
export function filterFindings(filter: FindingFilter): {
  readonly conditions: Conditions;
  readonly needed: ReadonlySet<Joined>;
} {
  const conditions = createConditions();
  const needed = new Set<Joined>();
  const { value, add } = conditions;
  const { analytic = '', user = '', assignee = '', q = '', shape = '' } = filter;
  if (![analytic, user, assignee, q, shape].every(isStorable)) {
    add('FALSE');
    return { conditions, needed };
  }
  if (filter.analytic !== undefined) add(`f.analytic = ${value(filter.analytic)}`);
  if (filter.shape !== undefined) add(`f.shape = ${value(filter.shape)}`);
  if (filter.status !== undefined) add(`f.status = ${value(filter.status)}`);
  if (filter.hostId !== undefined) add(`f.host_id = ${value(filter.hostId)}`);
  if (filter.user !== undefined) add(`md5(lower(f.user_name)) = md5(lower(${value(filter.user)}))`);
  if (filter.severity !== undefined) add(`f.severity >= ${value(SEVERITIES.indexOf(filter.severity))}`);
  if (filter.from !== undefined) add(`f.to_time >= ${value(filter.from)}::bigint`);
  if (filter.to !== undefined) add(`f.from_time <= ${value(filter.to)}::bigint`);
  if (filter.blind !== undefined) add(`f.blind = ${value(filter.blind)}`);
  if (filter.baseline !== undefined) add(`f.baseline_ids @> ARRAY[${value(filter.baseline)}::int]`);
  if (filter.suppressed !== undefined) add(`f.suppressed = ${value(filter.suppressed)}`);
  if (filter.since !== undefined) add(`f.created_at > ${value(filter.since)}::timestamptz`);
  addCase(filter, conditions);
  addDecided(filter, conditions, needed);
  if (q.trim() !== '') {
    const pattern = value(containing(q.trim()));
    add(
      `(${SEARCHED} ILIKE ${pattern} OR f.host_id = ANY(ARRAY(SELECT id FROM hosts WHERE name ILIKE ${pattern})))`,
    );
  }
  return { conditions, needed };
}

function addCase({ case: wanted }: FindingFilter, { value, add }: Conditions): void {
  if (wanted === undefined) return;
  if (wanted === 'none' || wanted === 'any') {
    add(
      `${wanted === 'none' ? 'NOT ' : ''}EXISTS (SELECT 1 FROM case_items i WHERE i.kind = 'finding' AND i.ref = f.id)`,
    );
    return;
  }
  add(`f.id = ANY(ARRAY(WITH RECURSIVE down(id) AS (SELECT ${value(wanted)}::int
      UNION SELECT k.id FROM down JOIN cases k ON k.merged_into = down.id)
    SELECT i.ref FROM down JOIN case_items i ON i.case_id = down.id WHERE i.kind = 'finding'))`);
}

function addDecided(filter: FindingFilter, { value, add }: Conditions, needed: Set<Joined>): void {
  const { verdict, assignee, reopened, clock } = filter;
  if (verdict === undefined && assignee === undefined && reopened === undefined && clock === undefined)
    return;
  needed.add('d');
  if (verdict === 'none') add('d.verdict IS NULL');
  else if (verdict === 'any') add('d.verdict IS NOT NULL');
  else if (verdict !== undefined) add(`d.verdict = ${value(verdict)}`);
  if (assignee === 'none') add('d.assignee IS NULL');
  else if (assignee !== undefined) add(`d.assignee = ${value(assignee)}`);
  if (reopened !== undefined) add(`d.reopened_at IS ${reopened ? 'NOT NULL' : 'NULL'}`);
  if (clock === undefined) return;
  // The earliest is told of the finding alone, so that only those that are due are looked up among the decisions.
  add(AWAITED);
  const by = `now()${clock === 'soon' ? ` + ${SOON}` : ''}`;
  add(`${DUE_EARLIEST} <= ${by}`);
  add(`${DUE_BY} <= ${by}`);
}
