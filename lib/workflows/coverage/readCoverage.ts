import { formatMicros, micros } from '../../base/time';
import type { CoverageCell, CoverageQuery, CoverageView } from '../../contracts/coverage';
import { type HostStage, type RolledCell, rollUp, toSeconds, totalOf } from '../../coverage/rollup';
import { daysReached, periodBefore, quietTime, weeksUpTo } from '../../coverage/rollupPeriod';
import { addTime, NO_TIME, type SeenTime } from '../../coverage/seenTime';
import { sumByHost, sumByWeek } from '../../storage/coverage/coverageDays';
import { lastValidationAt } from '../../storage/coverage/stageProofs';
import { remembered } from '../../storage/remembered';
import { dayText } from '../ledger/ledgerText';
import {
  type CoverageFacts,
  type FleetHost,
  type HostTimes,
  loadCoverageFacts,
  loadHostTimes,
  loadProofs,
  NONE,
  type Proof,
  type Proofs,
} from './coverageFacts';
import { findQuietHosts, type QuietHost } from './quietHosts';

/** Quiet hosts that are told of by name. */
const QUIET_NAMED = 100;

type Columns = readonly {
  readonly key: string;
  readonly name: string;
  readonly hosts: readonly FleetHost[];
}[];

/** What each stage could see on the hosts that are asked about, side by side, with its trend. Throws `bad_request`. */
export async function readCoverage(query: CoverageQuery, now: Date): Promise<CoverageView> {
  const facts = await loadCoverageFacts(query, now);
  const [times, before, weeks, quiet, proofs, lastAt] = await Promise.all([
    loadHostTimes(facts),
    totalBefore(facts),
    readWeeks(facts),
    findQuietHosts(facts),
    loadProofs(now),
    lastValidationAt(),
  ]);
  const columns = columnsOf(query.by, facts);
  const rows = rowsOf(facts, columns, times, proofs, query);
  return {
    from: dayText(facts.period.days.from),
    to: dayText(facts.period.days.to),
    newest: facts.newest === undefined ? null : formatMicros(micros(facts.newest)),
    by: query.by,
    hosts: facts.hosts.length,
    retired: facts.retired,
    unknown: facts.unknown,
    notLookedAt: facts.notLookedAt,
    columns: columns.map(({ key, name, hosts }) => ({ key, name, hosts: hosts.length })),
    rows,
    total: toSeconds(totalOf([...times.values()].flatMap((stages) => [...stages.values()]))),
    before,
    proven: {
      stages: rows.filter(({ total }) => total.provenHosts > 0).length,
      of: rows.length,
      lastAt: lastAt?.toISOString() ?? null,
    },
    weeks,
    quiet: quiet.slice(0, QUIET_NAMED).map(toQuietView),
    quietTotal: quiet.length,
  };
}

function rowsOf(
  { stages, hosts }: CoverageFacts,
  columns: Columns,
  times: ReadonlyMap<number, HostTimes>,
  proofs: Proofs,
  { by, source }: Pick<CoverageQuery, 'by' | 'source'>,
): CoverageView['rows'] {
  return stages.map(({ needs: _needs, ...stage }) => {
    // What stands for one source is proven by what was replayed in that one.
    const cellOf = (among: readonly FleetHost[], ...only: readonly (string | undefined)[]): CoverageCell =>
      toCell(
        rollUp(
          among.flatMap(({ id, sources }): HostStage[] => {
            const time = times.get(id)?.get(stage.stage);
            const asked = sources.filter((one) => only.every((name) => name === undefined || name === one));
            return time === undefined ? [] : [{ time, provable: proofs.covers(stage.stage, asked) }];
          }),
        ),
      );
    const proof = proofs.newest(stage.stage);
    return {
      ...stage,
      cells: columns.map((column) => cellOf(column.hosts, source, by === 'source' ? column.key : undefined)),
      total: cellOf(hosts, source),
      proof: proof === undefined ? null : toProofView(proof),
    };
  });
}

function toCell({ time, ...counts }: RolledCell): CoverageCell {
  return { time: toSeconds(time), ...counts };
}

function toProofView({ at, runId, recording, source, fresh }: Proof) {
  return { at: at.toISOString(), runId: String(runId), recording, source, fresh };
}

function toQuietView({ host, usualHours }: QuietHost): CoverageView['quiet'][number] {
  return {
    host: host.name,
    hostId: String(host.id),
    since: formatMicros(micros(host.seenTo)),
    usualHours,
    sources: [...host.sources],
  };
}

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['windows', 'Windows'],
  ['linux', 'Linux'],
  ['macos', 'macOS'],
]);

/** Parts of the fleet that have a host, in order; what is in none of them comes last. */
function columnsOf(by: CoverageQuery['by'], { hosts, groups }: CoverageFacts): Columns {
  const parts = (key: string, name: string, belongs: (host: FleetHost) => boolean) => ({
    key,
    name,
    hosts: hosts.filter(belongs),
  });
  const columns =
    by === 'group'
      ? [
          ...groups.map(({ name }) => parts(name, name, ({ group }) => group === name)),
          parts(NONE, groups.length === 0 ? 'All hosts' : 'No group', ({ group }) => group === null),
        ]
      : by === 'os'
        ? [
            ...[...SYSTEMS].map(([key, name]) => parts(key, name, ({ os }) => os === key)),
            parts(NONE, 'Not known', ({ os }) => os === null),
          ]
        : [
            ...[...new Set(hosts.flatMap(({ sources }) => sources))]
              .sort()
              .map((source) => parts(source, source, ({ sources }) => sources.includes(source))),
            parts(NONE, 'No source', ({ sources }) => sources.length === 0),
          ];
  return columns.filter((column) => column.hosts.length > 0);
}

/** What it was all together in as many days just before. */
async function totalBefore({ period, stages, hosts }: CoverageFacts): Promise<SeenTime> {
  const before = periodBefore(period);
  const names = stages.map(({ stage }) => stage);
  const sums = await remembered(
    `coverage by host ${before.days.from} ${before.days.to} ${names.join(' ')}`,
    async () => new Map((await sumByHost(before.days, names)).map((row) => [row.hostId, row])),
    'correlation',
  );
  return toSeconds(
    totalOf(
      hosts
        .filter(({ seenFrom }) => seenFrom < before.end)
        .map(({ id, seenTo }) =>
          addTime(sums.get(id) ?? NO_TIME, quietOf(stages.length, quietTime(seenTo, before))),
        ),
    ),
  );
}

/** The trend by week. */
async function readWeeks({ period, stages, hosts }: CoverageFacts): Promise<CoverageView['weeks']> {
  const weeks = weeksUpTo(period);
  const days = { from: weeks[0]?.days.from ?? 0, to: daysReached(period).to };
  const names = stages.map(({ stage }) => stage);
  const sums = await remembered(
    `coverage by week ${days.from} ${days.to} ${names.join(' ')}`,
    async () => new Map((await sumByWeek(days, names)).map((row) => [`${row.hostId}/${row.week}`, row])),
    'correlation',
  );
  return weeks.map((week, i) => {
    const here = hosts.filter(({ seenFrom }) => seenFrom < week.end);
    const time = totalOf(
      here.map(({ id, seenTo }) =>
        addTime(sums.get(`${id}/${i}`) ?? NO_TIME, quietOf(stages.length, quietTime(seenTo, week))),
      ),
    );
    return { week: dayText(week.days.from), time: toSeconds(time), hosts: here.length };
  });
}

/** A host that says nothing is blind in every stage. */
function quietOf(stages: number, quiet: number): SeenTime {
  return { ...NO_TIME, blind: stages * quiet };
}
