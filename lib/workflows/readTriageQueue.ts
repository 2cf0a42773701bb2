import type { FindingList, FindingQuery } from '../contracts/findings';
import { countFindings, countMatches, countViews, readMoment } from '../storage/findingCounts';
import { cursorKinds, listFindings } from '../storage/findings';
import { fromCursorOf, toCursor } from './cursor';
import { toFilter } from './findingFilter';
import { toFindingSummary } from './findingView';

export { toTime } from './findingFilter';

const PAGE = 100;

/** One page of the queue with its total, facets and the sizes of the saved views. `person` is who asks. */
export async function readTriageQueue(query: FindingQuery, person: string): Promise<FindingList> {
  const filter = await toFilter(query);
  const sort = query.sort ?? 'score';
  const after = fromCursorOf(query.cursor, cursorKinds(sort));
  // First of all: what is written while the page is read counts as new.
  const asOf = await readMoment();
  const [page, found, counts] = await Promise.all([
    listFindings(filter, sort, query.limit ?? PAGE, after),
    countFindings(filter),
    countViews(person),
  ]);
  return {
    items: page.rows.map(toFindingSummary),
    total: found.total,
    counts,
    asOf,
    facets: { analytic: [...found.analytics], host: [...found.hosts], severity: [...found.severities] },
    nextCursor: page.next === null ? null : toCursor(page.next),
  };
}

/** How many findings match a query and were written after its `since`; without one, how many match. */
export async function countNewFindings(
  query: FindingQuery,
): Promise<{ readonly count: number; readonly asOf: string }> {
  const filter = await toFilter(query);
  const asOf = await readMoment();
  return { count: await countMatches(filter), asOf };
}
