import { testsOf } from '../parse/detection';
import type { Literals, SigmaRule } from '../rule';

/** Counts how many rules name a literal in a field: what hundreds look for is rarely what makes one of them special. */
export function countUses(
  rules: readonly SigmaRule[],
): (field: string | undefined, place: Literals['place'], text: string) => number {
  const uses = new Map<string, number>();
  const keyOf = (field: string | undefined, place: string, text: string) => `${place} ${field ?? ''} ${text}`;
  for (const { condition } of rules) {
    const named = new Set<string>();
    for (const { field, literals } of testsOf(condition))
      for (const text of literals?.texts ?? []) named.add(keyOf(field, literals?.place ?? '', text));
    for (const key of named) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return (field, place, text) => uses.get(keyOf(field, place, text)) ?? 0;
}
