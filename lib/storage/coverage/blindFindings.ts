import { MICROS_PER_DAY } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import { pool } from '../client';
import { OPEN } from '../findingRows';
import { kindOf } from '../rows';

/** Findings of one host with the same blind stages of one analytic, counted. */
export type BlindFindings = {
  readonly hostId: number;
  /** `ANALYTIC/stage`, sorted. */
  readonly stages: readonly string[];
  /** Kinds that were silent, between the host's first and last event, around the time of the findings. */
  readonly silent: readonly EventKind[];
  /** Whether the host's last event is around their time. */
  readonly atEnd: boolean;
  /** Those whose verdict is that nothing could be determined. */
  readonly undetermined: number;
  /** Those that wait for a verdict. */
  readonly open: number;
};

/** Stages are looked for some time before and after what a finding quotes. */
const AROUND = MICROS_PER_DAY;

/** All findings that a blind stage limits and that are undetermined or open, but what the data no longer gives. */
export async function countBlindFindings(): Promise<readonly BlindFindings[]> {
  const { rows } = await pool().query<Omit<BlindFindings, 'silent'> & { silent: readonly number[] }>({
    name: 'blind_findings',
    text: `SELECT f.host_id AS "hostId", (SELECT array_agg(f.analytic || '/' || (p->>'id') ORDER BY 1)
          FROM jsonb_array_elements(f.strip) AS p WHERE p->>'state' = 'blind') AS stages,
        ARRAY(SELECT DISTINCT b.kind FROM blind_intervals b WHERE b.host_id = f.host_id
          AND greatest(b."from", h.seen_from, f.from_time - $1::bigint)
            < least(b."to", h.seen_to, f.to_time + $1::bigint) ORDER BY 1) AS silent,
        coalesce(h.seen_to < f.to_time + $1::bigint, false) AS "atEnd",
        (count(*) FILTER (WHERE d.verdict = 'undetermined'))::int AS undetermined,
        (count(*) FILTER (WHERE ${OPEN}))::int AS open
      FROM findings f JOIN hosts h ON h.id = f.host_id LEFT JOIN decisions d ON d.finding_id = f.id
      WHERE f.blind AND NOT f.stale AND (d.verdict = 'undetermined' OR (${OPEN})) GROUP BY 1, 2, 3, 4`,
    values: [AROUND],
  });
  return rows
    .filter(({ stages }) => stages !== null)
    .map((row) => ({ ...row, silent: row.silent.map(kindOf) }));
}
