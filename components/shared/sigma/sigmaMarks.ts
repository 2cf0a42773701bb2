import { counted } from '@/lib/base/numberWords';
import { type Severity, severity } from '@/lib/contracts/scalars';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';

/** Hits of Sigma's rules by what they stand on, each list worst first. Every list holds at least one. */
export type SigmaMarks = {
  /** By `process.entity_id`. */
  byProcess: ReadonlyMap<string, readonly SigmaHitView[]>;
  /** By event. */
  byEvent: ReadonlyMap<string, readonly SigmaHitView[]>;
  /** Of one record each, of those that became no event; in order of time. */
  byRecord: readonly (readonly SigmaHitView[])[];
  /** Hits there are; more than are here where only the worst were sent. */
  total: number;
  /** All that are here, worst first. */
  items: readonly SigmaHitView[];
};

/** Where no rule hit, and as long as that is not known. */
export const NO_MARKS: SigmaMarks = {
  byProcess: new Map(),
  byEvent: new Map(),
  byRecord: [],
  total: 0,
  items: [],
};

/** Sorts hits to where their marks stand. Pure; the order they come in does not matter. */
export function sigmaMarks(items: readonly SigmaHitView[], total: number): SigmaMarks {
  if (items.length === 0) return NO_MARKS;
  const sorted = items.toSorted(compareHits);
  const without = sorted.filter((hit) => hit.eventId === null);
  const records = [...grouped(without, ({ record }) => JSON.stringify(record)).values()];
  return {
    byProcess: grouped(sorted, (hit) => hit.process.entityId),
    byEvent: grouped(sorted, (hit) => hit.eventId),
    byRecord: records.toSorted((a, b) => compareText(a[0]?.time ?? '', b[0]?.time ?? '')),
    total: Math.max(total, items.length),
    items: sorted,
  };
}

/** What a reader points at, as far as hits stand on it. */
export type HitPlace = { hitRef: string | null; eventId: string | null; entityId: string | null };

/** The hits on what is pointed at: those of a hit's record, else of an event, else of a process. */
export function hitsAt(marks: SigmaMarks, { hitRef, eventId, entityId }: HitPlace): readonly SigmaHitView[] {
  if (hitRef !== null) return recordOfHit(marks, hitRef) ?? [];
  if (eventId !== null) return marks.byEvent.get(eventId) ?? [];
  return entityId === null ? [] : (marks.byProcess.get(entityId) ?? []);
}

/** The hits of the record that a hit is of, where it became no event; undefined: no such hit is known. */
export function recordOfHit(marks: SigmaMarks, ref: string): readonly SigmaHitView[] | undefined {
  return marks.byRecord.find((hits) => hits.some((hit) => hit.ref === ref));
}

/** The worst level of some hits; informational of none. */
export function worstOf(hits: readonly Pick<SigmaHitView, 'rule'>[]): Severity {
  return severity.options.find((level) => hits.some((hit) => hit.rule.level === level)) ?? 'informational';
}

/** Hits in words, as a mark is named: "2 Sigma hits, worst high". */
export function hitsWords(hits: readonly Pick<SigmaHitView, 'rule'>[]): string {
  const level = worstOf(hits);
  return `${counted(hits.length, 'Sigma hit')}, ${hits.length === 1 ? '' : 'worst '}${level}`;
}

/** Titles of the rules that hit, each once, worst first; of many, the first three and how many more. */
export function ruleTitles(hits: readonly Pick<SigmaHitView, 'rule'>[]): string {
  const titles = [...new Set(hits.map((hit) => hit.rule.title.slice(0, 200)))];
  const more = titles.length - TITLES;
  return [...titles.slice(0, TITLES), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

const TITLES = 3;

function compareHits(a: SigmaHitView, b: SigmaHitView): number {
  const levels = severity.options;
  return (
    levels.indexOf(a.rule.level) - levels.indexOf(b.rule.level) ||
    compareText(a.time, b.time) ||
    compareText(a.ref, b.ref)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function grouped(
  hits: readonly SigmaHitView[],
  keyOf: (hit: SigmaHitView) => string | null,
): ReadonlyMap<string, readonly SigmaHitView[]> {
  const groups = new Map<string, SigmaHitView[]>();
  for (const hit of hits) {
    const key = keyOf(hit);
    if (key === null || key === '') continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [hit]);
    else group.push(hit);
  }
  return groups;
}
