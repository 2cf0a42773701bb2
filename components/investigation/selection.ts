import { artefactIdOf } from '@/components/shared/lineage/lineageTree';
import { NO_MARKS, recordOfHit, type SigmaMarks } from '@/components/shared/sigma/sigmaMarks';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import type { LineageView } from '@/lib/contracts/lineage';
import type { TimelineView } from '@/lib/contracts/timeline';

/**
 * What a reader points at, as it stands in the URL: `e:<event>`, `p:<process>`, `s:<stage>` (one without events) or
 * `h:<hit>` (a hit of Sigma whose record became no event).
 */
export type SelectionKey = `${'e' | 'p' | 's' | 'h'}:${string}`;

/** The one selection, said in the words of each view. Null where a view has nothing to show for it. */
export type Selection = {
  key: SelectionKey | null;
  eventId: string | null;
  entityId: string | null;
  stageId: string | null;
  /** Item of the lineage: a process, or an artefact. */
  itemId: string | null;
};

const NOTHING: Selection = { key: null, eventId: null, entityId: null, stageId: null, itemId: null };

export const selectEvent = (id: string): SelectionKey => `e:${id}`;
export const selectProcess = (id: string): SelectionKey => `p:${id}`;
export const selectHit = (ref: string): SelectionKey => `h:${ref}`;

/** The hit that is selected by its ref; null: something else is, or nothing. */
export function selectedHit(key: SelectionKey | null): string | null {
  return key?.startsWith('h:') === true ? key.slice(2) : null;
}

/** Reads the URL's text; null for none and for what is not a selection. */
export function parseSelection(text: string | null): SelectionKey | null {
  return text !== null && /^[epsh]:./.test(text) ? (text as SelectionKey) : null;
}

/** The key of a stage: its first event, or the stage itself when it has none. */
export function selectStage(stage: Pick<StageView, 'id' | 'events'>): SelectionKey {
  const [first] = stage.events;
  return first === undefined ? `s:${stage.id}` : selectEvent(first.eventId);
}

/** The key of a lineage item. An artefact is the event that made it. */
export function selectItem(itemId: string, lineage: LineageView): SelectionKey {
  const artefact = lineage.artefacts.find((candidate) => artefactIdOf(candidate.id) === itemId);
  return artefact === undefined ? selectProcess(itemId) : selectEvent(artefact.eventId);
}

/** Where the eye begins when nothing is selected: the anchor's stage, else the first that matched. */
export function defaultSelection(finding: FindingDetail): SelectionKey | null {
  const { entityId } = finding.anchor;
  const atAnchor = finding.stages.find((stage) =>
    stage.events.some((event) => entityId !== null && event.entityId === entityId),
  );
  const stage = atAnchor ?? finding.stages.find((candidate) => candidate.events.length > 0);
  if (stage === undefined) return entityId === null ? null : selectProcess(entityId);
  const event = stage.events.find((candidate) => candidate.entityId === entityId) ?? stage.events[0];
  return event === undefined ? null : selectEvent(event.eventId);
}

/**
 * Says a selection in the words of every view. The finding is known; lineage and timeline may still be on their way
 * and then add nothing, and so may the hits of Sigma. An id that nobody knows stays selected as it is: a shared link must not silently change.
 */
export function resolveSelection(
  key: SelectionKey | null,
  finding: FindingDetail,
  lineage: LineageView | undefined,
  timeline: TimelineView | undefined,
  sigma: SigmaMarks = NO_MARKS,
): Selection {
  if (key === null) return NOTHING;
  const id = key.slice(2);
  if (key.startsWith('s:')) return { ...NOTHING, key, stageId: id };
  if (key.startsWith('h:')) {
    const entityId = recordOfHit(sigma, id)?.[0]?.process.entityId ?? null;
    return { ...NOTHING, key, entityId, itemId: entityId };
  }
  if (key.startsWith('p:')) {
    const node = lineage?.nodes.find((candidate) => candidate.entityId === id);
    const ownStage = finding.stages.find((stage) => stage.events.some((event) => event.entityId === id));
    const event =
      node?.startEventId ??
      ownStage?.events.find((candidate) => candidate.entityId === id)?.eventId ??
      timeline?.events.find((candidate) => candidate.entityId === id)?.eventId ??
      null;
    return {
      key,
      entityId: id,
      itemId: id,
      eventId: event,
      stageId: ownStage?.id ?? node?.stages[0] ?? null,
    };
  }
  const stage = finding.stages.find((candidate) => candidate.events.some((event) => event.eventId === id));
  const artefact = lineage?.artefacts.find((candidate) => candidate.eventId === id);
  const shown = timeline?.events.find((candidate) => candidate.eventId === id);
  const entityId =
    stage?.events.find((event) => event.eventId === id)?.entityId ??
    shown?.entityId ??
    artefact?.fromId ??
    lineage?.nodes.find((node) => node.startEventId === id)?.entityId ??
    null;
  return {
    key,
    eventId: id,
    entityId,
    stageId: stage?.id ?? shown?.stage ?? artefact?.stage ?? null,
    itemId: artefact === undefined ? entityId : artefactIdOf(artefact.id),
  };
}
