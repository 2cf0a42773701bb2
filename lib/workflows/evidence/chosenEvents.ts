import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../base/time';
import type { PackRecord } from '../../contracts/evidence';
import type { EventKind } from '../../events/endpointEvent';
import { EVENT_KINDS } from '../../events/endpointEvent';
import type { Finding } from '../../findings/finding';
import type { ProcessNode } from '../../lineage/lineage';
import { type EvidenceKey, evidenceBetween, evidenceSpan, findEvidence } from '../../storage/evidenceEvents';
import type { HostGroup } from '../../storage/hosts';
import { loadAncestors, loadProcesses } from '../../storage/processes';

export type Why = PackRecord['why'];

/** Events chosen so far, and why each; the first reason stays. */
export type Chosen = Map<string, { readonly key: EvidenceKey; readonly why: Why }>;

/** Other events of the processes at most, per finding. */
export const PROCESS_EVENTS_MAX = 1000;
/** Events of a host at most, when they are needed for its findings to come out again. */
export const HOST_EVENTS_MAX = 20_000;
/** Events of an alert at most. */
export const ALERT_EVENTS_MAX = 1000;
const BESIDE = MICROS_PER_HOUR;
const AROUND = 15 * MICROS_PER_MINUTE;

/**
 * What a finding itself needs: the events its stages and words cite, the starts of every process on their lineage up
 * to the root, and other events of those processes within an hour, up to a bound. Answers whether the bound cut some.
 */
export async function chooseCited(
  chosen: Chosen,
  group: HostGroup,
  finding: Finding,
): Promise<{ readonly cut: boolean }> {
  const hostIds = group.members.map(({ id }) => id);
  const stages = finding.stages.flatMap(({ events }) => events);
  add(
    chosen,
    await findEvidence(
      hostIds,
      stages.map(({ eventId }) => eventId),
    ),
    'stage',
  );
  const acting = [
    ...new Set([
      ...finding.path,
      ...[finding.anchor, ...stages].flatMap(({ entityId }) => (entityId === undefined ? [] : [entityId])),
    ]),
  ];
  const lineage = await loadProcesses(group.id, await loadAncestors(group.id, acting));
  const cited = [...new Set([...lineage.flatMap(({ node }) => recordsOf(node)), ...citedBy(finding)])];
  add(chosen, await findEvidence(hostIds, cited), 'lineage');
  const others = await evidenceBetween(
    hostIds,
    { kinds: EVENT_KINDS, from: finding.from - BESIDE, to: finding.to + BESIDE, processes: acting },
    PROCESS_EVENTS_MAX + 1,
  );
  add(chosen, others.slice(0, PROCESS_EVENTS_MAX), 'process');
  return { cut: others.length > PROCESS_EVENTS_MAX };
}

/** Events that are the evidence of alerts, by their ids. */
export async function chooseAlerted(
  chosen: Chosen,
  group: HostGroup,
  events: readonly string[],
): Promise<void> {
  if (events.length === 0) return;
  const hostIds = group.members.map(({ id }) => id);
  add(chosen, await findEvidence(hostIds, events), 'alert');
}

/** What correlation looks at around findings: the next to try when a finding does not come out of what it cites. */
export async function chooseAround(
  chosen: Chosen,
  group: HostGroup,
  findings: readonly Finding[],
  kinds: readonly EventKind[],
): Promise<void> {
  for (const { from, to } of findings) {
    const wanted = { kinds, from: from - AROUND, to: to + AROUND };
    const hostIds = group.members.map(({ id }) => id);
    add(chosen, await evidenceBetween(hostIds, wanted, HOST_EVENTS_MAX), 'around');
  }
}

/** All of the host that correlation looks at; false, and nothing chosen, when that is more than a pack takes. */
export async function chooseHost(
  chosen: Chosen,
  group: HostGroup,
  kinds: readonly EventKind[],
): Promise<boolean> {
  const hostIds = group.members.map(({ id }) => id);
  const span = await evidenceSpan(hostIds);
  if (span === undefined) return false;
  const all = await evidenceBetween(hostIds, { kinds, ...span }, HOST_EVENTS_MAX + 1);
  if (all.length > HOST_EVENTS_MAX) return false;
  add(chosen, all, 'host');
  return true;
}

function add(chosen: Chosen, keys: readonly EvidenceKey[], why: Why): void {
  for (const key of keys) if (!chosen.has(key.id)) chosen.set(key.id, { key, why });
}

/** Records that tell of a process's start, and of who asked for it. */
function recordsOf(node: ProcessNode): readonly string[] {
  return [
    ...(node.startEvent === undefined ? [] : [node.startEvent]),
    ...(node.sources ?? []).map(({ event }) => event),
    ...(node.requestedBy === undefined ? [] : [node.requestedBy.event, ...(node.requestedBy.acts ?? [])]),
  ];
}

/** Events that a finding's words rest on besides its stages. */
function citedBy(finding: Finding): readonly string[] {
  return [...finding.artefacts, ...finding.reasons, ...finding.story, ...finding.counterfactuals].flatMap(
    ({ eventId }) => (eventId === undefined ? [] : [eventId]),
  );
}
