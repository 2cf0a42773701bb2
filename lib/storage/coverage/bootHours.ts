import { pool } from '../client';
import { kindNumber } from '../rows';

/** Those of the UTC hours (numbers since 1970) in which Windows started on any of the recorded hosts. */
export async function loadBootHours(
  hostIds: readonly number[],
  hours: readonly number[],
): Promise<ReadonlySet<number>> {
  if (hours.length === 0) return new Set();
  const { rows } = await pool().query<{ hour: number }>({
    name: 'coverage_boot_hours',
    // What lib/visibility takes for a start of the machine.
    text: String.raw`SELECT g.hour FROM unnest($2::int[]) AS g(hour) WHERE EXISTS (SELECT 1 FROM events e
      WHERE e.host_id = ANY($1::int[]) AND e.time >= g.hour * 3600000000::bigint
        AND e.time < (g.hour + 1) * 3600000000::bigint AND e.kind = $3
        AND e.process_executable ~* '(^|[\\/])(smss|wininit)\.exe$')`,
    values: [hostIds, hours, kindNumber('process_start')],
  });
  return new Set(rows.map(({ hour }) => hour));
}
