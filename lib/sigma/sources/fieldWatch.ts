import type { SigmaRecord, SigmaSource } from '../record';
import { type FieldValue, type SigmaRule, UNKNOWN } from '../rule';
import { hostOfRecord } from './hitFacts';
import type { HostSource } from './sight';

/** What came of one class on one host. */
export type WatchedSource = HostSource & { readonly host: string };

/** Counts records by host and class, and notes which fields that rules ask for were ever filled. */
export type FieldWatch = {
  readonly see: (record: SigmaRecord) => void;
  /** Notes all that a record has which was seen and satisfied a rule: what a rule found there is there. */
  readonly hit: (record: SigmaRecord) => void;
  /** In order of host, then of the class's key. */
  readonly seen: () => readonly WatchedSource[];
};

type Entry = {
  readonly host: string;
  readonly source: SigmaSource;
  records: number;
  readonly filled: Set<string>;
  /** Fields not seen filled yet. */
  open: { readonly field: string; readonly read: (record: SigmaRecord) => FieldValue }[];
};

/** Hosts and classes are the records' own words. */
const ENTRIES_MAX = 20_000;
/** Every record is looked at up to this many of a host and class, then one in eight. */
const ALL_UP_TO = 256;
const ONE_IN = 8;

/**
 * Watches the fields that these rules ask for: of each class only those of rules that are about it. Beyond 20,000 pairs
 * of host and class nothing new is noted.
 */
export function createFieldWatch(rules: readonly Pick<SigmaRule, 'logsource' | 'fields'>[]): FieldWatch {
  // By key: a class may be forgotten and made anew.
  const entries = new Map<string, Map<string, Entry>>();
  const fields = new Map<string, Entry['open']>();
  let count = 0;
  const begin = (host: string, source: SigmaSource): Entry | undefined => {
    if (count >= ENTRIES_MAX) return undefined;
    count++;
    const open = fields.get(source.key) ?? askedOf(source, rules);
    fields.set(source.key, open);
    const entry: Entry = { host, source, records: 0, filled: new Set(), open };
    const hosts = entries.get(source.key);
    if (hosts === undefined) entries.set(source.key, new Map([[host, entry]]));
    else hosts.set(host, entry);
    return entry;
  };
  return {
    see: (record) => {
      const host = hostOfRecord(record);
      const entry = entries.get(record.source.key)?.get(host) ?? begin(host, record.source);
      if (entry === undefined) return;
      const turn = entry.records++;
      if (entry.open.length > 0 && (turn < ALL_UP_TO || turn % ONE_IN === 0)) note(entry, record);
    },
    hit: (record) => {
      const entry = entries.get(record.source.key)?.get(hostOfRecord(record));
      if (entry !== undefined && entry.open.length > 0) note(entry, record);
    },
    seen: () =>
      [...entries.values()]
        .flatMap((hosts) => [...hosts.values()])
        .map(({ host, source, records, filled }) => ({ host, source, records, fields: filled }))
        .sort((a, b) => compare(a.host, b.host) || compare(a.source.key, b.source.key)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Fields that rules ask of a class and that it can have. */
function askedOf(
  source: SigmaSource,
  rules: readonly Pick<SigmaRule, 'logsource' | 'fields'>[],
): Entry['open'] {
  const asked = new Set<string>();
  for (const rule of rules)
    if (source.takes(rule.logsource)) for (const field of rule.fields) asked.add(field);
  const open: Entry['open'] = [];
  for (const field of asked) {
    const read = source.reader(field);
    if (read !== undefined) open.push({ field, read });
  }
  return open;
}

function note(entry: Entry, record: SigmaRecord): void {
  let found = false;
  for (const { field, read } of entry.open) {
    if (!isFilled(read(record))) continue;
    entry.filled.add(field);
    found = true;
  }
  // Seldom: each field is found once. The list is shared until then.
  if (found) entry.open = entry.open.filter(({ field }) => !entry.filled.has(field));
}

/** Windows writes `-` for nothing. */
function isFilled(value: FieldValue): boolean {
  if (value === undefined || value === UNKNOWN) return false;
  if (typeof value === 'string') return value !== '' && value !== '-';
  return value.some((text) => text !== '' && text !== '-');
}
