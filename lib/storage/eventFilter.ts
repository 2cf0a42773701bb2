import type { EventKind } from '../events/endpointEvent';
import { pool } from './client';
import type { Conditions } from './conditions';
import { hostsOfQuery, type PreparedQuery, queryCondition } from './eventQuery';
import { EVENT_PROCESS, kindNumber } from './rows';

/** Which events are asked for; what is absent asks for all. */
export type EventFilter = {
  /** Recorded host ids; absent means all. */
  readonly hostIds?: readonly number[];
  readonly kinds?: readonly EventKind[];
  readonly entityIds?: readonly string[];
  /** With entityIds: these events belong to what is asked for whatever process they are of. */
  readonly alsoIds?: readonly string[];
  /** Only these events. */
  readonly ids?: readonly string[];
  /** Inclusive, microseconds. */
  readonly from?: number;
  readonly to?: number;
  /** A query of docs/QUERY.md, from prepareQuery. */
  readonly query?: PreparedQuery;
};

/** Adds what a filter asks of events (alias `e`) to a query. */
export function addEventFilter(conditions: Conditions, filter: EventFilter): void {
  addHosts(conditions, filter);
  addFilterWithoutHosts(conditions, filter);
}

function addHosts(conditions: Conditions, filter: EventFilter): void {
  if (filter.hostIds !== undefined)
    conditions.add(`e.host_id = ANY(${conditions.value(filter.hostIds)}::int[])`);
}

/** The same but for its hosts, where the query goes through them one by one. */
export function addFilterWithoutHosts(conditions: Conditions, filter: EventFilter): void {
  if (filter.kinds !== undefined)
    conditions.add(`e.kind = ANY(${conditions.value(filter.kinds.map(kindNumber))}::smallint[])`);
  if (filter.entityIds !== undefined) {
    const ofProcess = `${EVENT_PROCESS} = ANY(${conditions.value(filter.entityIds)}::text[])`;
    const also = filter.alsoIds ?? [];
    conditions.add(
      also.length === 0 ? ofProcess : `(${ofProcess} OR e.id = ANY(${conditions.value(also)}::uuid[]))`,
    );
  }
  if (filter.ids !== undefined) conditions.add(`e.id = ANY(${conditions.value(filter.ids)}::uuid[])`);
  if (filter.from !== undefined) conditions.add(`e.time >= ${conditions.value(filter.from)}::bigint`);
  if (filter.to !== undefined) conditions.add(`e.time <= ${conditions.value(filter.to)}::bigint`);
  if (filter.query !== undefined) conditions.add(queryCondition(filter.query, conditions));
}

/** Recorded ids of hosts that can have what is asked for: those of the filter, and of the query where it names them. */
export async function hostsToSearch({ hostIds, query }: EventFilter): Promise<readonly number[]> {
  const named = query === undefined ? undefined : hostsOfQuery(query);
  if (hostIds === undefined) return named ?? allHostIds();
  return named === undefined ? hostIds : hostIds.filter((id) => named.includes(id));
}

/** Recorded ids of all hosts. */
export async function allHostIds(): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>('SELECT id FROM hosts');
  return rows.map((row) => row.id);
}
