import { pool } from './client';

/** Channel names and their numbers, as far as this process has seen them. They are never changed or deleted. */
const byName = new Map<string, number>();
const byId = new Map<number, string>();
let knownDatabase = '';

/** Numbers of channel names, creating those that are new. */
export async function ensureChannels(names: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  forgetOtherDatabase();
  const unknown = [...new Set(names)].filter((name) => !byName.has(name)).sort();
  if (unknown.length > 0) {
    await pool().query(
      `INSERT INTO channels (name) SELECT name FROM unnest($1::text[]) AS name
       WHERE NOT EXISTS (SELECT 1 FROM channels c WHERE c.name = name.name) ON CONFLICT (name) DO NOTHING`,
      [unknown],
    );
    await refresh();
  }
  return byName;
}

/** Turns the given channel numbers, and any seen before, into names. */
export async function channelNames(ids: Iterable<number>): Promise<(id: number) => string> {
  forgetOtherDatabase();
  for (const id of ids) {
    if (byId.has(id)) continue;
    await refresh();
    break;
  }
  return (id) => byId.get(id) ?? '';
}

async function refresh(): Promise<void> {
  const { rows } = await pool().query<{ id: number; name: string }>('SELECT id, name FROM channels');
  for (const row of rows) {
    byId.set(row.id, row.name);
    byName.set(row.name, row.id);
  }
}

/** A process that is pointed at another database (tests) starts with what that one holds. */
function forgetOtherDatabase(): void {
  const url = process.env.DATABASE_URL ?? '';
  if (url === knownDatabase) return;
  knownDatabase = url;
  byName.clear();
  byId.clear();
}
