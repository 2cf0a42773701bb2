import type { AttackBundle, AttackObject } from '../../contracts/attack';
import type { StoredBundle } from '../../storage/attack/bundles';
import type { StoredObject } from '../../storage/attack/objects';

/** A release as the API shows it. */
export function toBundle({ id, addedAt, ...bundle }: StoredBundle): AttackBundle {
  return { ...bundle, id: String(id), counts: { ...bundle.counts }, addedAt: addedAt.toISOString() };
}

/** An object of a release as the API shows it. */
export function toObject({ refs: _, platforms, ...object }: StoredObject): AttackObject {
  return { ...object, platforms: [...platforms] };
}
