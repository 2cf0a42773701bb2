import { randomUUID } from 'node:crypto';
import type { Actor } from '../access/can';
import { accountSubject, addAudit } from '../storage/audit';
import type { AuditAction } from '../storage/auditActions';
import { transaction } from '../storage/client';
import { type Note, notify } from '../storage/notifications';

/** Facts of an entry about an account. */
export type AccountFacts = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Writes what happened to an account. The identity library commits its own changes, so this follows them in a
 * transaction of its own: when it fails, the request fails, and what it did stands. `told` is what the person is told.
 */
export async function noteAccount(
  by: string,
  action: AuditAction,
  handle: string,
  details: AccountFacts = {},
  told?: string,
): Promise<void> {
  await transaction(async (connection) => {
    if (told !== undefined) await notify(connection, [securityNote(handle, told)]);
    await addAudit(connection, { by, action, subject: accountSubject(handle), details });
  });
}

/**
 * Tells a person what became of their own account, whoever did it: it may have been somebody in their place. Each is
 * told by itself, also when an earlier one is unread.
 */
export function securityNote(handle: string, text: string): Note {
  return {
    person: handle,
    kind: 'security',
    subject: `${accountSubject(handle)}:${randomUUID()}`,
    by: null,
    text,
    link: '/account',
  };
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
