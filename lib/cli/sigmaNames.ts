import type { AnalyzeSigma } from '../contracts/analyze';
import type { SigmaHead } from '../sigma/rule';

/** When a hit was (Micros), and of which process, as correlation settled it. */
export type Settle = (hit: {
  readonly eventId: string;
  readonly time: number;
  readonly entityId?: string | undefined;
}) => { readonly time: number; readonly entityId: string | undefined };

/** A rule as its licence asks that it be named. */
export function namedRule(rule: SigmaHead): AnalyzeSigma['hits'][number]['rule'] {
  const { id, title, level, author, license, path } = rule;
  return { id, title, level, author, license: license ?? null, path };
}

/** By code unit: the same order everywhere. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
