import { formatMicros, micros } from '../../base/time';
import type { COVERAGE_TABLES, CoverageHostList, CoverageQuery } from '../../contracts/coverage';
import type { MetricsQuery } from '../../contracts/metrics';
import { LEDGER_FACTS } from '../../visibility/ledgerFacts';
import { readFleetLedger } from '../ledger/readFleetLedger';
import { readMetrics } from '../metrics/readMetrics';
import { loadCoverageFacts } from './coverageFacts';
import { metricRows } from './metricRows';
import { findQuietHosts } from './quietHosts';
import { readCoverage } from './readCoverage';
import { readCoverageFixes } from './readCoverageFixes';
import { readCoverageHosts } from './readCoverageHosts';
import type { TableRow } from './tableRow';
import { ABLATION_COLUMNS, ablationRows, CASE_COLUMNS, caseRows } from './validationRows';

/** A table of the page, its rows as they are read. The columns are those of a row, known also where there is none. */
export type CoverageTable = {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<TableRow> | Iterable<TableRow>;
};

type TableName = (typeof COVERAGE_TABLES)[number];
type Query = CoverageQuery & Pick<MetricsQuery, 'severity'> & { readonly from: string; readonly to: string };

/** Hosts read at once. */
const PAGE = 500;

/** How each table is read, with the names of its columns. Times are seconds; shares are from 0 to 1. */
const TABLES: Readonly<
  Record<
    TableName,
    { readonly columns: string; readonly read: (query: Query, now: Date) => Promise<CoverageTable['rows']> }
  >
> = {
  matrix: {
    columns:
      'analytic,analytic_title,stage,title,required,weight,column,column_name,visible_seconds,partial_seconds,blind_seconds,hosts,visible_hosts,partial_hosts,blind_hosts,proven_hosts,proven_at,proof_is_fresh',
    read: readMatrix,
  },
  weeks: { columns: 'week,hosts,visible_seconds,partial_seconds,blind_seconds', read: readWeeks },
  fixes: {
    columns:
      'id,title,kind,hosts,host_names,stage_cells,helps_stage_cells,worth,verdicts,findings,stages,settings',
    read: readFixes,
  },
  hosts: {
    columns:
      'host_id,host,group,os,sources,first_event,last_event,visible_seconds,partial_seconds,blind_seconds,state,proven',
    read: async (query, now) =>
      readHosts(query, now, await readCoverageHosts({ ...query, limit: PAGE }, now)),
  },
  ledger: {
    columns: [
      'host_id,host,source,kinds,events,first,last',
      ...LEDGER_FACTS.map(({ id }) => `${id}_share`),
      'network_with_process_share',
    ].join(','),
    read: readLedger,
  },
  metrics: { columns: 'measure,by,key,title,value,share,low,high,of', read: readMetricTable },
  quiet: { columns: 'host_id,host,since,usual_hours,sources', read: readQuiet },
  validation: { columns: CASE_COLUMNS, read: caseRows },
  ablation: { columns: ABLATION_COLUMNS, read: ablationRows },
};

/** A table of the coverage page over a period. Throws as the page's own readings do. */
export async function coverageTable(name: TableName, query: Query, now: Date): Promise<CoverageTable> {
  const { columns, read } = TABLES[name];
  return { columns: columns.split(','), rows: await read(query, now) };
}

async function readMatrix(query: Query, now: Date): Promise<Iterable<TableRow>> {
  const { rows, columns } = await readCoverage(query, now);
  return rows.flatMap((row) =>
    [...row.cells, row.total].map((cell, place) => ({
      analytic: row.analytic,
      analytic_title: row.analyticTitle,
      stage: row.stage,
      title: row.title,
      required: row.required,
      weight: row.weight,
      // All hosts, of whatever column, come last.
      column: columns[place]?.key ?? 'all',
      column_name: columns[place]?.name ?? 'All hosts',
      ...seconds(cell.time),
      hosts: cell.hosts,
      visible_hosts: cell.visibleHosts,
      partial_hosts: cell.partialHosts,
      blind_hosts: cell.blindHosts,
      proven_hosts: cell.provenHosts,
      proven_at: row.proof?.at ?? null,
      proof_is_fresh: row.proof?.fresh ?? null,
    })),
  );
}

