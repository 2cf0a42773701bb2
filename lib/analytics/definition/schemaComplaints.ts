import type { z } from 'zod';
import type { Complaint } from './definitionSource';

type Issue = z.core.$ZodIssue;

/** Everything a schema has to complain about, each at its own place. Of a union's branches, the one that fits best speaks. */
export function complaintsOf(
  issues: readonly Issue[],
  prefix: readonly PropertyKey[] = [],
): readonly Complaint[] {
  return issues.flatMap((issue): readonly Complaint[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
    if (issue.code !== 'invalid_union' || issue.errors.length === 0)
      return [{ path, message: plain(issue.message) }];
    return complaintsOf(bestBranch(issue.errors, path), path);
  });
}

/**
 * Of many complaints, the one that got furthest into the file is the useful one; of several as far, a key
 * that is not known.
 */
export function deepestComplaint(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): Complaint {
  let best: Complaint = { path: prefix, message: 'this is not understood' };
  let depth = -1;
  for (const complaint of complaintsOf(issues, prefix)) {
    const reach = complaint.path.length + (complaint.atKey === true ? 0.5 : 0);
    if (reach > depth) {
      best = complaint;
      depth = reach;
    }
  }
  return best;
}

function unknownKey(path: readonly PropertyKey[], key: string): Complaint {
  return { path: [...path, key], message: `"${key}" is not a key that is known here`, atKey: true };
}

function bestBranch(branches: readonly (readonly Issue[])[], path: readonly PropertyKey[]): readonly Issue[] {
  const sorted = [...branches].sort((a, b) => misfits(a) - misfits(b));
  return sorted.reduce((a, b) =>
    deepestComplaint(b, path).path.length > deepestComplaint(a, path).path.length ? b : a,
  );
}

/** How far a branch is from fitting: what it lacks or cannot read, and the keys it does not know. */
function misfits(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function plain(message: string): string {
  return message
    .replace(/^Invalid input: /, '')
    .replace(/, received undefined$/, ', but nothing stands here');
}
