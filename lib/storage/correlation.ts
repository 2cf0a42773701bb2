import { createHash } from 'node:crypto';
import type { HistoryLookups } from '../analytics/history/history';
import type { Micros } from '../base/time';
import type { CoverageDay } from '../coverage/coverageByDay';
import type { ClockSegment } from '../events/clock';
import type { EntityId, EventId, EventKind } from '../events/endpointEvent';
import type { ProductClock } from '../events/productClock';
import type { Finding } from '../findings/finding';
import type { ProcessNode } from '../lineage/lineage';
import { type AlertRow, replaceAlerts } from './alerts';
import { type KindBlindInterval, replaceBlindIntervals } from './blindIntervals';
import { type Connection, transaction } from './client';
import { replaceCoverage, replaceCoverageDays, type StageCoverage } from './coverage';
import { announceReopenings } from './findingRevisions';
import { keepLookups } from './history';
import { type HostGroup, lockHosts } from './hosts';
import { replaceProcesses } from './processes';
import { replaceFindings } from './replaceFindings';
import { kindNumber } from './rows';
import { queueSigmaCorrelation } from './sigma/correlationQueue';
import { settleHits } from './sigma/hitsSettle';

/** What correlation decided for one host group. */
export type CorrelationResult = {
  readonly findings: readonly Finding[];
  readonly coverage: readonly StageCoverage[];
  readonly sight: HostSight;
  readonly blind: readonly KindBlindInterval[];
  readonly processes: readonly ProcessNode[];
  readonly corrections: readonly Correction[];
  readonly clock: readonly ClockSegment[];
  readonly productClocks: readonly ProductClock[];
  readonly alerts: readonly AlertRow[];
  /** What was asked of the environment's history; noted by askHistory before it was answered. */
  readonly lookups: HistoryLookups;
};

/** Which system the group runs, its first and last event, and what of it could be seen by day. */
type HostSight = {
  readonly os?: string;
  readonly seen?: { readonly from: Micros; readonly to: Micros };
  readonly days: readonly CoverageDay[];
};

type Correction = {
  readonly id: EventId;
  readonly time?: Micros;
  readonly clock?: 'source' | 'record';
  readonly entityId?: EntityId;
};

/**
 * Writes the result of one host group in one transaction. `group` is as it was read before the events were:
 * its change counters become what has been correlated, so that events which came meanwhile still count as
 * unseen. `kindsLoaded` are the kinds correlation saw; the clock of all others is set here.
 */
export async function saveCorrelation(
  group: HostGroup,
  kindsLoaded: readonly EventKind[],
  result: CorrelationResult,
): Promise<void> {
  const members = group.members.map((member) => member.id);
  await transaction(async (connection) => {
    await lockHosts(connection, 'id = ANY($1)', [members]);
    const reopenings = await replaceFindings(connection, group.id, members, result.findings);
    await replaceAlerts(connection, group.id, members, result.alerts);
    await keepLookups(connection, group.id, members, result.lookups);
    const outcome = outcomeOf(members, result);
    if (outcome !== (await lastOutcome(connection, group.id))) {
      await replaceProcesses(connection, group.id, members, result.processes);
      await replaceCoverage(connection, group.id, members, result.coverage);
      await replaceCoverageDays(connection, group.id, members, result.sight.days);
      await replaceBlindIntervals(connection, group.id, members, result.blind);
    }
    await correctEvents(connection, members, result.corrections);
    await setClock(connection, members, kindsLoaded, result.clock);
    await setProductClocks(connection, group.id, members, kindsLoaded, result.productClocks);
    // Correlations of Sigma go by the times and processes of hits.
    if ((await settleHits(connection, { hostIds: members })) > 0) await queueSigmaCorrelation(connection);
    await connection.query({
      name: 'host_correlated',
      text: `UPDATE hosts h SET correlated_changes = g.changes, correlated_at = now(),
           clock = CASE WHEN h.id = $3 THEN $4::jsonb ELSE h.clock END,
           product_clocks = CASE WHEN h.id = $3 THEN $6::jsonb ELSE '[]' END,
           outcome = CASE WHEN h.id = $3 THEN $5 ELSE NULL END,
           os = CASE WHEN h.id = $3 THEN $7::text END,
           seen_from = CASE WHEN h.id = $3 THEN $8::bigint END,
           seen_to = CASE WHEN h.id = $3 THEN $9::bigint END
         FROM unnest($1::int[], $2::bigint[]) AS g(id, changes) WHERE h.id = g.id`,
      values: [
        members,
        group.members.map((member) => member.changes),
        group.id,
        JSON.stringify(result.clock),
        outcome,
        JSON.stringify(result.productClocks),
        result.sight.os ?? null,
        result.sight.seen?.from ?? null,
        result.sight.seen?.to ?? null,
      ],
    });
    // Last: an audit entry keeps others from writing theirs until this ends.
    await announceReopenings(connection, reopenings);
  });
}

/**
 * Digest of what a group's processes and coverage are, by day too, and when it was blind. The members are part of it:
 * when a name joins or leaves the group, rows under other ids have to go. Digests of before blind intervals or days
 * were kept differ, so that the next run writes them.
 */
