import { MICROS_PER_SECOND, type Micros } from '../base/time';
import type { ProcessDraft } from './processDraft';

/** A record of the end, or of an act, may lie this far outside the recorded life. */
const SLACK = 2 * MICROS_PER_SECOND;

/** How many owners of a pid are tried; more would let hostile input make every look-up linear. */
const TRIES = 16;

/**
 * Which process had a pid at a time. Windows reuses pids within seconds, so a pid names an interval: from
 * a start to its end, or to the next start with the same pid.
 */
export type PidTable = {
  /** The process with this pid whose recorded start is nearest to `at`, no farther than `tolerance` microseconds. */
  readonly startedNear: (
    pid: number,
    at: Micros,
    tolerance: number,
    accepts: (draft: ProcessDraft) => boolean,
  ) => ProcessDraft | undefined;
  /**
   * The process that had this pid at `at`: the one whose life holds that moment, else the one whose life is
   * nearest to it within the slack, else the next to be seen whose start was not recorded.
   */
  readonly runningAt: (
    pid: number,
    at: Micros,
    accepts: (draft: ProcessDraft) => boolean,
  ) => ProcessDraft | undefined;
  readonly add: (draft: ProcessDraft) => void;
  /** Takes all processes anew; needed after processes were added, or their starts moved, behind the table's back. */
  readonly rebuild: (drafts: Iterable<ProcessDraft>) => void;
};

/** Builds the table from processes in any order. Look-ups are a binary search in the pid's own list. */
export function createPidTable(drafts: Iterable<ProcessDraft>): PidTable {
  const byPid = new Map<number, ProcessDraft[]>();

  const fill = (all: Iterable<ProcessDraft>): void => {
    for (const draft of all) {
      if (draft.pid === undefined) continue;
      const list = byPid.get(draft.pid);
      if (list === undefined) byPid.set(draft.pid, [draft]);
      else list.push(draft);
    }
    for (const list of byPid.values()) list.sort(compareDrafts);
  };
  fill(drafts);

  return {
    startedNear(pid, at, tolerance, accepts) {
      const list = byPid.get(pid) ?? [];
      let after = firstAtOrAfter(list, at);
      let before = after - 1;
      for (let tries = 0; tries < TRIES; tries++) {
        const [earlier, later] = [list[before], list[after]];
        const back = earlier === undefined ? Number.POSITIVE_INFINITY : at - begin(earlier);
        const ahead = later === undefined ? Number.POSITIVE_INFINITY : begin(later) - at;
        if (Math.min(back, ahead) > tolerance) return undefined;
        const nearest = back < ahead ? earlier : later;
        if (back < ahead) before--;
        else after++;
        if (nearest?.startedAt !== undefined && accepts(nearest)) return nearest;
      }
      return undefined;
    },
    runningAt(pid, at, accepts) {
      const list = byPid.get(pid) ?? [];
      const newest = firstAtOrAfter(list, at + SLACK + 1) - 1;
      let nearest: ProcessDraft | undefined;
      let distance = SLACK + 1;
      for (let i = newest; i >= 0 && i > newest - TRIES; i--) {
        const draft = list[i];
        if (draft === undefined) break;
        const away = distanceFrom(draft, at);
        if (away < distance && accepts(draft)) {
          nearest = draft;
          distance = away;
        }
        // A recorded start closes what came before it: an older process cannot still own the pid.
        if (draft.startedAt !== undefined && draft.startedAt + SLACK < at) break;
      }
      return nearest ?? nextSeen(list, at, accepts);
    },
    add(draft) {
      if (draft.pid === undefined) return;
      const list = byPid.get(draft.pid);
      if (list === undefined) byPid.set(draft.pid, [draft]);
      else
        list.splice(
          firstNotBefore(list, (other) => compareDrafts(other, draft) < 0),
          0,
          draft,
        );
    },
    rebuild(all) {
      byPid.clear();
      fill(all);
    },
  };
}

/** How far a moment lies outside a process's life. */
function distanceFrom(draft: ProcessDraft, at: Micros): number {
  if (begin(draft) > at) return begin(draft) - at;
  return draft.endedAt === undefined ? 0 : Math.max(0, at - draft.endedAt);
}

/** A process without a recorded start may have been running before it was first seen: the next one, if no start lies between. */
function nextSeen(
  list: readonly ProcessDraft[],
  at: Micros,
  accepts: (draft: ProcessDraft) => boolean,
): ProcessDraft | undefined {
  const first = firstAtOrAfter(list, at);
  for (let i = first; i < first + TRIES; i++) {
    const draft = list[i];
    if (draft === undefined || draft.startedAt !== undefined) return undefined;
    if (accepts(draft)) return draft;
  }
  return undefined;
}

function compareDrafts(a: ProcessDraft, b: ProcessDraft): number {
  return begin(a) - begin(b) || (a.entityId < b.entityId ? -1 : 1);
}

function begin(draft: ProcessDraft): number {
  return draft.startedAt ?? draft.firstSeen;
}

function firstAtOrAfter(list: readonly ProcessDraft[], at: number): number {
  return firstNotBefore(list, (draft) => begin(draft) < at);
}

/** Index of the first draft that is not before the place sought, by binary search. */
function firstNotBefore(list: readonly ProcessDraft[], isBefore: (draft: ProcessDraft) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const draft = list[middle];
    if (draft !== undefined && isBefore(draft)) low = middle + 1;
    else high = middle;
  }
  return low;
}
