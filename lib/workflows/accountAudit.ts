import type { Actor } from '../access/can';
import { type AuditAction, accountSubject, addAudit } from '../storage/audit';
import { transaction } from '../storage/client';

/** Facts of an entry about an account. */
export type AccountFacts = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Writes what happened to an account. The identity library commits its own changes, so this follows them in a
 * transaction of its own: when it fails, the request fails, and what it did stands.
 */
export async function noteAccount(
  by: string,
  action: AuditAction,
  handle: string,
  details: AccountFacts = {},
): Promise<void> {
  await transaction((connection) =>
    addAudit(connection, { by, action, subject: accountSubject(handle), details }),
  );
}

/** Who made a request that nobody had signed in for. */
export const ANONYMOUS = 'anonymous';

/** Writes that somebody tried to change what their role or key does not allow. */
export async function noteRefusal(actor: Actor, operation: string, permission: string): Promise<void> {
  await noteAccount(actor.name, 'access.refused', actor.name, {
    operation,
    permission,
    role: actor.role,
    key: actor.scopes !== undefined,
  });
}
