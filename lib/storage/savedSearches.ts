import { addAudit } from './audit';
import { pool, transaction } from './client';
import { LOCK_CLASS, lockTransaction } from './locks';

/** A search over events that somebody kept under a name. */
export type StoredSearch = {
  readonly id: number;
  readonly name: string;
  readonly query: string;
  readonly columns: readonly string[];
  readonly order: string;
  readonly shared: boolean;
  readonly by: string;
  readonly at: Date;
};

const COLUMNS = 'id, name, query, columns, "order", shared, by, at';

/** One's own searches and those that are shared, by name. */
export async function listSearches(person: string): Promise<readonly StoredSearch[]> {
  const { rows } = await pool().query<StoredSearch>(
    `SELECT ${COLUMNS} FROM saved_searches WHERE by = $1 OR shared ORDER BY lower(name), id`,
    [person],
  );
  return rows;
}

/** Keeps a search; the one of the same name by the same person is replaced and keeps its number. */
export async function saveSearch(search: Omit<StoredSearch, 'id' | 'at'>): Promise<StoredSearch> {
  const { name, query, columns, order, shared, by } = search;
  return transaction(async (connection) => {
    // Two of one name saved at once would both be new.
    await lockTransaction(connection, LOCK_CLASS.savedSearches, 0);
    const replaced = await connection.query<StoredSearch>(
      `UPDATE saved_searches SET query = $3, columns = $4::text[], "order" = $5, shared = $6, at = now()
       WHERE by = $1 AND name = $2 RETURNING ${COLUMNS}`,
      [by, name, query, columns, order, shared],
    );
    const { rows } =
      replaced.rows.length > 0
        ? replaced
        : await connection.query<StoredSearch>(
            `INSERT INTO saved_searches (by, name, query, columns, "order", shared)
             VALUES ($1, $2, $3, $4::text[], $5, $6) RETURNING ${COLUMNS}`,
            [by, name, query, columns, order, shared],
          );
    const [saved] = rows;
    if (saved === undefined) throw new Error('a saved search was not returned');
    await addAudit(connection, {
      by,
      action: replaced.rows.length > 0 ? 'search.changed' : 'search.saved',
      subject: searchSubject(saved.id),
      details: { name, shared },
    });
    return saved;
  });
}

/** Deletes a search of one's own; tells whose it is when it is another's. */
export async function deleteSearch(
  id: number,
  person: string,
): Promise<'deleted' | 'not found' | 'of another'> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ name: string }>(
      'DELETE FROM saved_searches WHERE id = $1 AND by = $2 RETURNING name',
      [id, person],
    );
    const [gone] = rows;
    if (gone === undefined) {
      const { rowCount } = await connection.query('SELECT 1 FROM saved_searches WHERE id = $1 AND shared', [
        id,
      ]);
      return rowCount === 1 ? 'of another' : 'not found';
    }
    await addAudit(connection, {
      by: person,
      action: 'search.deleted',
      subject: searchSubject(id),
      details: { name: gone.name },
    });
    return 'deleted';
  });
}

function searchSubject(id: number): string {
  return `search:${id}`;
}
