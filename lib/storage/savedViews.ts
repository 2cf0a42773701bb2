import { addAudit } from './audit';
import { type Connection, pool, transaction } from './client';

/** A view of the queue that somebody kept under a name. */
export type StoredView = {
  readonly id: number;
  readonly name: string;
  /** What the URL of the queue carries. */
  readonly search: string;
  readonly shared: boolean;
  readonly by: string;
  readonly at: Date;
};

export type ViewToKeep = Pick<StoredView, 'name' | 'search' | 'shared'>;

const COLUMNS = 'id, name, search, shared, by, at';

/** Views that are listed; more are no help to anybody. */
const LISTED = 200;

/** One's own views and those that are shared, by name; one's own first where there are very many. */
export async function listViews(person: string): Promise<readonly StoredView[]> {
  const { rows } = await pool().query<StoredView>(
    `SELECT * FROM (SELECT ${COLUMNS} FROM saved_views WHERE by = $1 OR shared ORDER BY (by = $1) DESC, id LIMIT ${LISTED}) v
     ORDER BY lower(name), id`,
    [person],
  );
  return rows;
}

/** Keeps a new view. */
export async function addView(view: ViewToKeep, by: string): Promise<StoredView> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<StoredView>(
      `INSERT INTO saved_views (name, search, shared, by) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
      [view.name, view.search, view.shared, by],
    );
    const [added] = rows;
    if (added === undefined) throw new Error('a saved view was not returned');
    const details = { name: view.name, shared: view.shared };
    await addAudit(connection, { by, action: 'view.saved', subject: viewSubject(added.id), details });
    return added;
  });
}

/** What came of touching a view: another's is only known to be there when it is shared. */
export type ViewRefusal = 'not_found' | 'of_another';

/** Changes a view of one's own. */
export async function changeView(
  id: number,
  view: ViewToKeep,
  by: string,
): Promise<StoredView | ViewRefusal> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<StoredView>(
      `UPDATE saved_views SET name = $3, search = $4, shared = $5, at = now() WHERE id = $1 AND by = $2 RETURNING ${COLUMNS}`,
      [id, by, view.name, view.search, view.shared],
    );
    const [changed] = rows;
    if (changed === undefined) return whyNot(connection, id);
    const details = { name: view.name, shared: view.shared };
    await addAudit(connection, { by, action: 'view.changed', subject: viewSubject(id), details });
    return changed;
  });
}

/** Deletes a view of one's own. */
export async function removeView(id: number, by: string): Promise<'deleted' | ViewRefusal> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ name: string }>(
      'DELETE FROM saved_views WHERE id = $1 AND by = $2 RETURNING name',
      [id, by],
    );
    const [gone] = rows;
    if (gone === undefined) return whyNot(connection, id);
    await addAudit(connection, {
      by,
      action: 'view.deleted',
      subject: viewSubject(id),
      details: { name: gone.name },
    });
    return 'deleted';
  });
}

async function whyNot(connection: Connection, id: number): Promise<ViewRefusal> {
  const { rowCount } = await connection.query('SELECT 1 FROM saved_views WHERE id = $1 AND shared', [id]);
  return rowCount === 1 ? 'of_another' : 'not_found';
}

function viewSubject(id: number): string {
  return `view:${id}`;
}
