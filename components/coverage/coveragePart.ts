import type { CoverageQuery, CoverageView } from '@/lib/contracts/coverage';
import type { CoverageUrl } from './coverageUrl';

/** Changes what the page shows; `typed`: while somebody types, so that going back does not go letter by letter. */
export type Show = (next: Partial<CoverageUrl>, typed?: 'typed') => void;

/** What every part of the page is given. */
export type PartProps = {
  view: CoverageView;
  url: CoverageUrl;
  query: CoverageQuery;
  show: Show;
  /** Opens something beside the page, or another thing in its place. */
  open: Show;
};
