import { fold } from '../fold';
import type { SigmaCorrelation } from '../rule';
import { type Correlated, type CorrelationHit, type Dropped, fieldOf, valueOfField } from './correlationHit';
import { createGroupWindow, type GroupWindow, type WindowHit } from './groupWindow';

/** Bounds of memory for one correlation. */
export type CorrelationLimits = {
  /** Hits held in the window of one group; more where a condition counts further. */
  readonly hitsPerGroup: number;
  /** Hits held in all groups together. */
  readonly hits: number;
  readonly groups: number;
  readonly results: number;
};

export const CORRELATION_LIMITS: CorrelationLimits = {
  hitsPerGroup: 10_000,
  hits: 500_000,
  groups: 50_000,
  results: 100_000,
};

/** A hit, or a result of another correlation, on its way to a watcher. */
export type Incoming<Hit extends CorrelationHit> = {
  /** What the correlation may call its rule by. */
  readonly references: readonly string[];
  readonly event: string;
  readonly time: number;
  readonly fields: Readonly<Record<string, string>>;
  /** The machine it is about; a result of another correlation may be about several. */
  readonly host?: string;
  /** The hit itself, or the one that completed the result. */
  readonly hit: Hit;
};

/** One correlation rule, and the groups it has seen within its timespan. */
export type Watcher<Hit extends CorrelationHit> = {
  readonly take: (incoming: Incoming<Hit>) => void;
  /** All hits of this time have come: judges the windows that end now, and tells of what held. */
  readonly settle: (now: number, tell: (result: Incoming<Hit>) => void) => void;
  /** No more hits will come. */
  readonly end: () => { readonly results: readonly Correlated<Hit>[]; readonly dropped: Dropped };
};

/** Watches for one correlation. */
export function createWatcher<Hit extends CorrelationHit>(
  correlation: SigmaCorrelation,
  limits: CorrelationLimits,
): Watcher<Hit> {
  /** The group hit longest ago first. */
  const groups = new Map<string, GroupWindow<Hit>>();
  const touched = new Map<string, GroupWindow<Hit>>();
  const results: Correlated<Hit>[] = [];
  const dropped = { hits: 0, groups: 0, results: 0 };
  const references = [correlation.id, ...(correlation.name === undefined ? [] : [correlation.name])];
  const perGroup = Math.min(limits.hits, roomFor(correlation, limits));
  let held = 0;

  const keep = (result: Correlated<Hit> | undefined): void => {
    if (result === undefined) return;
    if (results.length < limits.results) results.push(result);
    else dropped.results++;
  };
  const letGo = (key: string, window: GroupWindow<Hit>): void => {
    keep(window.close());
    held -= window.size();
    groups.delete(key);
    touched.delete(key);
  };
  const makeRoom = (now: number): void => {
    for (const [key, window] of groups) {
      const isOver = window.last() <= now - correlation.timespan;
      const isTooMuch = groups.size > limits.groups || (held > limits.hits && groups.size > 1);
      if (!isOver && !isTooMuch) return;
      if (!isOver) {
        dropped.groups++;
        dropped.hits += window.size();
      }
      letGo(key, window);
    }
  };

  return {
    take(incoming) {
      const entry = entryOf(correlation, incoming);
      if (entry === undefined) return;
      const { key, group, hit } = entry;
      const window = groups.get(key) ?? createGroupWindow<Hit>(correlation, group, perGroup);
      groups.delete(key);
      groups.set(key, window);
      touched.set(key, window);
      const before = window.size();
      window.put(hit);
      held += window.size() - before;
      if (groups.size > limits.groups || held > limits.hits) makeRoom(incoming.time);
    },
    settle(now, tell) {
      for (const [key, window] of touched) {
        const before = window.size();
        const settled = window.settle();
        held += window.size() - before;
        dropped.hits += settled.dropped;
        keep(settled.over);
        if (settled.held === undefined) continue;
        const { since, hit } = settled.held;
        const fields = Object.fromEntries(window.group.map(({ field, value }) => [field, value]));
        tell({ references, event: `${correlation.id} ${key} ${since}`, time: now, fields, hit });
      }
      touched.clear();
      makeRoom(now);
    },
    end() {
      for (const [key, window] of groups) letGo(key, window);
      return { results, dropped: { correlation, ...dropped } };
    },
  };
}

/** A condition that counts further than a window usually holds gets the room it needs. */
function roomFor({ type, conditions }: SigmaCorrelation, { hitsPerGroup }: CorrelationLimits): number {
  const isCount = type === 'event_count' || type === 'value_count';
  const furthest = Math.max(0, ...conditions.map(({ value }) => value));
  return isCount ? Math.max(hitsPerGroup, Math.ceil(furthest) + 1) : hitsPerGroup;
}

/** What a hit is to a correlation; undefined where it is none of its rules' or lacks a field that it reckons with. */
function entryOf<Hit extends CorrelationHit>(
  correlation: SigmaCorrelation,
  incoming: Incoming<Hit>,
): { key: string; group: Correlated['group']; hit: WindowHit<Hit> } | undefined {
  const { references, event, time, hit } = incoming;
  const places = correlation.rules.flatMap((rule, place) => (references.includes(rule) ? [place] : []));
  if (places.length === 0) return undefined;
  const read = (name: string) => valueOfField(incoming, fieldOf(correlation, name, references));
  const group: { field: string; value: string }[] = [];
  for (const field of correlation.groupBy) {
    const value = read(field);
    if (value === undefined) return undefined;
    group.push({ field, value });
  }
  const value = valueFor(correlation, read);
  if (value === undefined && correlation.type.startsWith('value_')) return undefined;
  const key = JSON.stringify(group.map((one) => fold(one.value)));
  return { key, group, hit: { places, event, time, value, hit, isResult: incoming.host === undefined } };
}

function valueFor(
  { type, fields }: SigmaCorrelation,
  read: (name: string) => string | undefined,
): string | number | undefined {
  if (type === 'value_count') {
    const values = fields.map(read);
    return values.includes(undefined) ? undefined : JSON.stringify(values.map((one) => fold(one ?? '')));
  }
  const text = read(fields[0] ?? '')?.trim();
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