async function readWeeks(query: Query, now: Date): Promise<Iterable<TableRow>> {
  const { weeks } = await readCoverage(query, now);
  return weeks.map(({ week, hosts, time }) => ({ week, hosts, ...seconds(time) }));
}

async function readQuiet(query: Query, now: Date): Promise<Iterable<TableRow>> {
  // All of them: the page names the first.
  const quiet = await findQuietHosts(await loadCoverageFacts(query, now));
  return quiet.map(({ host, usualHours }) => ({
    host_id: String(host.id),
    host: host.name,
    since: formatMicros(micros(host.seenTo)),
    usual_hours: usualHours,
    sources: listed(host.sources),
  }));
}

async function readFixes(query: Query, now: Date): Promise<Iterable<TableRow>> {
  const { items } = await readCoverageFixes(query, now, { fixes: Infinity, hosts: Infinity });
  return items.map((fix) => ({
    id: fix.id,
    title: fix.title,
    kind: fix.kind,
    hosts: fix.hosts,
    host_names: listed(fix.hostNames),
    stage_cells: fix.cells,
    helps_stage_cells: fix.helps,
    worth: fix.worth,
    verdicts: fix.verdicts,
    findings: fix.findings,
    stages: listed(fix.stages),
    settings: listed(fix.settings.map(({ source, where, change }) => `${source}, ${where}: ${change}`)),
  }));
}

async function* readHosts(query: Query, now: Date, first: CoverageHostList): AsyncGenerator<TableRow> {
  for (let page = first; ; ) {
    for (const host of page.items)
      yield {
        host_id: host.hostId,
        host: host.host,
        group: host.group,
        os: host.os,
        sources: listed(host.sources),
        first_event: host.from,
        last_event: host.to,
        ...seconds(host.time),
        state: host.state,
        proven: host.proven,
      };
    if (page.nextCursor === null) return;
    page = await readCoverageHosts({ ...query, limit: PAGE, cursor: page.nextCursor }, now);
  }
}

async function readLedger(query: Query, now: Date): Promise<Iterable<TableRow>> {
  const { items } = await readFleetLedger({ from: query.from, to: query.to }, now);
  const among = await hostsAsked(query, now);
  return items
    .filter(({ hostId }) => among?.has(hostId) ?? true)
    .map((line) => ({
      host_id: line.hostId,
      host: line.host,
      source: line.source,
      kinds: listed(line.kinds),
      events: line.events,
      first: line.first,
      last: line.last,
      ...Object.fromEntries(LEDGER_FACTS.map(({ id }) => [`${id}_share`, line.filled[id] ?? null])),
      network_with_process_share: line.networkWithProcess,
    }));
}

/** Ids of the hosts that the query narrows to; undefined where it names no part of the fleet. */
async function hostsAsked(query: Query, now: Date): Promise<ReadonlySet<string> | undefined> {
  if (query.group === undefined && query.os === undefined && query.source === undefined) return undefined;
  const { hosts } = await loadCoverageFacts(query, now);
  return new Set(hosts.map(({ id }) => String(id)));
}

async function readMetricTable(query: Query, now: Date): Promise<Iterable<TableRow>> {
  const { from, to, analytic, severity } = query;
  return metricRows(
    await readMetrics(
      {
        from,
        to,
        ...(analytic === undefined ? {} : { analytic }),
        ...(severity === undefined ? {} : { severity }),
      },
      now,
    ),
  );
}

function seconds(time: { readonly visible: number; readonly partial: number; readonly blind: number }) {
  return { visible_seconds: time.visible, partial_seconds: time.partial, blind_seconds: time.blind };
}

function listed(values: readonly string[]): string {
  return values.join('; ');
}
