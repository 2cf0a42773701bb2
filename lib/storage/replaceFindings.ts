import type { Finding, FindingStage } from '../findings/finding';
import type { Connection } from './client';
import { importsOfEvents } from './events';
import type { FindingState, Reopening } from './findingRevisions';
import { SEVERITIES, type StagePip } from './findingRows';
import { type ChangedFinding, followChanges, holdKnown } from './followChanges';
import { jsonText } from './jsonText';

/**
 * Replaces what a host group's correlation found, within the caller's transaction. A finding that changed
 * gets a new revision; verdict, assignee and activity stand elsewhere and stay. One the data no longer gives
 * is deleted, or, when a person decided on it, marked stale. A verdict that rested on a stage whose state is another
 * now is taken out of force, and put back once the stages are again what it rested on; what came of that is returned,
 * to be told at the end of the transaction.
 */
export async function replaceFindings(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  found: readonly Finding[],
): Promise<readonly Reopening[]> {
  // One row per id whatever came in: of two with the same fingerprint the first, which ranks higher, stands.
  const findings = [
    ...new Map([...found].reverse().map((finding) => [finding.id, finding])).values(),
  ].reverse();
  const cited = findings.flatMap((finding) =>
    finding.stages.flatMap((stage) => stage.events.map((event) => event.eventId)),
  );
  const importOf =
    cited.length === 0
      ? new Map<string, number>()
      : await importsOfEvents(connection, memberIds, [...new Set(cited)]);
  const known = await holdKnown(
    connection,
    memberIds,
    findings.map(({ id }) => id),
  );
  const columns = new Map(findings.map((finding) => [finding.id, toColumns(finding, importOf)]));
  const changed: ChangedFinding[] = [];
  if (findings.length > 0) {
    const { rows } = await connection.query<{ id: string; revision: number }>({
      name: 'save_findings',
      text: `INSERT INTO findings AS f (id, host_id, analytic, analytic_version, status, severity, score, user_name, headline, trail,
         suppressed, blind, from_time, to_time, shape, import_ids, history_keys, baseline_ids, root, destinations, strip, body)
       SELECT r.id, $1, r.analytic, r.analytic_version, r.status, r.severity, r.score, r.user_name, r.headline, r.trail,
         r.suppressed, r.blind, r.from_time, r.to_time, r.shape, ARRAY(SELECT jsonb_array_elements_text(r.import_ids)::int),
         ARRAY(SELECT jsonb_array_elements_text(r.history_keys)), ARRAY(SELECT jsonb_array_elements_text(r.baseline_ids)::int), r.root,
         ARRAY(SELECT jsonb_array_elements_text(r.destinations)), r.strip, r.body
       FROM jsonb_to_recordset($2::jsonb) AS r(id text, analytic text, analytic_version text, status text, severity smallint,
         score smallint, user_name text, headline text, trail text, suppressed bool, blind bool, from_time bigint, to_time bigint,
         shape text, import_ids jsonb, history_keys jsonb, baseline_ids jsonb, root text, destinations jsonb,
         strip jsonb, body jsonb)
       ON CONFLICT (id) DO UPDATE SET host_id = excluded.host_id, analytic_version = excluded.analytic_version,
         status = excluded.status, severity = excluded.severity, score = excluded.score, user_name = excluded.user_name,
         headline = excluded.headline, trail = excluded.trail, suppressed = excluded.suppressed, blind = excluded.blind,
         from_time = excluded.from_time, to_time = excluded.to_time, shape = excluded.shape, import_ids = excluded.import_ids,
         history_keys = excluded.history_keys, baseline_ids = excluded.baseline_ids,
         root = excluded.root, destinations = excluded.destinations, strip = excluded.strip, body = excluded.body, stale = false, revision = f.revision + 1
       WHERE f.body IS DISTINCT FROM excluded.body OR f.stale OR f.host_id <> excluded.host_id OR f.import_ids <> excluded.import_ids
         OR f.root IS DISTINCT FROM excluded.root OR f.destinations <> excluded.destinations
         OR f.shape <> excluded.shape
       RETURNING f.id, f.revision`,
      values: [canonicalId, jsonText([...columns.values()])],
    });
    for (const { id, revision } of rows) {
      const [before, after] = [known.get(id), columns.get(id)];
      if (before !== undefined && after !== undefined)
        changed.push({ before, after: stateOf(after), headline: after.headline, revision });
    }
  }
  const stale = await dropGone(
    connection,
    memberIds,
    findings.map(({ id }) => id),
  );
  for (const { id, revision } of stale) {
    const before = known.get(id);
    if (before === undefined) continue;
    changed.push({ before, after: { ...before.state, stale: true }, headline: before.headline, revision });
  }
  return followChanges(connection, changed);
}

