import { MICROS_PER_SECOND, type Micros } from '../base/time';
import type { ProcessDraft } from './processDraft';

/** A record of the end, or of an act, may lie this far outside the recorded life. */
const SLACK = 2 * MICROS_PER_SECOND;

/** How many earlier owners of a pid are tried; more would let hostile input make every look-up linear. */
const LOOK_BACK = 8;

/**
 * Which process had a pid at a time. Windows reuses pids within seconds, so a pid names an interval: from
 * a start to its end, or to the next start with the same pid.
 */
export type PidTable = {
  /** The process with this pid whose start is nearest to `at`, no farther than `tolerance` microseconds. */
  readonly startedNear: (
    pid: number,
    at: Micros,
    tolerance: number,
    accepts: (draft: ProcessDraft) => boolean,
  ) => ProcessDraft | undefined;
  /** The process that had this pid at `at`: the latest to start (or be seen) before it that had not ended. */
  readonly runningAt: (
    pid: number,
    at: Micros,
    accepts: (draft: ProcessDraft) => boolean,
  ) => ProcessDraft | undefined;
  readonly add: (draft: ProcessDraft) => void;
  /** Takes all processes anew; needed after processes were added behind the table's back. */
  readonly rebuild: (drafts: Iterable<ProcessDraft>) => void;
};

/** Builds the table from processes in any order. Look-ups are a binary search in the pid's own list. */
export function createPidTable(drafts: Iterable<ProcessDraft>): PidTable {
  const byPid = new Map<number, ProcessDraft[]>();
  const sorted = new Set<number>();

  const insert = (draft: ProcessDraft): void => {
    if (draft.pid === undefined) return;
    const list = byPid.get(draft.pid);
    if (list === undefined) byPid.set(draft.pid, [draft]);
    else {
      list.push(draft);
      sorted.delete(draft.pid);
    }
  };
  const listOf = (pid: number): readonly ProcessDraft[] => {
    const list = byPid.get(pid) ?? [];
    if (!sorted.has(pid)) {
      list.sort((a, b) => begin(a) - begin(b) || (a.entityId < b.entityId ? -1 : 1));
      sorted.add(pid);
    }
    return list;
  };
  for (const draft of drafts) insert(draft);

  return {
    startedNear(pid, at, tolerance, accepts) {
      const list = listOf(pid);
      let best: ProcessDraft | undefined;
      for (let i = firstAtOrAfter(list, at - tolerance); i < list.length; i++) {
        const draft = list[i];
        if (draft === undefined || begin(draft) > at + tolerance) break;
        if (draft.imputed || draft.startedAt === undefined || !accepts(draft)) continue;
        if (best === undefined || Math.abs(draft.startedAt - at) < Math.abs((best.startedAt ?? at) - at))
          best = draft;
      }
      return best;
    },
    runningAt(pid, at, accepts) {
      const list = listOf(pid);
      const newest = firstAtOrAfter(list, at + SLACK + 1) - 1;
      for (let i = newest; i >= 0 && i > newest - LOOK_BACK; i--) {
        const draft = list[i];
        if (draft === undefined || !accepts(draft)) continue;
        const ended = draft.endedAt !== undefined && draft.endedAt + SLACK < at;
        if (!ended) return draft;
        // A recorded start closes what came before it: an older process cannot still own the pid.
        if (draft.startedAt !== undefined) return undefined;
      }
      return firstSeenLater(list, at, accepts);
    },
    add: insert,
    rebuild(all) {
      byPid.clear();
      sorted.clear();
      for (const draft of all) insert(draft);
    },
  };
}

/** A process without a recorded start may have been running before it was first seen: the next one, if no start lies between. */
function firstSeenLater(
  list: readonly ProcessDraft[],
  at: Micros,
  accepts: (draft: ProcessDraft) => boolean,
): ProcessDraft | undefined {
  for (let i = firstAtOrAfter(list, at); i < list.length; i++) {
    const draft = list[i];
    if (draft === undefined || draft.startedAt !== undefined) return undefined;
    if (accepts(draft)) return draft;
  }
  return undefined;
}

function begin(draft: ProcessDraft): number {
  return draft.startedAt ?? draft.firstSeen;
}

function firstAtOrAfter(list: readonly ProcessDraft[], at: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const draft = list[middle];
    if (draft !== undefined && begin(draft) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
