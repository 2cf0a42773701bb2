import { parseAsString, parseAsStringLiteral } from 'nuqs';

/** What of a run is looked at, in the URL. */
export const runParsers = {
  analytic: parseAsString,
  show: parseAsStringLiteral(['wrong', 'all'] as const).withDefault('wrong'),
  q: parseAsString,
  /** The case that is opened, by `caseKey`. */
  case: parseAsString,
};
