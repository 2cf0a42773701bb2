import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import type { Finding } from '../findings/finding';
import type { Quotation } from '../findings/proposeBaseline/quotedChain';
import type { ProcessNode } from '../lineage/lineage';
import { pool } from './client';
import { loadEvents } from './events';
import { severityOf, type VerdictValue } from './findingRows';
import { loadAncestors, loadProcesses } from './processes';

/** A finding with what of its stages a chain can be put together from, and what a list shows of it. */
export type QuotedFinding = {
  readonly quotation: Quotation;
  readonly hostId: number;
  readonly host: string;
  readonly analytic: string;
  readonly shape: string;
  readonly headline: string;
  readonly status: Finding['status'];
  readonly severity: string;
  readonly score: number;
  readonly suppressed: boolean;
  readonly from: number;
  readonly verdict: VerdictValue | null;
  readonly verdictAt: Date | null;
};

type Row = Omit<QuotedFinding, 'quotation' | 'severity'> & {
  readonly id: string;
  readonly severity: number;
  readonly stages: Quotation['stages'] | null;
};

const QUOTED = `SELECT f.id, f.host_id AS "hostId", h.name AS host, f.analytic, f.shape, f.headline, f.status, f.severity,
  f.score, f.suppressed, f.from_time AS "from", d.verdict, d.verdict_at AS "verdictAt",
  (SELECT jsonb_agg(jsonb_build_object('id', s->'id', 'state', s->'state', 'events',
     coalesce((SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('eventId', e->'eventId', 'kind', e->'kind',
       'entityId', e->'entityId', 'destination', e->'destination')) ORDER BY n)
       FROM jsonb_array_elements(s->'events') WITH ORDINALITY AS quoted(e, n)), '[]')))
   FROM jsonb_array_elements(f.body->'stages') s) AS stages
  FROM findings f JOIN hosts h ON h.id = f.host_id LEFT JOIN decisions d ON d.finding_id = f.id`;

/** Findings by id, in no order; those that are gone are left out. */
export async function quotedFindings(ids: readonly string[]): Promise<readonly QuotedFinding[]> {
  const { rows } = await pool().query<Row>(`${QUOTED} WHERE f.id = ANY($1)`, [ids]);
  return rows.map(toQuoted);
}

/**
 * Findings of an analytic that the data gives now: true positives first, then those of a shape, then the newest; at
 * most `limit` of `total`.
 */
export async function quotedFindingsOf(
  analytic: string,
  shape: string,
  limit: number,
): Promise<{ readonly items: readonly QuotedFinding[]; readonly total: number }> {
  const { rows } = await pool().query<Row & { readonly total: number }>(
    `WITH chosen AS (SELECT f.id, count(*) OVER ()::int AS total FROM findings f LEFT JOIN decisions d ON d.finding_id = f.id
       WHERE f.analytic = $1 AND NOT f.stale
       ORDER BY (d.verdict IS NOT DISTINCT FROM 'true_positive') DESC, (f.shape = $2) DESC, f.from_time DESC, f.id LIMIT $3)
     SELECT q.*, c.total FROM chosen c JOIN LATERAL (${QUOTED} WHERE f.id = c.id) q ON true`,
    [analytic, shape, limit],
  );
  return { items: rows.map(toQuoted), total: rows[0]?.total ?? 0 };
}

/**
 * The events that findings quote, each under its host's canonical name, and their processes with all above them, by
 * host. Processes are those of the last correlation.
 */
export async function quotedThings(findings: readonly QuotedFinding[]): Promise<
  ReadonlyMap<
    number,
    {
      readonly events: ReadonlyMap<EventId, EndpointEvent>;
      readonly processes: ReadonlyMap<EntityId, ProcessNode>;
    }
  >
> {
  const wanted = new Map<number, { readonly events: Set<EventId>; readonly processes: Set<EntityId> }>();
  for (const { hostId, quotation } of findings) {
    const of = wanted.get(hostId) ?? { events: new Set(), processes: new Set() };
    wanted.set(hostId, of);
    for (const { eventId, entityId } of quotation.stages.flatMap(({ events }) => events)) {
      of.events.add(eventId);
      if (entityId !== undefined) of.processes.add(entityId);
    }
  }
  const members = await membersOf([...wanted.keys()]);
  const things = new Map<
    number,
    { readonly events: Map<EventId, EndpointEvent>; readonly processes: Map<EntityId, ProcessNode> }
  >();
  for (const [hostId, { events, processes }] of wanted) {
    const keys = (members.get(hostId) ?? [hostId]).flatMap((member) =>
      [...events].map((id) => ({ hostId: member, id, time: 0 })),
    );
    const [found, ids] = await Promise.all([loadEvents(keys), loadAncestors(hostId, [...processes])]);
    const nodes = await loadProcesses(hostId, ids);
    things.set(hostId, {
      events: new Map(found.map(({ event, canonical }) => [event.id, { ...event, host: canonical.name }])),
      processes: new Map(nodes.map(({ node }) => [node.entityId, node])),
    });
  }
  return things;
}

/** Ids of the recorded names of hosts, by canonical id. */
async function membersOf(canonicalIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> {
  const { rows } = await pool().query<{ id: number; ids: number[] }>(
    'SELECT canonical_id AS id, array_agg(id) AS ids FROM hosts WHERE canonical_id = ANY($1) GROUP BY 1',
    [canonicalIds],
  );
  return new Map(rows.map(({ id, ids }) => [id, ids]));
}

function toQuoted({ id, stages, severity, ...row }: Row): QuotedFinding {
  return {
    ...row,
    severity: severityOf(severity),
    quotation: { id, status: row.status, stages: stages ?? [] },
  };
}
