import type { z } from 'zod';
import type { validationRunList } from '../../contracts/validation';
import { listRuns } from '../../storage/validation/runs';
import { fromCursor, toCursor } from '../cursor';
import { toSummary } from './runViews';

/** Each run's numbers are read out of its whole report. */
const PAGE = 20;

/** Runs, newest first, a page at a time. Throws `bad_request` for a cursor this list did not give out. */
export async function readValidationRuns(query: {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}): Promise<z.input<typeof validationRunList>> {
  const limit = query.limit ?? PAGE;
  const [before] = fromCursor(query.cursor, 'number') ?? [];
  const runs = await listRuns(limit + 1, before);
  const shown = runs.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toSummary),
    nextCursor: runs.length > limit && last !== undefined ? toCursor([last.id]) : null,
  };
}
