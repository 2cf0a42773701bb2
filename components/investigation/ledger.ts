import type { ReasonView } from '@/lib/contracts/findings';

/** Reasons that count together, in the order of the definition. `words`: the rule, where it changed the sum. */
export type LedgerGroup = { id: string; words: string | null; reasons: ReasonView[] };

/** Reasons by the group they count in; those of none stand alone. What counts comes first within a group. */
export function ledgerGroups(reasons: readonly ReasonView[]): LedgerGroup[] {
  const groups = new Map<string, ReasonView[]>();
  for (const reason of reasons) {
    const id = reason.group?.id ?? `reason ${reason.id}`;
    groups.set(id, [...(groups.get(id) ?? []), reason]);
  }
  return [...groups].map(([id, members]) => ({
    id,
    words: ruleOf(members),
    reasons: members.toSorted((a, b) => Number(b.counted) - Number(a.counted)),
  }));
}

/** A group's rule is said only where without it the sum would be another. */
function ruleOf(reasons: readonly ReasonView[]): string | null {
  const group = reasons[0]?.group;
  if (group === null || group === undefined) return null;
  const cut = reasons.some((reason) => !reason.counted || reason.worth !== null);
  return cut && group.take === 'sum' && group.cap !== null ? `together at most ${group.cap}` : null;
}

/** What the reasons that count add up to, before anything holds it down. */
export function sumOfReasons(reasons: readonly ReasonView[]): number {
  return reasons.reduce(
    (sum, { counted, effect, points }) => sum + (counted ? (effect === 'lowers' ? -points : points) : 0),
    0,
  );
}
