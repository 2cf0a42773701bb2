import type { ClockSegment } from '../../events/clock';
import type { FindingStage } from '../../findings/finding';
import { pool } from '../client';

/** What of a finding stands on a case's axis: its stages with the events that satisfied them. */
export type StagesOfFinding = {
  readonly id: string;
  /** Canonical id and name of its host. */
  readonly hostId: number;
  readonly host: string;
  readonly stages: readonly Pick<FindingStage, 'id' | 'title' | 'events' | 'eventsTotal'>[];
};

/** Findings whose bodies are read at once: bounds memory. */
const AT_ONCE = 50;

/** Stages of findings, some findings at a time, in order of id; those that are gone are left out. */
export async function* stagesOf(
  findingIds: readonly string[],
): AsyncGenerator<readonly StagesOfFinding[], void, undefined> {
  for (let at = 0; at < findingIds.length; at += AT_ONCE) {
    const { rows } = await pool().query<StagesOfFinding>(
      `SELECT f.id, h.id AS "hostId", h.name AS host,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', s->'id', 'title', s->'title', 'events', s->'events', 'eventsTotal', s->'eventsTotal') ORDER BY n)
           FROM jsonb_array_elements(f.body->'stages') WITH ORDINALITY AS stage(s, n) WHERE s->>'state' = 'matched'), '[]') AS stages
       FROM findings f JOIN hosts m ON m.id = f.host_id JOIN hosts h ON h.id = m.canonical_id
       WHERE f.id = ANY($1::text[]) ORDER BY f.id`,
      [findingIds.slice(at, at + AT_ONCE)],
    );
    yield rows;
  }
}

/** What a host is known under, and what was added to its log's time from when on. */
export type HostClock = {
  readonly members: readonly number[];
  readonly segments: readonly ClockSegment[];
};

/** Clocks and recorded names of hosts, by canonical id. */
export async function hostClocks(canonicalIds: readonly number[]): Promise<ReadonlyMap<number, HostClock>> {
  const { rows } = await pool().query<HostClock & { id: number }>(
    `SELECT h.id, h.clock AS segments, ARRAY(SELECT m.id FROM hosts m WHERE m.canonical_id = h.id) AS members
     FROM hosts h WHERE h.id = ANY($1::int[])`,
    [canonicalIds],
  );
  return new Map(rows.map(({ id, members, segments }) => [id, { members, segments }]));
}
