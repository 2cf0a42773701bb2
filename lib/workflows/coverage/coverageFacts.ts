import { AppError } from '../../base/appError';
import { parseMicros } from '../../base/time';
import type { CoverageQuery } from '../../contracts/coverage';
import { kindsNeeded } from '../../correlate/kindsNeeded';
import { groupFinder } from '../../coverage/fleetGroups';
import { isLookedAt } from '../../coverage/rollup';
import {
  type CoveragePeriod,
  dayOf,
  daysReached,
  latestOf,
  newestOf,
  periodOf,
  quietTime,
} from '../../coverage/rollupPeriod';
import { addTime, NO_TIME, type SeenTime } from '../../coverage/seenTime';
import { sumByStage } from '../../storage/coverage/coverageDays';
import { loadCoverageHosts, loadHostChannels, loadLastChannels } from '../../storage/coverage/coverageHosts';
import { type FleetGroupRow, loadFleetGroups } from '../../storage/coverage/fleetGroups';
import { loadStageProofs, type StageProofRow } from '../../storage/coverage/stageProofs';
import { remembered } from '../../storage/remembered';
import { sourceOf } from '../../visibility/sources';
import { readCatalogue } from '../readCatalogue';
import { type CoverageStage, coverageStages } from './coverageStages';

/** What a query takes for hosts that are in no group, of no known system, of no source. */
export const NONE = 'none';

/** How long a proof stays fresh. */
const FRESH_MS = 90 * 86_400_000;

/** Longest period that is added up. */
const MOST_DAYS = 3660;

/** A host that is expected to report, as coverage shows it. */
export type FleetHost = {
  readonly id: number;
  readonly name: string;
  readonly os: string | null;
  readonly group: string | null;
  /** Sorted; of a host that delivered nothing in the period, those of the last day it did. */
  readonly sources: readonly string[];
  readonly seenFrom: number;
  /** Now where its events say a time that is still to come. */
  readonly seenTo: number;
};

/** What every number of the coverage is made from: the period, the stages, and the hosts that the query is about. */
export type CoverageFacts = {
  readonly period: CoveragePeriod;
  /** The newest event of any host that counts and whose clock can be right, microseconds. */
  readonly newest: number | undefined;
  readonly stages: readonly CoverageStage[];
  readonly groups: readonly FleetGroupRow[];
  /** In order of name; with events before the period's end, of systems that are looked at. */
  readonly hosts: readonly FleetHost[];
  readonly retired: number;
  readonly unknown: number;
  /** Hosts of systems that the definitions' stages are not looked for on; they are not among `hosts`. */
  readonly notLookedAt: number;
};

/** Which part of the fleet and of time; as the contract's CoverageQuery, all optional. */
export type CoverageScope = { readonly [Key in keyof Omit<CoverageQuery, 'by'>]?: CoverageQuery[Key] };

/** Loads them. Throws `bad_request` for a period that is none. */
export async function loadCoverageFacts(query: CoverageScope, now: Date): Promise<CoverageFacts> {
  const { catalogue } = await readCatalogue();
  const [rows, { items: groups }] = await Promise.all([
    loadCoverageHosts(kindsNeeded(catalogue)),
    loadFleetGroups(),
  ]);
  const clock = now.getTime() * 1000;
  const newest = newestOf(
    rows.flatMap(({ seenTo, retired }) => (retired || seenTo === null ? [] : [seenTo])),
    clock,
  );
  const period = askedPeriod(query, newest, now);
  const begun = rows.filter(({ seenFrom }) => seenFrom === null || seenFrom < period.end);
  const sourcesOf = await loadSources(period, begun);
  const groupOf = groupFinder(groups);
  const inScope = begun
    .map((row) => ({ ...row, group: groupOf(row.name) ?? null, sources: sourcesOf(row.id) }))
    .filter(
      ({ group, os, sources }) =>
        (query.group === undefined || query.group === (group ?? NONE)) &&
        (query.os === undefined || query.os === (os ?? NONE)) &&
        (query.source === undefined ||
          (query.source === NONE ? sources.length === 0 : sources.includes(query.source))),
    );
  const counted = inScope.flatMap(({ retired, seenFrom, seenTo, ...host }): FleetHost[] =>
    retired || seenFrom === null || seenTo === null
      ? []
      : [{ ...host, seenFrom, seenTo: heardAt(seenTo, newest, clock) }],
  );
  const hosts = counted.filter(({ os }) => isLookedAt(os));
  return {
    period,
    newest,
    stages: coverageStages(catalogue, query.analytic),
    groups,
    hosts,
    notLookedAt: counted.length - hosts.length,
    retired: inScope.filter(({ retired }) => retired).length,
    unknown: inScope.filter(({ retired, seenFrom }) => !retired && seenFrom === null).length,
  };
}

