import type { AttackObject } from './attackObject';

/** What of an object says which techniques an analytic is about. */
export type MappedObject = Pick<
  AttackObject,
  'stixId' | 'type' | 'attackId' | 'revoked' | 'deprecated' | 'refs'
>;

/** A technique of an analytic because a release says so. */
export type ReleaseMapping = {
  readonly analytic: string;
  readonly technique: string;
  /** By which objects: `DET0510 detects T1027.017`. */
  readonly reason: string;
};

/**
 * Which techniques these analytics are about by a release: its analytic of the same id stands in a strategy that
 * detects the technique. What is revoked or deprecated says nothing. In order of analytic and technique, each pair
 * once; nothing for an analytic that the release does not have.
 */
export function releaseMappings(
  analytics: readonly string[],
  objects: readonly MappedObject[],
): readonly ReleaseMapping[] {
  const inForce = objects.filter(({ revoked, deprecated }) => !revoked && !deprecated);
  const techniques = new Map(
    inForce.flatMap(({ type, stixId, attackId }) =>
      type === 'technique' && attackId !== null ? [[stixId, attackId] as const] : [],
    ),
  );
  const found = analytics.flatMap((analytic) =>
    strategiesOf(analytic, inForce).flatMap(({ attackId, refs }) =>
      (refs.techniques ?? []).flatMap((stixId): readonly ReleaseMapping[] => {
        const technique = techniques.get(stixId);
        if (technique === undefined) return [];
        return [{ analytic, technique, reason: `${attackId ?? 'Its strategy'} detects ${technique}` }];
      }),
    ),
  );
  const once = new Map(found.map((each) => [`${each.analytic} ${each.technique}`, each]));
  return [...once.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** The strategies of a release that name an analytic of this id, in order of their own. */
export function strategiesOf<Item extends MappedObject>(
  analytic: string,
  objects: readonly Item[],
): readonly Item[] {
  const own = new Set(
    objects.flatMap(({ type, attackId, stixId }) =>
      type === 'analytic' && attackId === analytic ? [stixId] : [],
    ),
  );
  return objects
    .filter(({ type, refs }) => type === 'strategy' && (refs.analytics ?? []).some((id) => own.has(id)))
    .sort((a, b) => ((a.attackId ?? '') < (b.attackId ?? '') ? -1 : 1));
}

/** What a release says against a technique; null: nothing. `object` is undefined where it has none of this id. */
export function doubtOf(
  object: Pick<AttackObject, 'revoked' | 'deprecated'> | undefined,
): 'revoked' | 'deprecated' | 'missing' | null {
  if (object === undefined) return 'missing';
  if (object.revoked) return 'revoked';
  return object.deprecated ? 'deprecated' : null;
}
