import { type Actor, can, type Scope } from '../access/can';
import { AppError } from '../base/appError';
import type { KeyView } from '../contracts/people';
import { makeKey, scopesIn } from '../identity/keys';
import type { Visit } from '../identity/visit';
import { accountSubject, addAudit } from '../storage/audit';
import { transaction } from '../storage/client';
import { listKeys, revokeKey, type StoredKey } from '../storage/keys';
import { personOf } from './account';
import { noteAccount } from './accountAudit';

/** One's own keys; all of them for who manages keys. */
export async function readKeys(actor: Actor): Promise<{ items: KeyView[] }> {
  return { items: (await listKeys(ownerSeenBy(actor))).map(toView) };
}

/** Makes a key; it stands in this answer and nowhere else. */
export async function addKey(
  visit: Visit,
  wanted: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number },
  actor: Actor,
): Promise<{ key: string; view: KeyView }> {
  const owner = await personOf(actor);
  const { id, key } = await makeKey(visit, owner.id, wanted);
  const scopes = [...new Set(wanted.scopes)].join(', ');
  try {
    await noteAccount(
      actor.name,
      'key.made',
      actor.name,
      { key: id, scopes, days: wanted.days },
      `A key was made for your account, to ${scopes}, for ${wanted.days} day${wanted.days === 1 ? '' : 's'}.`,
    );
  } catch (error) {
    // A key that the audit trail does not know opens nothing.
    await transaction((connection) => revokeKey(connection, id, owner.handle));
    throw error;
  }
  const view = (await listKeys(owner.handle)).find((stored) => stored.id === id);
  if (view === undefined) throw new Error('a key was made and is not there');
  return { key, view: toView(view) };
}

/** Revokes a key for good: one's own, or any for who manages keys. Throws `not_found`, also for another's. */
export async function dropKey(id: string, actor: Actor): Promise<{ items: KeyView[] }> {
  await transaction(async (connection) => {
    const owner = await revokeKey(connection, id, ownerSeenBy(actor));
    if (owner === undefined) throw new AppError('not_found', 'There is no such key of yours.');
    await addAudit(connection, {
      by: actor.name,
      action: 'key.revoked',
      subject: accountSubject(owner),
      details: { key: id },
    });
  });
  return readKeys(actor);
}

function ownerSeenBy(actor: Actor): string | null {
  return can(actor, 'keys.manage') ? null : actor.name;
}

function toView(key: StoredKey): KeyView {
  return {
    id: key.id,
    name: key.name ?? '',
    start: key.start,
    owner: key.owner,
    scopes: [...scopesIn(key.permissions)],
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastRequest?.toISOString() ?? null,
    enabled: key.enabled,
  };
}
