import type { Digest } from '../base/digest';
import { entryHash } from '../base/hashChain';
import type { PackAuditEntry } from '../contracts/evidence';
import type { Check } from './check';

/**
 * Whether the extract of the audit trail is what was hashed: each entry's text gives its hash and says what its members
 * say; entries that follow each other are linked; the last is no later than the chain's end.
 */
export function checkAudit(
  entries: readonly PackAuditEntry[],
  head: { readonly id: number; readonly hash: string },
  digest: Digest,
): readonly Check[] {
  const faults: string[] = [];
  let before: PackAuditEntry | undefined;
  for (const entry of entries) {
    const { id } = entry;
    if (entryHash(entry, digest) !== entry.hash) faults.push(`entry ${id} does not give its hash`);
    else if (!saysTheSame(entry)) faults.push(`entry ${id} says something else than what was hashed`);
    if (before !== undefined && id <= before.id) faults.push(`entry ${id} is out of order`);
    if (before?.id === id - 1 && before.hash !== entry.previous)
      faults.push(`entry ${id} does not follow entry ${before.id}`);
    if (id > head.id || (id === head.id && entry.hash !== head.hash))
      faults.push(`entry ${id} does not fit the chain's end`);
    before = entry;
  }
  if (faults.length > 0) return faults.map((fault) => ({ ok: false, text: `audit: ${fault}` }));
  return [
    {
      ok: true,
      text: `audit: ${entries.length} entries, each gives its hash; the chain ended at entry ${head.id}, ${head.hash}`,
    },
  ];
}

function saysTheSame(entry: PackAuditEntry): boolean {
  const { id, at, by, action, subject, details } = entry;
  try {
    return canonical(JSON.parse(entry.text)) === canonical([id, at, by, action, subject, details]);
  } catch {
    return false;
  }
}

/** JSON with members in one order: jsonb has an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
