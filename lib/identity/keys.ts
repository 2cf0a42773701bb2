import { SCOPES, type Scope } from '../access/can';
import { identityServer } from './server';
import type { Visit } from './visit';

/** Under which name the library's permissions hold a key's scopes. */
const RESOURCE = 'sequela';
const DAY_S = 24 * 3600;

/** Makes a key for a person. The key itself is in the answer and kept nowhere. */
export async function makeKey(
  visit: Visit,
  personId: string,
  wanted: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number },
): Promise<{ readonly id: string; readonly key: string }> {
  const { id, key } = await identityServer(visit.origin).api.createApiKey({
    body: {
      name: wanted.name,
      userId: personId,
      expiresIn: wanted.days * DAY_S,
      permissions: { [RESOURCE]: [...new Set(wanted.scopes)] },
    },
  });
  return { id, key };
}

/** The scopes in a key's stored permissions, as text or read; none where there is nothing of ours. */
export function scopesIn(permissions: unknown): readonly Scope[] {
  const read: unknown = typeof permissions === 'string' ? JSON.parse(permissions) : permissions;
  const listed = (read as Readonly<Record<string, unknown>> | null)?.[RESOURCE];
  return Array.isArray(listed) ? SCOPES.filter((scope) => listed.includes(scope)) : [];
}
