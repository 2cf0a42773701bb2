import {
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';
import { apiPath } from '@/components/shared/apiClient';
import { COVERAGE_BY, type COVERAGE_TABLES, type CoverageQuery } from '@/lib/contracts/coverage';

/** Which hosts are looked at, in the URL; the period is beside it (components/shared/period). */
const scopeParsers = {
  from: parseAsString,
  to: parseAsString,
  by: parseAsStringLiteral(COVERAGE_BY).withDefault('group'),
  group: parseAsString,
  os: parseAsString,
  source: parseAsString,
  analytic: parseAsString,
};
export const HOST_STATES = ['visible', 'partial', 'blind', 'proven'] as const;

/** All that the page shows, in the URL. */
export const coverageParsers = {
  ...scopeParsers,
  /** Every column, where only the largest would be shown. */
  all: parseAsBoolean.withDefault(false),
  /** The cell whose hosts are listed: `STAGE~COLUMN`, or `ANALYTIC~COLUMN`; either may be empty for all of them. */
  cell: parseAsString,
  /** The fix that is opened, by its id. */
  fix: parseAsString,
  show: parseAsStringLiteral(['proofs', 'groups', 'retired'] as const),
  /** The list beside: the host that is opened, which state, which words. */
  host: parseAsString,
  state: parseAsStringLiteral(HOST_STATES),
  q: parseAsString,
};
export type CoverageUrl = inferParserType<typeof coverageParsers>;

/** Nothing is open beside the page. */
export const CLOSED = { cell: null, fix: null, show: null, host: null, state: null, q: null } as const;

/** What hosts can be narrowed to, in the order of the page. */
export const FILTERS = ['group', 'os', 'source', 'analytic'] as const;
export type FilterName = (typeof FILTERS)[number];
export const NO_FILTERS = { group: null, os: null, source: null, analytic: null } as const;

/** What to ask the API for; absent where nothing narrows. */
export function toCoverageQuery(url: Pick<CoverageUrl, keyof typeof scopeParsers>): CoverageQuery {
  return {
    by: url.by,
    ...(url.from ? { from: url.from } : {}),
    ...(url.to ? { to: url.to } : {}),
    ...(url.group ? { group: url.group } : {}),
    ...(url.os ? { os: url.os } : {}),
    ...(url.source ? { source: url.source } : {}),
    ...(url.analytic ? { analytic: url.analytic } : {}),
  };
}

/** A cell of the matrix: a stage or a whole analytic; null stands for all stages, or for all hosts. */
export type CellPlace = { readonly stage: string | null; readonly column: string | null };

/** A cell as the URL names it. Stages hold no `~`; what a person called a group may. */
export function cellText({ stage, column }: CellPlace): string {
  return `${stage ?? ''}~${column ?? ''}`;
}

/** The cell that a text of the URL names. */
export function readCell(text: string): CellPlace {
  const at = text.indexOf('~');
  const [stage, column] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  return { stage: stage === '' ? null : stage, column: column === '' ? null : column };
}

/** The same hosts, narrowed to those of a column. */
export function withColumn(query: CoverageQuery, column: string | null): CoverageQuery {
  return column === null ? query : { ...query, [query.by]: column };
}

/** A table of the page as a file. */
export function exportHref(
  query: CoverageQuery,
  table: (typeof COVERAGE_TABLES)[number],
  format: 'csv' | 'json',
): string {
  const asked = table === 'metrics' ? { by: query.by, ...teamQuery(query) } : query;
  return apiPath('/coverage/export', { ...asked, table, format });
}

/** The page as one sheet of paper. */
export function reportHref(query: CoverageQuery): string {
  return apiPath('/coverage/report', query);
}

/** A layer for ATT&CK Navigator. */
export function layerHref({ by: _by, ...query }: CoverageQuery, score: 'visible' | 'proven'): string {
  return apiPath('/coverage/navigator-layer', { ...query, score });
}

const teamSearch = createSerializer({
  list: parseAsString,
  from: parseAsString,
  to: parseAsString,
  analytic: parseAsString,
});

/** What to ask of the team's numbers: days only where the URL has some, as verdicts are given after the events. */
export function teamQuery({
  from,
  to,
  analytic,
}: CoverageQuery): Pick<CoverageQuery, 'from' | 'to' | 'analytic'> {
  return { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(analytic ? { analytic } : {}) };
}

/** The team's page at a list, over the same days and analytic; hosts do not narrow it. */
export function teamHref(
  list: string | null,
  query: Pick<CoverageQuery, 'from' | 'to' | 'analytic'>,
): string {
  return teamSearch('/coverage/team', {
    list,
    from: query.from ?? null,
    to: query.to ?? null,
    analytic: query.analytic ?? null,
  });
}