/**
 * Deletes what the data no longer gives; what a person decided on, or put into a case, becomes stale. Revisions of a
 * finding go with it: should it come again, it begins anew.
 */
async function dropGone(
  connection: Connection,
  memberIds: readonly number[],
  found: readonly string[],
): Promise<readonly { readonly id: string; readonly revision: number }[]> {
  const { rows } = await connection.query<{ id: string; revision: number }>({
    name: 'drop_findings',
    text: `WITH gone AS (SELECT f.id, EXISTS (SELECT 1 FROM decisions d WHERE d.finding_id = f.id
            AND (d.verdict IS NOT NULL OR d.assignee IS NOT NULL OR d.reopened_at IS NOT NULL))
          OR EXISTS (SELECT 1 FROM verdicts v WHERE v.finding_id = f.id)
          OR EXISTS (SELECT 1 FROM case_items i WHERE i.kind = 'finding' AND i.ref = f.id) AS decided
        FROM findings f WHERE f.host_id = ANY($1) AND NOT f.id = ANY($2)),
      dropped AS (DELETE FROM findings f USING gone g WHERE f.id = g.id AND NOT g.decided),
      forgotten AS (DELETE FROM finding_revisions r USING gone g WHERE r.finding_id = g.id AND NOT g.decided)
      UPDATE findings f SET stale = true, revision = revision + 1 FROM gone g WHERE f.id = g.id AND g.decided AND NOT f.stale
      RETURNING f.id, f.revision`,
    values: [memberIds, found],
  });
  return rows;
}

type Columns = ReturnType<typeof toColumns>;

function stateOf(columns: Columns): FindingState {
  return {
    strip: columns.strip,
    status: columns.status,
    severity: columns.severity,
    score: columns.score,
    version: columns.analytic_version,
    suppressed: columns.suppressed,
    stale: false,
  };
}

function toColumns(finding: Finding, importOf: ReadonlyMap<string, number>) {
  const imports = finding.stages.flatMap((stage) => stage.events.map((event) => importOf.get(event.eventId)));
  return {
    id: finding.id,
    analytic: finding.analytic,
    analytic_version: finding.analyticVersion,
    status: finding.status,
    severity: SEVERITIES.indexOf(finding.severity),
    score: Math.round(finding.score),
    user_name: finding.user,
    headline: finding.headline,
    trail: finding.trail,
    suppressed: finding.suppressed,
    blind: finding.stages.some((stage) => stage.state === 'blind'),
    from_time: finding.from,
    to_time: finding.to,
    shape: shapeOf(finding),
    import_ids: [...new Set(imports)].filter((id) => id !== undefined).sort((a, b) => a - b),
    history_keys: finding.historyKeys,
    baseline_ids: finding.baselines,
    root: finding.root?.toLowerCase().slice(0, INDEXED_CHARACTERS) ?? null,
    destinations: finding.destinations.map((name) => name.slice(0, INDEXED_CHARACTERS)),
    strip: finding.stages.map(toPip),
    body: finding,
  };
}

function toPip(stage: FindingStage): StagePip {
  return {
    id: stage.id,
    title: stage.title,
    required: stage.required,
    group: stage.group ?? null,
    state: stage.state,
    stateReason: stage.stateReason ?? null,
    time: stage.events[0]?.time ?? null,
    strength: stage.relation?.strength ?? null,
  };
}

/** Longest text that goes into an index: one of more bytes than fit a page of it would refuse the whole host. */
const INDEXED_CHARACTERS = 600;

/** Image names of the matched stages, in order: two findings with the same did the same. */
function shapeOf(finding: Finding): string {
  return finding.stages
    .filter((stage) => stage.state === 'matched')
    .map((stage) => `${stage.id}=${(stage.events[0]?.image ?? '').toLowerCase().split('\\').pop() ?? ''}`)
    .join('>')
    .slice(0, INDEXED_CHARACTERS);
}
