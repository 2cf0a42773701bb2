import type { EventKind } from '../../events/endpointEvent';
import type { MatchedPart } from '../../sigma/hit';
import { caseOf } from '../findingRows';
import { kindOf } from '../rows';

/** A stored hit with what lists say of it. */
export type SigmaHitRow = {
  /** Canonical host. */
  readonly hostId: number;
  readonly host: string;
  readonly eventId: string;
  /** False: the record became no event, and `eventId` only stands for it. */
  readonly isEvent: boolean;
  /** Of the rule's text. */
  readonly ruleId: number;
  /** The rule's own id. */
  readonly sigmaId: string;
  readonly title: string;
  /** Index into SIGMA_LEVELS. */
  readonly level: number;
  readonly author: string;
  readonly license: string | null;
  /** Effective, Micros. */
  readonly time: number;
  readonly kind: EventKind | null;
  readonly source: string;
  readonly entityId: string | null;
  readonly pid: number | null;
  readonly image: string | null;
  readonly commandLine: string | null;
  readonly userName: string | null;
  readonly matched: readonly MatchedPart[];
  /** What baselines compare: Sigma's field → value, cut. */
  readonly fields: Readonly<Record<string, string>>;
  readonly importId: number;
  readonly file: string;
  readonly recordIndex: number;
  readonly baseline: { readonly id: number; readonly title: string } | null;
  readonly case: { readonly id: number; readonly title: string } | null;
};

/** A row as SELECT of HIT_COLUMNS gives it. */
export type SelectedHit = Omit<SigmaHitRow, 'kind'> & { readonly kind: number | null };

/** SQL: a hit's effective time. Correlation may have moved its event. */
export const HIT_TIME = 'coalesce(e.time, x.time)';

/**
 * SQL: the process a hit is about, as correlation attributes its event: none where it takes an attribution back. What
 * the record itself named counts only where there is no event.
 */
export const HIT_PROCESS =
  'CASE WHEN e.id IS NULL THEN x.entity_id ELSE coalesce(e.attributed_entity_id, e.process_entity_id) END';

/**
 * SQL: hits `x` with the run that makes them count `u`, host as recorded `o`, canonical host `c`, rule's text `r` and,
 * where the record became one, event `e`. Hits of a run that is not over are not among them.
 */
export const HITS = `sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
  JOIN hosts o ON o.id = x.host_id JOIN hosts c ON c.id = o.canonical_id JOIN sigma_rules r ON r.id = x.rule_id
  LEFT JOIN events e ON x.is_event AND e.host_id = x.host_id AND e.id = x.event_id`;

/** SQL: the columns of SelectedHit, out of HITS. */
export const HIT_COLUMNS = `c.id AS "hostId", c.name AS host, x.event_id AS "eventId", x.is_event AS "isEvent",
  x.rule_id AS "ruleId", r.rule_id AS "sigmaId", r.title, r.level, r.author, r.license, ${HIT_TIME} AS time, e.kind,
  x.source, ${HIT_PROCESS} AS "entityId", x.pid, x.image, x.command_line AS "commandLine", x.user_name AS "userName",
  x.matched, x.fields, x.import_id AS "importId", x.record_index AS "recordIndex",
  coalesce((SELECT m.name FROM import_members m WHERE m.import_id = x.import_id AND m.n = x.member), '') AS file,
  (SELECT jsonb_build_object('id', b.id, 'title', b.title) FROM sigma_baselines b WHERE b.id = x.baseline_id) AS baseline,
  ${caseOf('hit', `IN (SELECT g.id || '-' || x.event_id || '-' || t.id FROM hosts g, sigma_rules t WHERE g.canonical_id = c.id AND t.rule_id = r.rule_id)`)} AS "case"`;

/** A selected row with its kind by name. */
export function toHitRow(row: SelectedHit): SigmaHitRow {
  return { ...row, kind: row.kind === null ? null : kindOf(row.kind) };
}
