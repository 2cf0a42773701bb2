import { addressScope, parseAddress } from '../../events/addresses';
import type { VendorRecord } from '../exportFormat';
import { countOf, joined } from '../vendorValues';
import { createTimeReader } from './mappedTime';
import type { MappedField, TimeFormat } from './mapping';
import { leafAt, leafPaths } from './recordPaths';

/** One member of the sampled records. */
export type SourceField = {
  readonly path: string;
  /** In how many of the records it has a value. */
  readonly present: number;
  /** Its values as texts, in order, repeated ones included. */
  readonly values: readonly string[];
};

/** The members of the records, in the order they first appear; at most 400. */
export function sourceFields(records: readonly VendorRecord[]): readonly SourceField[] {
  const paths = new Set<string>();
  for (const record of records)
    for (const path of leafPaths(record)) if (paths.size < PATHS_MAX) paths.add(path);
  return [...paths].flatMap((path) => {
    const values = records.flatMap((record) => joined(leafAt(record, path)) ?? []);
    return values.length === 0 ? [] : [{ path, present: values.length, values }];
  });
}

const PATHS_MAX = 400;

/** Share of the values, 0 to 1, that are what a field takes; 1 for fields that take any text. */
export function fittingShare(field: MappedField, values: readonly string[]): number {
  const test = TESTS.get(field);
  return test === undefined ? 1 : share(values, test);
}

/** A field that values alone speak for, and how sure that is, 0 to 1; undefined for text that could be anything. */
export function fieldOfValues(
  values: readonly string[],
): { readonly field: MappedField; readonly confidence: number } | undefined {
  return BY_VALUE.find(({ test }) => share(values, test) >= 0.9);
}

/** The format in which times are read best: what `auto` cannot tell is decided by a day past the twelfth. */
export function timeFormatOf(values: readonly string[]): TimeFormat {
  const readable = (format: TimeFormat): number => {
    const read = createTimeReader({ format });
    return share(values, (value) => read(value) !== undefined);
  };
  if (readable('auto') === 1) return 'auto';
  const candidates = (['month_first', 'day_first'] as const).map((format) => ({
    format,
    share: readable(format),
  }));
  const best = candidates.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share > readable('auto') ? best.format : 'auto';
}

function share(values: readonly string[], test: (value: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}

const monthFirst = createTimeReader({ format: 'month_first' });
const dayFirst = createTimeReader({ format: 'day_first' });
const isTime = (value: string): boolean => monthFirst(value) !== undefined || dayFirst(value) !== undefined;
const isWrittenTime = (value: string): boolean =>
  /[-:/]/.test(value) && /\d{1,2}:\d\d/.test(value) && isTime(value);
const isCount = (value: string): boolean => value === '0' || countOf(value) !== undefined;
const isPort = (value: string): boolean => isCount(value) && Number(value) <= 65_535;
const isAddress = (value: string): boolean =>
  parseAddress(value) !== undefined || parseAddress(value.replace(/:\d{1,5}$/, '')) !== undefined;
const isDigest =
  (length: number) =>
  (value: string): boolean =>
    value.length === length && /^[0-9a-f]+$/i.test(value);
const isAnyDigest = (value: string): boolean => /[0-9a-f]{32}/i.test(value);
const isPath = (value: string): boolean => /^([A-Za-z]:\\|\\\\|\\Device\\|\\\?\?\\|%|\/)/.test(value);
const isProgram = (value: string): boolean => /\.(exe|com|scr)"?$/i.test(value);
const isHostName = (value: string): boolean => /^[\p{L}\p{N}_.-]{1,255}$/u.test(value);
const isRegistry = (value: string): boolean => /^\\?(HKLM|HKU|HKCU|HKCR|HKEY_|REGISTRY\\)/i.test(value);
const isUrl = (value: string): boolean => /^[a-z]{2,10}:\/\//i.test(value);
const isDomain = (value: string): boolean =>
  /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){1,10}\.?$/i.test(value) && !isAddress(value);

const TESTS: ReadonlyMap<MappedField, (value: string) => boolean> = new Map<
  MappedField,
  (value: string) => boolean
>([
  ['@timestamp', isTime],
  ['process.start', isTime],
  ['process.parent.start', isTime],
  ['host.name', isHostName],
  ['process.pid', isCount],
  ['process.parent.pid', isCount],
  ['destination.port', isPort],
  ['source.port', isPort],
  ['destination.ip', (value) => isAddress(value) || isDomain(value)],
  ['source.ip', isAddress],
  ['process.hash', isAnyDigest],
  ['file.hash', isAnyDigest],
  ['process.hash.sha256', isDigest(64)],
  ['process.hash.sha1', isDigest(40)],
  ['process.hash.md5', isDigest(32)],
  ['file.hash.sha256', isDigest(64)],
  ['file.hash.sha1', isDigest(40)],
  ['file.hash.md5', isDigest(32)],
  ['dll.path', (value) => isPath(value) || /\.\w{2,4}$/.test(value)],
  ['registry.key', (value) => isRegistry(value) || value.includes('\\')],
  ['registry.path', (value) => isRegistry(value) || value.includes('\\')],
  ['destination.domain', (value) => isDomain(value) || isUrl(value) || !/[\\/ ]/.test(value)],
]);

/** What values alone can say; the first that nine of ten values pass. */
const BY_VALUE: readonly {
  readonly field: MappedField;
  readonly confidence: number;
  readonly test: (value: string) => boolean;
}[] = [
  { field: '@timestamp', confidence: 0.55, test: isWrittenTime },
  { field: 'process.hash.sha256', confidence: 0.5, test: isDigest(64) },
  { field: 'process.hash.sha1', confidence: 0.45, test: isDigest(40) },
  { field: 'process.hash.md5', confidence: 0.4, test: isDigest(32) },
  { field: 'url.full', confidence: 0.5, test: isUrl },
  { field: 'registry.path', confidence: 0.6, test: isRegistry },
  { field: 'process.command_line', confidence: 0.45, test: (value) => /\.exe"?\s+\S/i.test(value) },
  { field: 'process.executable', confidence: 0.5, test: (value) => isPath(value) && isProgram(value) },
  { field: 'file.path', confidence: 0.45, test: (value) => /^[A-Za-z]:\\/.test(value) },
  { field: 'destination.ip', confidence: 0.45, test: (value) => addressScope(value) === 'public' },
  { field: 'source.ip', confidence: 0.4, test: (value) => addressScope(value) === 'private' },
  { field: 'user.name', confidence: 0.4, test: (value) => /^[^\\/:]{1,30}\\[^\\/:]{1,60}$/.test(value) },
];
