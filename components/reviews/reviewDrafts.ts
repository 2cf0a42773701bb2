import { createDrafts } from '@/components/shared/drafts';
import type { Remark } from './reviewQueries';

/** Decisions in words, by review. */
export const decisionDrafts = createDrafts(50);
/** Remarks that wait for the decision, by review; as `remarksOf` reads them. */
export const remarkDrafts = createDrafts(50);
/** A remark that is being written, by review and what it is about. */
export const remarkTextDrafts = createDrafts(200);
/** What is said to the reviewer, by case. */
export const submitDrafts = createDrafts(50);

export function remarksOf(kept: string): readonly Remark[] {
  return kept === '' ? [] : (JSON.parse(kept) as Remark[]);
}

export function keptRemarks(remarks: readonly Remark[]): string {
  return remarks.length === 0 ? '' : JSON.stringify(remarks);
}
