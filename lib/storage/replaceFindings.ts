import type { Finding, FindingStage } from '../findings/finding';
import type { Connection } from './client';
import { importsOfEvents } from './events';
import { SEVERITIES, type StagePip } from './findingRows';
import { jsonText } from './jsonText';

/**
 * Replaces what a host group's correlation found, within the caller's transaction. A finding that changed
 * gets a new revision; verdict, assignee and activity stand elsewhere and stay. One the data no longer gives
 * is deleted, or, when a person decided on it, marked stale.
 */
export async function replaceFindings(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  found: readonly Finding[],
): Promise<void> {
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
  if (findings.length > 0) {
    await connection.query({
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
         OR f.root IS DISTINCT FROM excluded.root OR f.destinations <> excluded.destinations`,
      values: [canonicalId, jsonText(findings.map((finding) => toColumns(finding, importOf)))],
    });
  }
  await connection.query({
    name: 'drop_findings',
    text: `WITH gone AS (SELECT f.id, EXISTS (SELECT 1 FROM decisions d
          WHERE d.finding_id = f.id AND (d.verdict IS NOT NULL OR d.assignee IS NOT NULL)) AS decided
        FROM findings f WHERE f.host_id = ANY($1) AND NOT f.id = ANY($2)),
      dropped AS (DELETE FROM findings f USING gone g WHERE f.id = g.id AND NOT g.decided)
      UPDATE findings f SET stale = true, revision = revision + 1 FROM gone g WHERE f.id = g.id AND g.decided AND NOT f.stale`,
    values: [memberIds, findings.map((finding) => finding.id)],
  });
}

function toColumns(finding: Finding, importOf: ReadonlyMap<string, number>): Record<string, unknown> {
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
    root: finding.root?.toLowerCase() ?? null,
    destinations: finding.destinations,
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

/** Image names of the matched stages, in order: two findings with the same did the same. */
function shapeOf(finding: Finding): string {
  return finding.stages
    .filter((stage) => stage.state === 'matched')
    .map((stage) => `${stage.id}=${(stage.events[0]?.image ?? '').toLowerCase().split('\\').pop() ?? ''}`)
    .join('>');
}
