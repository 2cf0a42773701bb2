import type { AnnotationsView, EventView } from '../../contracts/events';
import type { FindingDetail, RunbookView, StageEventView } from '../../contracts/findings';

/** An import that brought events of the story: where its records can be held against the original. */
export type Provenance = {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly importedAt: string;
};

/** Everything a document about a finding tells; made of stored data alone, so that the same finding gives the same bytes. */
export type Story = {
  readonly finding: FindingDetail;
  /** Events the stages quote, by id; one that is no longer stored is not in it. */
  readonly events: ReadonlyMap<string, EventView>;
  /** What analysts said of them, by event id; those nobody annotated are not in it. */
  readonly annotations: ReadonlyMap<string, AnnotationsView>;
  readonly imports: readonly Provenance[];
  /** Null for documents that do not tell it: its questions cost searches. */
  readonly runbook: RunbookView | null;
};

/** Events the stages quote, in order of the stages; one that satisfies two is there twice. */
export function* quotedEvents(finding: FindingDetail): Generator<StageEventView> {
  for (const stage of finding.stages) yield* stage.events;
}

/** What an event is about, in one text as its record holds it. */
export function whatOf(event: StageEventView): string {
  return event.commandLine ?? event.path ?? event.destination ?? event.query ?? event.image ?? event.kind;
}
