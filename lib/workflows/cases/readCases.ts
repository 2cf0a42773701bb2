import type { CaseList, CaseQuery } from '../../contracts/cases';
import { loadCases } from '../../storage/cases/caseSummaries';
import { countCases, cursorLength, listCaseIds } from '../../storage/cases/listCases';
import { foundIn } from '../../storage/cases/searchCases';
import { fromCursorOf, toCursor } from '../cursor';
import { toCaseSummary } from './caseViews';

const PAGE = 50;

/** One page of cases with where the words of the search were found. `person` is who asks. Throws `bad_request`. */
export async function readCases(query: CaseQuery, person: string): Promise<CaseList> {
  const { owner, severity, sort } = query;
  const q = query.q?.trim();
  const kinds = Array.from({ length: cursorLength(sort) }, () => 'number' as const);
  const after = fromCursorOf(query.cursor, kinds);
  const [page, counts] = await Promise.all([
    listCaseIds(
      {
        ...(query.state === 'any' ? {} : { state: query.state }),
        ...(owner === undefined ? {} : { owner }),
        ...(severity === undefined ? {} : { severity }),
        ...(q === undefined || q === '' ? {} : { q }),
      },
      sort,
      query.limit ?? PAGE,
      after?.map(Number),
    ),
    countCases(person),
  ]);
  const [rows, found] = await Promise.all([
    loadCases(page.ids),
    q === undefined || q === '' ? new Map<number, never>() : foundIn(page.ids, q),
  ]);
  return {
    items: rows.map((row) => ({ ...toCaseSummary(row), found: [...(found.get(row.id) ?? [])] })),
    total: page.total,
    counts,
    nextCursor: page.next === null ? null : toCursor(page.next),
  };
}
