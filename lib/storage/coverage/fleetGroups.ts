import { createHash } from 'node:crypto';
import { AppError } from '../../base/appError';
import { addAudit } from '../audit';
import { type Connection, pool, transaction } from '../client';
import { jsonText } from '../jsonText';

/** A named part of the fleet, in order; `by` and `at` tell who last changed it and when. */
export type FleetGroupRow = {
  readonly name: string;
  readonly patterns: readonly string[];
  readonly by: string;
  readonly at: Date;
};

/** All groups in order, and a text that differs whenever they do. */
export type FleetGroupRows = { readonly items: readonly FleetGroupRow[]; readonly revision: string };

/** The groups as they stand. */
export async function loadFleetGroups(connection?: Connection): Promise<FleetGroupRows> {
  const { rows } = await (connection ?? pool()).query<FleetGroupRow>({
    name: 'fleet_groups',
    text: 'SELECT name, patterns, by, at FROM fleet_groups ORDER BY position, id',
  });
  const revision = createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
  return { items: rows, revision };
}

/**
 * Replaces all groups, in this order; those whose patterns stay keep who made them. Throws `conflict` when the groups
 * are no longer those of `revision`.
 */
export async function replaceFleetGroups(
  groups: readonly Pick<FleetGroupRow, 'name' | 'patterns'>[],
  revision: string,
  by: string,
): Promise<void> {
  await transaction(async (connection) => {
    // Two who replace them at once: one after the other, and the second is told.
    await connection.query('LOCK TABLE fleet_groups IN SHARE ROW EXCLUSIVE MODE');
    const before = await loadFleetGroups(connection);
    if (before.revision !== revision)
      throw new AppError(
        'conflict',
        'Somebody changed the host groups meanwhile: look at them as they are now, then save again.',
        { revision: before.revision },
      );
    const known = new Map(before.items.map((group) => [group.name, group]));
    const next = groups.map(({ name, patterns }) => {
      const was = known.get(name);
      const stays = was !== undefined && JSON.stringify(was.patterns) === JSON.stringify(patterns);
      return { name, patterns, by: stays ? was.by : by, at: stays ? was.at.toISOString() : null };
    });
    await connection.query('DELETE FROM fleet_groups');
    await connection.query(
      `INSERT INTO fleet_groups (name, patterns, position, by, at)
       SELECT g.item->>'name', ARRAY(SELECT jsonb_array_elements_text(g.item->'patterns')), g.n, g.item->>'by',
         coalesce((g.item->>'at')::timestamptz, now())
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS g(item, n)`,
      [jsonText(next)],
    );
    const kept = new Set(groups.map(({ name }) => name));
    const changed = next.filter(({ name, at }) => at === null && known.has(name)).length;
    await addAudit(connection, {
      by,
      action: 'host.groups_set',
      subject: 'host-groups',
      details: {
        groups: groups.length,
        added: next.filter(({ name }) => !known.has(name)).length,
        changed,
        removed: before.items.filter(({ name }) => !kept.has(name)).length,
      },
    });
  });
}
