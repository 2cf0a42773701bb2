/** Formats of one product's export, or all where absent, and a number of records at which such an export ends. */
type ExportLimit = {
  readonly formats?: readonly string[];
  readonly records: number;
  /** What ends there. */
  readonly what: string;
};

const ELASTIC = ['winlogbeat', 'winlogbeat6', 'ecs', 'elastic-endpoint', 'endgame', 'kibana-alerts'];
const LOG_ANALYTICS = ['windows-log-analytics', 'defender-hunting', 'defender-alerts'];

/**
 * Where exports are known to end whatever there is more. Only an exact count tells: a file that happens to be as long
 * is rare, and to be told that it may be cut off costs a look.
 */
export const EXPORT_LIMITS: readonly ExportLimit[] = [
  { formats: ELASTIC, records: 10_000, what: 'a search of Elasticsearch answers' },
  { formats: ['defender-hunting'], records: 10_000, what: 'Defender’s advanced hunting answered for years' },
  {
    formats: LOG_ANALYTICS,
    records: 30_000,
    what: 'a query in the portals of Defender and Log Analytics answers',
  },
  {
    formats: ['defender-hunting'],
    records: 100_000,
    what: 'Defender’s advanced hunting answers through its API',
  },
  { formats: LOG_ANALYTICS, records: 500_000, what: 'a query of Log Analytics answers through its API' },
  { formats: ['splunk-windows'], records: 50_000, what: 'Splunk answers with unless it is set otherwise' },
  { formats: ['sentinelone-events'], records: 20_000, what: 'a query of Deep Visibility answers' },
  { formats: ['cortex-xdr'], records: 1_000_000, what: 'a query of Cortex XDR answers' },
  { records: 1_048_575, what: 'a spreadsheet holds below its heading' },
  { records: 65_535, what: 'an old spreadsheet (XLS) holds below its heading' },
];

/** Why a file of so many records was probably cut off by what exported it; undefined when nothing says so. */
export function exportLimit(format: string | null, records: number): string | undefined {
  const limit = EXPORT_LIMITS.find(
    (each) =>
      each.records === records &&
      (each.formats === undefined || (format !== null && each.formats.includes(format))),
  );
  return limit === undefined
    ? undefined
    : `exactly ${records.toLocaleString('en')} records, the most ${limit.what}`;
}

/** All numbers of records at which some export ends, so that files of other lengths need not be looked at. */
export const LIMIT_COUNTS: readonly number[] = [...new Set(EXPORT_LIMITS.map(({ records }) => records))];
