import { type SigmaChoice, type SigmaSetView, sigmaChoice } from '../../contracts/sigmaSets';
import type { Logsource } from '../../sigma/rule';
import { isForeign } from '../../sigma/sources/logsource';
import type { MemberCount, StoredSet } from '../../storage/sigma/sets';

/** A log source as a row keeps it. */
export function logsourceOf(row: {
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
}): Logsource {
  const { product, category, service } = row;
  return {
    ...(product === null ? {} : { product }),
    ...(category === null ? {} : { category }),
    ...(service === null ? {} : { service }),
  };
}

/** Whether a rule is about records that none of our formats reads. A correlation is about none. */
export function isForeignRule(row: Parameters<typeof logsourceOf>[0] & { readonly kind: string }): boolean {
  return row.kind !== 'correlation' && isForeign(logsourceOf(row));
}

/** The choice of a set as it was saved. */
export function choiceOf({ chosen }: Pick<StoredSet, 'chosen'>): SigmaChoice {
  return sigmaChoice.parse(chosen);
}

/** A set as the API gives it, with what its newest version holds. */
export function toSetView(
  set: StoredSet,
  members: readonly MemberCount[],
  refused: ReadonlyMap<number, number>,
): SigmaSetView {
  const own = members.filter(({ setId }) => setId === set.id);
  const sum = (count: (one: MemberCount) => number): number => own.reduce((all, one) => all + count(one), 0);
  const { id, name, enabled, version, revision, createdBy, createdAt, updatedBy, updatedAt } = set;
  return {
    ...{ name, enabled, version, revision, createdBy, updatedBy },
    id: String(id),
    chosen: choiceOf(set),
    rules: {
      loaded: sum(({ loaded }) => loaded),
      chosen: sum(({ chosen }) => chosen),
      foreign: sum((one) => (isForeignRule(one) ? one.loaded : 0)),
      refused: refused.get(id) ?? 0,
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