/** When a host was last heard; one whose clock is wrong counts as heard just now. */
function heardAt(seenTo: number, newest: number | undefined, now: number): number {
  return seenTo > latestOf(now) ? Math.max(now, newest ?? now) : seenTo;
}

function askedPeriod(query: CoverageScope, newest: number | undefined, now: Date): CoveragePeriod {
  const [from, to] = [askedDay(query.from, 'from'), askedDay(query.to, 'to')];
  const period = periodOf({ from, to }, newest, now.getTime() * 1000);
  const length = period.days.to - period.days.from + 1;
  if (length < 1) throw badPeriod('from', 'comes after the end');
  if (length > MOST_DAYS) throw badPeriod('from', `more than ${MOST_DAYS} days before the end`);
  return period;
}

function askedDay(date: string | undefined, path: string): number | undefined {
  if (date === undefined) return undefined;
  const time = parseMicros(date);
  if (time === undefined) throw badPeriod(path, 'not a day between 1685 and 2254');
  return dayOf(time);
}

function badPeriod(path: string, message: string): AppError {
  return new AppError('bad_request', 'This is no period that coverage can be told of.', {
    errors: [{ path, message }],
  });
}

/** The sources of each host; of one that delivered nothing in the period, those it last had. */
async function loadSources(
  { days }: CoveragePeriod,
  hosts: readonly { readonly id: number }[],
): Promise<(hostId: number) => readonly string[]> {
  const channels = await remembered(
    `coverage channels ${days.from} ${days.to}`,
    () => loadHostChannels(days.from, days.to),
    'correlation',
  );
  const silent = hosts.flatMap(({ id }) => (channels.has(id) ? [] : [id]));
  const last = await loadLastChannels(silent, days.from);
  const sources = new Map<number, readonly string[]>();
  for (const { id } of hosts)
    sources.set(id, [...new Set((channels.get(id) ?? last.get(id) ?? []).map(sourceOf))].sort());
  return (hostId) => sources.get(hostId) ?? [];
}

/** What each stage was on one host, by stage; a stage that is not looked for on its system is in none. */
export type HostTimes = ReadonlyMap<string, SeenTime>;

/** What the stages were on the hosts in the period, by host id, the time in which a host said nothing any more included. */
export async function loadHostTimes({
  period,
  stages,
  hosts,
}: Pick<CoverageFacts, 'period' | 'stages' | 'hosts'>): Promise<ReadonlyMap<number, HostTimes>> {
  const names = stages.map(({ stage }) => stage);
  const days = daysReached(period);
  const sums = await remembered(
    `coverage by stage ${days.from} ${days.to} ${names.join(' ')}`,
    async () => byHost(await sumByStage(days, names)),
    'correlation',
  );
  return new Map(
    hosts.map(({ id, seenTo }) => {
      const quiet = { ...NO_TIME, blind: quietTime(seenTo, period) };
      const known = sums.get(id);
      return [id, new Map(names.map((stage) => [stage, addTime(known?.get(stage) ?? NO_TIME, quiet)]))];
    }),
  );
}

function byHost(
  rows: readonly (SeenTime & { readonly hostId: number; readonly stage: string })[],
): ReadonlyMap<number, HostTimes> {
  const hosts = new Map<number, Map<string, SeenTime>>();
  for (const { hostId, stage, visible, partial, blind } of rows) {
    const known = hosts.get(hostId) ?? new Map<string, SeenTime>();
    hosts.set(hostId, known);
    known.set(stage, { visible, partial, blind });
  }
  return hosts;
}

/** A proof, and whether it is still fresh. */
export type Proof = StageProofRow & { readonly fresh: boolean };

/** Proofs of stages by replayed attacks. */
export type Proofs = {
  /** The newest of a stage; undefined when nothing proved it. */
  readonly newest: (stage: string) => Proof | undefined;
  /** Whether a fresh one was of any of these sources. */
  readonly covers: (stage: string, sources: readonly string[]) => boolean;
};

/** Loads those that hold; how fresh they are is told for `now`. */
export async function loadProofs(now: Date): Promise<Proofs> {
  const proofs = new Map<string, Proof[]>();
  const { catalogue } = await readCatalogue();
  for (const row of await loadStageProofs(catalogue.analytics)) {
    const known = proofs.get(row.stage) ?? [];
    proofs.set(row.stage, known);
    known.push({ ...row, fresh: now.getTime() - row.at.getTime() < FRESH_MS });
  }
  for (const known of proofs.values()) known.sort((a, b) => b.at.getTime() - a.at.getTime());
  return {
    newest: (stage) => proofs.get(stage)?.[0],
    covers: (stage, sources) =>
      (proofs.get(stage) ?? []).some(({ fresh, source }) => fresh && sources.includes(source)),
  };
}
