import { BOOT_IMAGE } from '../../visibility/boot';
import { pool } from '../client';
import { kindNumber } from '../rows';

/** Those of the UTC hours (numbers since 1970) in which Windows started, as isBoot tells it, on any of the recorded hosts. */
export async function loadBootHours(
  hostIds: readonly number[],
  hours: readonly number[],
): Promise<ReadonlySet<number>> {
  if (hours.length === 0) return new Set();
  const { rows } = await pool().query<{ hour: number }>({
    name: 'coverage_boot_hours',
    text: `SELECT g.hour FROM unnest($2::int[]) AS g(hour) WHERE EXISTS (SELECT 1 FROM events e
      WHERE e.host_id = ANY($1::int[]) AND e.time >= g.hour * 3600000000::bigint
        AND e.time < (g.hour + 1) * 3600000000::bigint AND e.kind = $3
        AND e.process_executable ~* $4)`,
    values: [hostIds, hours, kindNumber('process_start'), BOOT_IMAGE],
  });
  return new Set(rows.map(({ hour }) => hour));
}
