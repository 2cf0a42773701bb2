import { prisma } from '../storage/client';

type Kept = { readonly client: unknown; readonly made: Map<string, unknown> };

/** A server can be addressed by a few names; more than these at once are somebody's tries. */
const MOST = 8;

// On the global object, as the database is: a development server evaluates modules again and again.
const holder = globalThis as typeof globalThis & { sequelaIdentity?: Kept | undefined };

/** What was made for this name and key on the database in use, or what `make` makes now. */
export function reused<Made>(name: string, key: string, make: () => Made): Made {
  const client = prisma();
  if (holder.sequelaIdentity?.client !== client) holder.sequelaIdentity = { client, made: new Map() };
  const { made } = holder.sequelaIdentity;
  const at = `${name}\n${key}`;
  const known = made.get(at);
  if (known !== undefined) return known as Made;
  const oldest = made.size < MOST ? undefined : made.keys().next().value;
  if (oldest !== undefined) made.delete(oldest);
  const fresh = make();
  made.set(at, fresh);
  return fresh;
}

/** Forgets what was made, to make it anew next time. */
export function forgetReused(name: string, key: string): void {
  holder.sequelaIdentity?.made.delete(`${name}\n${key}`);
}
