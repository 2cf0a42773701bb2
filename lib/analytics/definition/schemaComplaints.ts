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
    return bestBranch(issue.errors, path);
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

/**
 * What the branch that fits best complains of: the one that got furthest, of several as far the one that lacks
 * least. Each branch is asked once: unions nest, and asking twice at each level would double with every level.
 */
function bestBranch(
  branches: readonly (readonly Issue[])[],
  path: readonly PropertyKey[],
): readonly Complaint[] {
  const sorted = [...branches].sort((a, b) => misfits(a) - misfits(b));
  let best: readonly Complaint[] = [];
  let depth = -1;
  for (const branch of sorted) {
    const complaints = complaintsOf(branch, path);
    const reach = complaints.reduce((most, complaint) => Math.max(most, complaint.path.length), path.length);
    if (reach > depth) {
      best = complaints;
      depth = reach;
    }
  }
  return best;
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
