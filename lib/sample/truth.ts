import { formatMicros } from '../base/time';
import type { Running } from './sensor';

export type AnalyticId = 'AN1314' | 'AN1397' | 'AN1407';

/** A process named so that a finding about it can be recognised. */
export type TrueProcess = {
  /** As events carry it: lower case, no braces. Absent where the host has no Sysmon at that time. */
  readonly entityId?: string;
  readonly pid: number;
  readonly image: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
};

/** A chain that was planted and must be found. */
export type PlantedChain = {
  readonly analytic: AnalyticId;
  /** Lower case, with domain. */
  readonly host: string;
  readonly status: 'complete' | 'partial';
  /** The process the chain turns on: mshta, the spawned program, the first script engine after the SVG. */
  readonly anchor: TrueProcess;
  /** All processes of the chain in order; a finding may hang on any of them. */
  readonly processes: readonly TrueProcess[];
  /** The state that each named stage must have; stages not named are left open. */
  readonly stages: {
    readonly matched: readonly string[];
    readonly absent: readonly string[];
    readonly blind: readonly string[];
  };
  readonly story: string;
};

/** Something that looks alike and must not cost anybody time. */
export type Decoy = {
  readonly analytic: AnalyticId;
  readonly host: string;
  readonly process: TrueProcess;
  /**
   * The highest severity an unsuppressed finding on it may have. `nothing`: there must be none. Anything
   * up to the ceiling is neither a hit nor a false alarm.
   */
  readonly ceiling: 'nothing' | 'informational' | 'medium';
  readonly why: string;
};

/** A stretch of time in which a host could not see something. */
export type TelemetryGap = {
  readonly host: string;
  readonly from: string;
  readonly to: string;
  readonly lacks: string;
};

/** What a recording holds by construction: the yardstick for validation and benchmarks. */
export type Truth = {
  readonly chains: readonly PlantedChain[];
  readonly decoys: readonly Decoy[];
  readonly gaps: readonly TelemetryGap[];
  readonly lines: LineCount;
};

/** `total = records + broken + duplicates`; ignored kinds are among the records. */
export type LineCount = {
  readonly total: number;
  readonly records: number;
  /** Cut off in the middle: for quarantine. */
  readonly broken: number;
  /** Exact copies of an earlier line. */
  readonly duplicates: number;
};

/** A process as the truth names it. `seen` false: the host had no entity ids to give at that time. */
export function trueProcess(process: Running, seen: boolean): TrueProcess {
  return {
    ...(seen ? { entityId: process.guid.replace(/[{}]/g, '').toLowerCase() } : {}),
    pid: process.pid,
    image: process.image,
    startedAt: formatMicros(process.startedAt),
  };
}

/** The truth of several recordings together. */
export function joinTruth(truths: Iterable<Truth>): Truth {
  const chains: PlantedChain[] = [];
  const decoys: Decoy[] = [];
  const gaps: TelemetryGap[] = [];
  let lines: LineCount = { total: 0, records: 0, broken: 0, duplicates: 0 };
  for (const truth of truths) {
    chains.push(...truth.chains);
    decoys.push(...truth.decoys);
    gaps.push(...truth.gaps);
    lines = {
      total: lines.total + truth.lines.total,
      records: lines.records + truth.lines.records,
      broken: lines.broken + truth.lines.broken,
      duplicates: lines.duplicates + truth.lines.duplicates,
    };
  }
  return { chains, decoys, gaps, lines };
}
