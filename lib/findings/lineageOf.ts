import type { Finding, FindingStage } from './finding';

/** Whose deeds came of a finding, and since when. */
export type FindingLineage = {
  /** When it began, microseconds: what came of it came then or later. */
  readonly from: number;
  /** The process the finding is about, with all it started; absent where its anchor is a file that something brought. */
  readonly anchor?: string;
  /** Processes that satisfied a later stage, each once: of the finding however long they had been running. */
  readonly acting: readonly string[];
};

/** Joins to what came before the anchor, or that share no more with it than a machine or a destination. */
const NOT_OF_IT: ReadonlySet<string> = new Set([
  'ancestor_of',
  'archive_of',
  'com_broker_of',
  'named_by',
  'names_same_host',
  'opened_by_ancestor_of',
  'parent_of',
  'same_host',
  'writer_of',
  'written_by_ancestor_of',
]);

/** The stage all others hang on: the one that is joined to none and was seen. */
export function anchorStage({ stages }: Pick<Finding, 'stages'>): FindingStage | undefined {
  return stages.find(({ relation, events }) => relation === undefined && events.length > 0);
}

/**
 * Whose deeds came of a finding. A start is recorded later than it was, by up to half a second, and each source has
 * its own time of it: the process of the anchor is taken by what it is, not by when it began.
 */
export function lineageOf(finding: Pick<Finding, 'stages' | 'anchor' | 'from'>): FindingLineage {
  const { anchor } = finding;
  const stage = anchorStage(finding);
  const event = stage?.events[0];
  // What wrote or opened an arriving file is how it came, and did much else before and after.
  const brought = event?.path !== undefined && event.kind !== 'process_start';
  const recorded = anchor.time ?? finding.from;
  const started = event?.kind === 'process_start' ? (anchor.startedAt ?? recorded) : recorded;
  const from = Math.min(recorded, started);
  const acting = finding.stages.flatMap(({ state, relation, events }) =>
    state !== 'matched' || relation === undefined || NOT_OF_IT.has(relation.kind)
      ? []
      : events.flatMap(({ entityId, time }) => (entityId === undefined || time < from ? [] : [entityId])),
  );
  return {
    from,
    acting: [...new Set<string>(acting)],
    ...(brought || anchor.entityId === undefined ? {} : { anchor: anchor.entityId }),
  };
}
