import type { RecordRun } from './recordRuns';

/** Numbers of a log that nothing brought: the first and the last, and the times of the records around them. */
type Hole = {
  readonly fromId: number;
  readonly toId: number;
  readonly records: number;
  /** Microseconds; in order even where the log's clock was set back meanwhile. */
  readonly from: number;
  readonly to: number;
};

/** How complete a log is between the first and the last number that came. */
type LogHoles = {
  /** Share of the numbers, 0 to 1. */
  readonly held: number;
  readonly missing: number;
  /** The largest first, at most ten. */
  readonly largest: readonly Hole[];
};

const LARGEST = 10;

/**
 * What is missing of one log, all imports together; undefined when nothing is, or nothing came. Runs may overlap, as
 * imports do. Where runs tell only how many of their numbers came, the fullest one counts: what two of them brought may
 * be the same, so that never more is said to be there than is.
 */
export function holesOf(runs: readonly RecordRun[]): LogHoles | undefined {
  const bounds = [...new Set(runs.flatMap(({ fromId, toId }) => [fromId, toId + 1]))].sort((a, b) => a - b);
  const first = bounds[0];
  const end = bounds.at(-1);
  if (first === undefined || end === undefined) return undefined;
  const painted = paint(runs, bounds);
  const [before, after] = timesAround(runs);
  const holes: Hole[] = [];
  let held = 0;
  for (let i = 0; i + 1 < bounds.length; i++) {
    const [fromId, next] = [bounds[i] ?? 0, bounds[i + 1] ?? 0];
    const share = painted[i];
    if (share !== undefined) held += share * (next - fromId);
    else {
      const times = [before.get(fromId) ?? 0, after.get(next) ?? 0].sort((a, b) => a - b);
      holes.push({
        fromId,
        toId: next - 1,
        records: next - fromId,
        from: times[0] ?? 0,
        to: times[1] ?? 0,
      });
    }
  }
  const missing = end - first - Math.round(held);
  if (missing <= 0) return undefined;
  const largest = holes.sort((a, b) => b.records - a.records || a.fromId - b.fromId).slice(0, LARGEST);
  return { held: 1 - missing / (end - first), missing, largest };
}

/** For each stretch between two bounds the largest share that any run over it has; undefined where there is no run. */
function paint(runs: readonly RecordRun[], bounds: readonly number[]): readonly (number | undefined)[] {
  const at = new Map(bounds.map((bound, i) => [bound, i]));
  const painted = Array<number | undefined>(bounds.length - 1).fill(undefined);
  // The next stretch that is not painted yet, at or after each one; every stretch is painted once.
  const next = bounds.map((_, i) => i);
  const free = (i: number): number => {
    let root = i;
    while (next[root] !== root) root = next[root] ?? root;
    for (let step = i; step !== root; ) {
      const following = next[step] ?? root;
      next[step] = root;
      step = following;
    }
    return root;
  };
  const fullest = runs
    .map((run) => ({ run, share: run.held / (run.toId - run.fromId + 1) }))
    .sort((a, b) => b.share - a.share);
  for (const { run, share } of fullest) {
    const end = at.get(run.toId + 1) ?? 0;
    for (let i = free(at.get(run.fromId) ?? 0); i < end; i = free(i)) {
      painted[i] = Math.min(1, share);
      next[i] = i + 1;
    }
  }
  return painted;
}

/** Time of the record just before a number, and of the record with it, where a run ends or begins there. */
function timesAround(runs: readonly RecordRun[]): readonly [Map<number, number>, Map<number, number>] {
  const before = new Map<number, number>();
  const at = new Map<number, number>();
  for (const run of runs) {
    before.set(run.toId + 1, Math.max(before.get(run.toId + 1) ?? run.toTime, run.toTime));
    at.set(run.fromId, Math.min(at.get(run.fromId) ?? run.fromTime, run.fromTime));
  }
  return [before, at];
}
