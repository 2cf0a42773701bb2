import type { EventKind } from '../../events/endpointEvent';
import type { Gap } from '../../visibility/gap';
import { pool } from '../client';
import { kindNumber, kindOf } from '../rows';

/** What correlation says of one stage on one host as a whole, with what is missing. */
export type CoverageCellRow = {
  readonly hostId: number;
  /** `ANALYTIC/stage`. */
  readonly stage: string;
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  readonly fix: string | null;
  readonly gaps: readonly Gap[];
};

/** Cells of these hosts (canonical ids) and stages, in no order. */
export async function loadCoverageCells(
  hostIds: readonly number[],
  stages: readonly string[],
): Promise<readonly CoverageCellRow[]> {
  const { rows } = await pool().query<CoverageCellRow>({
    name: 'coverage_cells',
    text: `SELECT host_id AS "hostId", stage, state, why, fix, gaps FROM coverage
      WHERE host_id = ANY($1::int[]) AND stage = ANY($2::text[])`,
    values: [hostIds, stages],
  });
  return rows;
}

/** For how long one kind could not be seen on one host. */
export type BlindKind = { readonly hostId: number; readonly kind: EventKind; readonly micros: number };

/**
 * For how long each kind could not be seen on each host between two times (microseconds) and within the span of its
 * events: a kind that came and, for a while, did not.
 */
export async function sumBlindKinds(
  hostIds: readonly number[],
  kinds: readonly EventKind[],
  from: number,
  to: number,
): Promise<readonly BlindKind[]> {
  const { rows } = await pool().query<{ hostId: number; kind: number; micros: number }>({
    name: 'coverage_blind_kinds',
    text: `SELECT b.host_id AS "hostId", b.kind,
        sum(least(b."to", $4::bigint, h.seen_to) - greatest(b."from", $3::bigint, h.seen_from))::bigint AS micros
      FROM blind_intervals b JOIN hosts h ON h.id = b.host_id
      WHERE b.host_id = ANY($1::int[]) AND b.kind = ANY($2::smallint[])
        AND least(b."to", $4::bigint, h.seen_to) > greatest(b."from", $3::bigint, h.seen_from)
      GROUP BY 1, 2`,
    values: [hostIds, kinds.map(kindNumber), from, to],
  });
  return rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}