function outcomeOf(members: readonly number[], result: CorrelationResult): string {
  const { coverage, sight, blind, processes } = result;
  const { days, ...span } = sight;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([members, span]));
  // Piece by piece: all together may be longer than a text can be.
  for (const [i, pieces] of [coverage, days, blind, processes].entries())
    for (const piece of pieces) hash.update(`${i}${JSON.stringify(piece)}\n`);
  return hash.digest('base64');
}

async function lastOutcome(connection: Connection, hostId: number): Promise<string | null | undefined> {
  const { rows } = await connection.query<{ outcome: string | null }>({
    name: 'host_outcome',
    text: 'SELECT outcome FROM hosts WHERE id = $1',
    values: [hostId],
  });
  return rows[0]?.outcome;
}

/**
 * Writes back what only the whole of a host's records could tell about single events. Attribution stands
 * beside what was recorded, and one that no longer holds is taken back.
 */
async function correctEvents(
  connection: Connection,
  hostIds: readonly number[],
  corrections: readonly Correction[],
): Promise<void> {
  const attributed = corrections.filter((correction) => correction.entityId !== undefined);
  await connection.query({
    name: 'take_back_attribution',
    text: `UPDATE events SET attributed_entity_id = NULL
      WHERE host_id = ANY($1) AND attributed_entity_id IS NOT NULL AND NOT id = ANY($2::uuid[])`,
    values: [hostIds, attributed.map((correction) => correction.id)],
  });
  if (corrections.length === 0) return;
  await connection.query(
    `UPDATE events e SET time = coalesce(c.time, e.time), sensor_clock = coalesce(c.sensor, e.sensor_clock),
       attributed_entity_id = coalesce(c.entity, e.attributed_entity_id)
     FROM unnest($2::uuid[], $3::bigint[], $4::bool[], $5::text[]) AS c(id, time, sensor, entity)
     WHERE e.host_id = ANY($1) AND e.id = c.id
       AND (c.time <> e.time OR c.sensor <> e.sensor_clock OR c.entity IS DISTINCT FROM e.attributed_entity_id)`,
    [
      hostIds,
      corrections.map((correction) => correction.id),
      corrections.map((correction) => correction.time ?? null),
      corrections.map((correction) =>
        correction.clock === undefined ? null : correction.clock === 'source',
      ),
      corrections.map((correction) => correction.entityId ?? null),
    ],
  );
}

/**
 * Puts the events correlation did not load on the host's clock: those without a sensor time of their own,
 * segment by segment of recorded time. Touches only rows whose time changes.
 */
async function setClock(
  connection: Connection,
  hostIds: readonly number[],
  kindsLoaded: readonly EventKind[],
  segments: readonly ClockSegment[],
): Promise<void> {
  if (segments.length === 0) return;
  await connection.query(
    `UPDATE events e SET time = e.recorded + s.shift
     FROM (SELECT begins, lead(begins, 1, 9223372036854775807) OVER (ORDER BY begins) AS ends, shift
           FROM unnest($3::bigint[], $4::bigint[]) AS t(begins, shift)) s
     WHERE e.host_id = ANY($1) AND NOT e.kind = ANY($2::smallint[]) AND NOT e.sensor_clock AND e.reported IS NULL
       AND e.recorded >= s.begins AND e.recorded < s.ends AND e.time <> e.recorded + s.shift`,
    [
      hostIds,
      kindsLoaded.map(kindNumber),
      segments.map((segment) => segment.from),
      segments.map((segment) => segment.offset),
    ],
  );
}

/**
 * The same for events of other products: their own time, less what their product's clock is off. A product
 * that was moved before and is not any more goes back to its own time.
 */
async function setProductClocks(
  connection: Connection,
  hostId: number,
  hostIds: readonly number[],
  kindsLoaded: readonly EventKind[],
  clocks: readonly ProductClock[],
): Promise<void> {
  const { rows } = await connection.query<{ product_clocks: readonly ProductClock[] }>(
    'SELECT product_clocks FROM hosts WHERE id = ANY($1)',
    [[hostId, ...hostIds]],
  );
  const shifts = new Map<string, number>();
  for (const { product } of rows.flatMap((row) => row.product_clocks)) shifts.set(product, 0);
  for (const { product, offset, applied } of clocks) shifts.set(product, applied ? offset : 0);
  if (shifts.size === 0) return;
  await connection.query(
    `UPDATE events e SET time = e.reported - s.shift
     FROM unnest($3::text[], $4::bigint[]) AS s(product, shift)
     JOIN channels c ON c.name = s.product OR starts_with(c.name, s.product || '/')
     WHERE e.channel_id = c.id AND e.host_id = ANY($1) AND NOT e.kind = ANY($2::smallint[])
       AND e.reported IS NOT NULL AND e.time <> e.reported - s.shift`,
    [hostIds, kindsLoaded.map(kindNumber), [...shifts.keys()], [...shifts.values()]],
  );
}
