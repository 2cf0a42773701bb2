import { createStoredList } from './storedList';

/** Searches kept; older ones go. */
const KEPT = 20;
/** A query that is longer is not worth offering again. */
const LONGEST = 2000;

export const queryHistory = createStoredList('events.history');

/** The list with a search in front, once; empty and overlong ones are not kept. */
export function remembered(before: readonly string[], query: string): readonly string[] {
  const text = query.trim();
  if (text === '' || text.length > LONGEST) return before;
  return [text, ...before.filter((each) => each !== text)].slice(0, KEPT);
}

/** Keeps a search that was run. */
export function rememberQuery(query: string): void {
  const before = queryHistory.get() ?? [];
  const after = remembered(before, query);
  if (after !== before) queryHistory.set(after);
}

/**
 * Steps through the history as a shell does: `at` −1 is what is being typed, 0 the newest search. Answers with the new
 * place, held to the list.
 */
export function stepHistory(history: readonly string[], at: number, step: 1 | -1): number {
  return Math.min(history.length - 1, Math.max(-1, at + step));
}
