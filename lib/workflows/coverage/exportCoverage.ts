import type { z } from 'zod';
import type { CoverageQuery, coverageExportQuery } from '../../contracts/coverage';
import { csvLine } from '../csvLine';
import { dayText } from '../ledger/ledgerText';
import { metricDays } from '../metrics/metricScope';
import { loadCoverageFacts } from './coverageFacts';
import { type CoverageTable, coverageTable } from './coverageTables';
import type { TableRow } from './tableRow';

/** A table of the page as a file. */
export type CoverageExport = {
  readonly name: string;
  readonly type: string;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

const TYPES = { csv: 'text/csv; charset=utf-8; header=present', json: 'application/json' } as const;

/** Rows written at once. */
const ROWS = 500;

/**
 * A table of the coverage page, with the same numbers, row by row as it is taken: as CSV with a line of column names, or
 * as a JSON array of objects by those names. Its period is in the file's name. Throws as the page's own readings do.
 */
export async function exportCoverage(
  query: z.output<typeof coverageExportQuery>,
  now: Date,
): Promise<CoverageExport> {
  const { table: name, format, ...asked } = query;
  const days = name === 'metrics' ? metricDays(asked, now) : await coverageDays(asked, now);
  const table = await coverageTable(name, { ...asked, ...days }, now);
  return {
    name: `coverage-${name}_${days.from}_${days.to}.${format}`,
    type: TYPES[format],
    content: format === 'csv' ? toCsv(table) : toJson(table),
  };
}

async function coverageDays(query: CoverageQuery, now: Date) {
  const { period } = await loadCoverageFacts(query, now);
  return { from: dayText(period.days.from), to: dayText(period.days.to) };
}

async function* toCsv({ columns, rows }: CoverageTable): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder();
  yield bytes.encode(csvLine(columns));
  for await (const some of bundled(rows))
    yield bytes.encode(some.map((row) => csvLine(columns.map((column) => cellOf(row[column])))).join(''));
}

async function* toJson({ rows }: CoverageTable): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder();
  let separator = '[\n';
  for await (const some of bundled(rows)) {
    yield bytes.encode(separator + some.map((row) => JSON.stringify(row)).join(',\n'));
    separator = ',\n';
  }
  yield bytes.encode(separator === '[\n' ? '[]\n' : '\n]\n');
}

async function* bundled(rows: CoverageTable['rows']): AsyncGenerator<readonly TableRow[], void, undefined> {
  let some: TableRow[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < ROWS) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

function cellOf(value: TableRow[string] | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
