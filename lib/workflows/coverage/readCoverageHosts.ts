import type { z } from 'zod';
import { AppError } from '../../base/appError';
import { formatMicros, micros } from '../../base/time';
import type { CoverageHost, CoverageHostList, coverageHostsQuery } from '../../contracts/coverage';
import { toSeconds, totalOf } from '../../coverage/rollup';
import { addTime, mostOf, NO_TIME, type SeenState, type SeenTime } from '../../coverage/seenTime';
import type { CoverageCellRow } from '../../storage/coverage/coverageCells';
import { fromCursor, toCursor } from '../cursor';
import { loadCellsOf, rankFleetFixes, settingsFor } from './coverageCells';
import {
  type CoverageFacts,
  type FleetHost,
  type HostTimes,
  loadCoverageFacts,
  loadHostTimes,
  loadProofs,
  type Proofs,
} from './coverageFacts';

const PAGE = 100;

type Listed = {
  readonly host: FleetHost;
  readonly time: SeenTime;
  readonly state: SeenState;
  readonly proven: boolean;
  /** What the order is by: shares of the time that was not blind, and visible. */
  readonly light: readonly [number, number];
};

/**
 * The hosts behind a number of the coverage, the darkest first. Hosts that a stage is not looked for on, or that were
 * off all the time, are behind none. Throws `not_found` for a stage that no definition has, `bad_request`.
 */
export async function readCoverageHosts(
  query: z.output<typeof coverageHostsQuery>,
  now: Date,
): Promise<CoverageHostList> {
  const all = await loadCoverageFacts(query, now);
  const facts = query.stage === undefined ? all : ofStage(all, query.stage);
  const [times, proofs] = await Promise.all([loadHostTimes(facts), loadProofs(now)]);
  const fixed = await hostsOfFix(facts, times, query.fix);
  const wanted = query.q?.toLowerCase();
  const listed = facts.hosts
    .filter(({ id, name }) => (fixed?.has(id) ?? true) && (wanted === undefined || name.includes(wanted)))
    .flatMap((host) => toListed(host, times.get(host.id), proofs, query.source))
    .filter(({ state, proven }) =>
      query.state === undefined ? true : query.state === 'proven' ? proven : state === query.state,
    )
    .sort(darkestFirst);
  const after = fromCursor(query.cursor, 'number', 'number', 'string');
  const rest = after === undefined ? listed : listed.filter((one) => comesAfter(one, after));
  const page = rest.slice(0, query.limit ?? PAGE);
  const last = page.at(-1);
  const cells =
    query.stage === undefined
      ? undefined
      : await loadCellsOf(
          page.map(({ host }) => host.id),
          query.stage,
        );
  return {
    items: page.map((one) => toHostView(one, cells?.get(one.host.id))),
    total: listed.length,
    nextCursor:
      rest.length > page.length && last !== undefined ? toCursor([...last.light, last.host.name]) : null,
  };
}

function ofStage(facts: CoverageFacts, wanted: string): CoverageFacts {
  const stages = facts.stages.filter(({ stage }) => stage === wanted);
  if (stages.length === 0) throw new AppError('not_found', 'No definition in force has this stage.');
  return { ...facts, stages };
}

async function hostsOfFix(
  facts: CoverageFacts,
  times: ReadonlyMap<number, HostTimes>,
  fix: string | undefined,
): Promise<ReadonlySet<number> | undefined> {
  if (fix === undefined) return undefined;
  const { ranked } = await rankFleetFixes(facts, times);
  return ranked.find(({ id }) => id === fix)?.hosts ?? new Set();
}

/** A host as the list has it; none where no stage was anything at any time. With several stages, proven in all it sees; with a source, in that one. */
function toListed(
  host: FleetHost,
  stages: HostTimes | undefined,
  proofs: Proofs,
  source: string | undefined,
): Listed[] {
  if (stages === undefined) return [];
  const time = [...stages.values()].reduce(addTime, NO_TIME);
  const state = mostOf(time);
  if (state === undefined) return [];
  const sources = host.sources.filter((one) => source === undefined || one === source);
  const seen = [...stages].filter(([, one]) => mostOf(one) === 'visible');
  const whole = time.visible + time.partial + time.blind;
  return [
    {
      host,
      time,
      state,
      proven: seen.length > 0 && seen.every(([stage]) => proofs.covers(stage, sources)),
      light: [(time.visible + time.partial) / whole, time.visible / whole],
    },
  ];
}

function darkestFirst(a: Listed, b: Listed): number {
  return a.light[0] - b.light[0] || a.light[1] - b.light[1] || (a.host.name < b.host.name ? -1 : 1);
}

function comesAfter(
  { light, host }: Listed,
  [seen, visible, name]: readonly [number, number, string],
): boolean {
  if (light[0] !== seen) return light[0] > seen;
  if (light[1] !== visible) return light[1] > visible;
  return host.name > name;
}

function toHostView({ host, time, state, proven }: Listed, cell: CoverageCellRow | undefined): CoverageHost {
  const gaps = cell === undefined || cell.state === 'visible' ? [] : cell.gaps;
  return {
    hostId: String(host.id),
    host: host.name,
    group: host.group,
    os: host.os,
    sources: [...host.sources],
    from: formatMicros(micros(host.seenFrom)),
    to: formatMicros(micros(host.seenTo)),
    time: toSeconds(totalOf([time])),
    state,
    proven,
    why: cell === undefined || cell.state === 'visible' ? null : cell.why,
    gaps: gaps.map(({ kind, what, sentence }) => ({ kind, what: what ?? null, sentence })),
    fix: cell === undefined || cell.state === 'visible' ? null : settingOf(host, cell),
  };
}

/** The settings of the host's own sources; of those that have none, what the definition says. */
function settingOf(host: FleetHost, cell: CoverageCellRow): string | null {
  const changes = cell.gaps.flatMap((gap) =>
    settingsFor(gap, host.sources).map(({ where, change }) => `${where}: ${change}`),
  );
  return changes.length === 0 ? cell.fix : [...new Set(changes)].join('\n');
}
