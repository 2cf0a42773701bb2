import { addAudit } from './audit';
import { pool, transaction } from './client';

/** How long a finding of a severity (its stored number) may wait for its verdict. */
export type StoredClock = {
  readonly severity: number;
  readonly minutes: number;
  readonly setBy: string;
  readonly setAt: Date;
};

/** Clocks in force, the highest severity first. */
export async function loadServiceClocks(): Promise<readonly StoredClock[]> {
  const { rows } = await pool().query<StoredClock>(
    'SELECT severity, minutes, set_by AS "setBy", set_at AS "setAt" FROM service_clocks ORDER BY severity DESC',
  );
  return rows;
}

/** Sets all clocks: a severity that is not named has none. Those that stay as they are keep who set them. `names` are the severities' words, for the audit. */
export async function setServiceClocks(
  clocks: readonly Pick<StoredClock, 'severity' | 'minutes'>[],
  by: string,
  names: readonly string[],
): Promise<void> {
  await transaction(async (connection) => {
    // Two who set them at once: one after the other, not half of each.
    await connection.query('LOCK TABLE service_clocks IN SHARE ROW EXCLUSIVE MODE');
    const before = await connection.query<{ severity: number; minutes: number }>(
      'SELECT severity, minutes FROM service_clocks',
    );
    await connection.query('DELETE FROM service_clocks WHERE NOT severity = ANY($1::smallint[])', [
      clocks.map(({ severity }) => severity),
    ]);
    await connection.query(
      `INSERT INTO service_clocks AS c (severity, minutes, set_by) SELECT severity, minutes, $3
       FROM unnest($1::smallint[], $2::int[]) AS g(severity, minutes)
       ON CONFLICT (severity) DO UPDATE SET minutes = excluded.minutes, set_by = excluded.set_by, set_at = now()
       WHERE c.minutes <> excluded.minutes`,
      [clocks.map(({ severity }) => severity), clocks.map(({ minutes }) => minutes), by],
    );
    const was = new Map(before.rows.map((row) => [row.severity, row.minutes]));
    const is = new Map(clocks.map((clock) => [clock.severity, clock.minutes]));
    const details = Object.fromEntries(
      names.flatMap((name, severity) => {
        const [old, now] = [was.get(severity) ?? null, is.get(severity) ?? null];
        return old === now
          ? []
          : [
              [name, now],
              [`${name} before`, old],
            ];
      }),
    );
    await addAudit(connection, { by, action: 'clocks.set', subject: 'clocks', details });
  });
}
