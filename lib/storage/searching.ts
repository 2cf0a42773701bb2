import { AppError } from '../base/appError';
import { type Connection, transaction } from './client';

/** How long one statement of a search may take; then it is the search that must be smaller. */
const SEARCH_MS = 20_000;

const CANCELLED = '57014';

/**
 * Runs statements of a search, none of which may take longer than SEARCH_MS. Throws `too_large` when one does, with
 * what a person can do about it.
 */
export async function searching<Result>(
  work: (connection: Connection) => Promise<Result>,
  milliseconds: number = SEARCH_MS,
  advice = 'Narrow it by host, kind or time.',
): Promise<Result> {
  try {
    return await transaction(async (connection) => {
      await connection.query("SELECT set_config('statement_timeout', $1, true)", [String(milliseconds)]);
      return work(connection);
    });
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== CANCELLED) throw error;
    throw new AppError('too_large', `The search took longer than ${milliseconds / 1000} seconds. ${advice}`);
  }
}
