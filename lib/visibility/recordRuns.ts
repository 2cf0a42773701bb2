/**
 * Numbers of a log from `fromId` to `toId`, both included, of which `held` came; all of them where that is the length.
 * Times, in microseconds, are those of the records with the lowest and the highest number.
 */
export type RecordRun = {
  readonly fromId: number;
  readonly toId: number;
  readonly held: number;
  readonly fromTime: number;
  readonly toTime: number;
};

/** The runs of one log of one host. */
type LogRuns = {
  readonly host: string;
  readonly channel: string;
  readonly runs: readonly RecordRun[];
};

/** As many runs are kept of one log; beyond, those closest together are joined. */
const RUNS = 50;

/** So many are gathered before they are joined, so that records in any order find their neighbours. */
const GATHERED = 10_000;

/** A file may name any number of machines; what is beyond these is not followed. */
const LOGS = 10_000;

type Open = { -readonly [Key in keyof RecordRun]: RecordRun[Key] };
type Log = { readonly host: string; readonly channel: string; runs: Open[]; last: Open };

/**
 * Collects which record numbers came, by host and log, in any order; the same number may come again. Made for millions
 * of records that mostly follow one another: memory is bounded whatever comes.
 */
export function createRecordRuns() {
  const logs = new Map<string, Map<string, Log>>();
  let count = 0;
  let current: Log | undefined;

  function find(host: string, channel: string, id: number, time: number): Log | undefined {
    const ofHost = logs.get(host) ?? new Map<string, Log>();
    const known = ofHost.get(channel);
    if (known !== undefined || count >= LOGS) return known;
    count++;
    const last = open(id, time);
    const log = { host, channel, runs: [last], last };
    logs.set(host, ofHost.set(channel, log));
    return log;
  }

  return {
    /** Notes that a record came. `time` is the log's own, in microseconds. */
    add(host: string, channel: string, id: number, time: number): void {
      const isSame = current !== undefined && current.host === host && current.channel === channel;
      const log = isSame ? current : find(host, channel, id, time);
      if (log === undefined) return;
      current = log;
      const { last } = log;
      if (id === last.toId + 1) {
        last.toId = id;
        last.toTime = time;
        last.held++;
      } else if (id === last.fromId - 1) {
        last.fromId = id;
        last.fromTime = time;
        last.held++;
      } else if (id < last.fromId || id > last.toId) {
        log.last = open(id, time);
        if (log.runs.length >= GATHERED) log.runs = joinRuns(log.runs, GATHERED / 10);
        log.runs.push(log.last);
      }
    },
    /** What came so far, at most fifty runs of each log. */
    all(): readonly LogRuns[] {
      return [...logs.values()].flatMap((ofHost) =>
        [...ofHost.values()].map(({ host, channel, runs }) => ({
          host,
          channel,
          runs: joinRuns(runs, RUNS),
        })),
      );
    },
  };
}

function open(id: number, time: number): Open {
  return { fromId: id, toId: id, held: 1, fromTime: time, toTime: time };
}

/**
 * Runs in order and apart: those that touch or overlap are one. Of more than `most`, those with the least missing
 * between them are joined, so that the widest holes stay as they are.
 */
export function joinRuns(runs: readonly RecordRun[], most: number): Open[] {
  const apart: Open[] = [];
  for (const run of [...runs].sort((a, b) => a.fromId - b.fromId || a.toId - b.toId)) {
    const last = apart.at(-1);
    if (last !== undefined && run.fromId <= last.toId + 1) join(last, run);
    else apart.push({ ...run });
  }
  if (apart.length <= most) return apart;
  const missing = (i: number) => (apart[i]?.fromId ?? 0) - (apart[i - 1]?.toId ?? 0);
  const cuts = new Set(
    Array.from({ length: apart.length - 1 }, (_, i) => i + 1)
      .sort((a, b) => missing(b) - missing(a) || a - b)
      .slice(0, most - 1),
  );
  const joined: Open[] = [];
  for (const [i, run] of apart.entries()) {
    const last = joined.at(-1);
    if (last === undefined || cuts.has(i)) joined.push(run);
    else join(last, run);
  }
  return joined;
}

/** Takes a run that begins no earlier into another; where both may hold the same numbers, the least that came counts. */
function join(into: Open, run: RecordRun): void {
  const both = Math.max(0, Math.min(into.toId, run.toId) - run.fromId + 1);
  into.held = Math.max(into.held, run.held, into.held + run.held - both);
  if (run.toId > into.toId) {
    into.toId = run.toId;
    into.toTime = run.toTime;
  }
}
