import type { KeyView } from '@/lib/contracts/people';

export type Scope = KeyView['scopes'][number];

/** What a scope is called, and what it opens; never more than its owner may do. */
export const SCOPE_WORD: Readonly<Record<Scope, { readonly label: string; readonly opens: string }>> = {
  collect: {
    label: 'Collect',
    opens: 'Sends exports and sees what becomes of them. Nothing else: for collectors.',
  },
  read: { label: 'Read', opens: 'Reads findings, events, hosts, cases and coverage.' },
  triage: { label: 'Triage', opens: 'Decides on findings and alerts, works on cases, comments on events.' },
  export: { label: 'Export', opens: 'Takes out evidence and the audit.' },
};

/** How long a new key lives unless said otherwise, and at most, in days. */
export const USUAL_DAYS = 90;
export const MOST_DAYS = 730;

/** What is wrong with the number of days typed; null when nothing is. */
export function daysProblem(days: string): string | null {
  return /^\d{1,3}$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= MOST_DAYS
    ? null
    : `Between 1 and ${MOST_DAYS} days.`;
}

/** Where a key stands at a moment: "revoked", "expired" or null while it works. */
export function keyEnd(
  key: Pick<KeyView, 'enabled' | 'expiresAt'>,
  now: number,
): 'revoked' | 'expired' | null {
  if (!key.enabled) return 'revoked';
  return key.expiresAt !== null && Date.parse(key.expiresAt) <= now ? 'expired' : null;
}
