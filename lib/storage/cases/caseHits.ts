import { pool } from '../client';
import { HIT_COLUMNS, HITS, type SelectedHit, type SigmaHitRow, toHitRow } from '../sigma/hitRow';

/** A hit of Sigma by what it stands in a case as, and what that names. */
export type NamedHit = {
  readonly ref: string;
  /** Canonical when it was put there; its host may have been found to be another's since. */
  readonly hostId: number;
  readonly eventId: string;
  /** Of the rule's text at that time. */
  readonly ruleId: number;
};

/**
 * Hits by what they stand in cases as, whichever import holds the record. Where a rule has another text by now it is the
 * hit of that text on the same record. Those that the data or the rules in force no longer give are not among them.
 */
export async function loadNamedHits(named: readonly NamedHit[]): Promise<ReadonlyMap<string, SigmaHitRow>> {
  if (named.length === 0) return new Map();
  const { rows } = await pool().query<SelectedHit & { ref: string }>(
    `SELECT DISTINCT ON (g.ref) g.ref, ${HIT_COLUMNS}
     FROM unnest($1::text[], $2::int[], $3::uuid[], $4::int[]) AS g(ref, host_id, event_id, rule_id)
       JOIN hosts y ON y.id = g.host_id JOIN sigma_rules t ON t.id = g.rule_id
       JOIN (${HITS}) ON x.event_id = g.event_id AND r.rule_id = t.rule_id AND o.canonical_id = y.canonical_id
     WHERE NOT x.silent ORDER BY g.ref, x.rule_id = g.rule_id DESC, x.rule_id DESC, x.import_id`,
    [
      named.map(({ ref }) => ref),
      named.map(({ hostId }) => hostId),
      named.map(({ eventId }) => eventId),
      named.map(({ ruleId }) => ruleId),
    ],
  );
  return new Map(rows.map(({ ref, ...row }) => [ref, toHitRow(row)]));
}
