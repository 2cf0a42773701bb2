import { DEMO_HANDLE } from '../access/demo';

/** Handles that are no person's: the server's own names in history, and words that stand for many. */
const RESERVED = new Set([
  'administrator',
  'all',
  'anonymous',
  'collector',
  DEMO_HANDLE,
  'everyone',
  'local',
  'nobody',
  'sequela',
  'system',
]);

/** Whether a handle may not be given to a person. */
export function isReservedHandle(handle: string): boolean {
  return RESERVED.has(handle);
}

/** A handle out of an address: what stands before the @, as far as handles may hold it; 3 to 30 characters. */
export function handleOf(email: string): string {
  const local = (email.split('@')[0] ?? '').toLowerCase().normalize('NFKD');
  const kept = local
    .replace(/[^a-z0-9._-]/g, '')
    .slice(0, 30)
    .replace(/^[^a-z]+/, '')
    .replace(/[^a-z0-9]+$/, '');
  const long = kept.length >= 3 ? kept : `person-${kept}x`;
  return isReservedHandle(long) ? `${long}-1` : long;
}
