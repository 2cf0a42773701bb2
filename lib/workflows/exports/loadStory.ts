import type { EventView } from '../../contracts/events';
import type { EventId } from '../../events/endpointEvent';
import { loadAnnotations } from '../../storage/annotations';
import { findEvent } from '../../storage/events';
import { loadImport } from '../../storage/imports';
import { toAnnotationsView } from '../annotateEvents';
import { toEventView } from '../eventView';
import { readFinding } from '../readFinding';
import { readRunbook } from '../readRunbook';
import { type Provenance, quotedEvents, type Story } from './story';

/** Loads what a finding's documents are made of. Throws `not_found`. */
export async function loadStory(id: string, withRunbook: boolean): Promise<Story> {
  const finding = await readFinding(id);
  const ids = [...new Set([...quotedEvents(finding)].map(({ eventId }) => eventId))];
  const [found, annotations, runbook] = await Promise.all([
    Promise.all(ids.map((eventId) => findEvent(eventId as EventId))),
    loadAnnotations(ids),
    withRunbook ? readRunbook(id) : null,
  ]);
  const events = new Map(
    found.flatMap((event) =>
      event === undefined ? [] : [[event.event.id as string, toEventView(event)] as const],
    ),
  );
  return {
    finding,
    events,
    annotations: new Map([...annotations].map(([eventId, said]) => [eventId, toAnnotationsView(said)])),
    imports: await provenanceOf(events),
    runbook,
  };
}

async function provenanceOf(events: ReadonlyMap<string, EventView>): Promise<readonly Provenance[]> {
  const ids = [...new Set([...events.values()].map(({ importId }) => Number(importId)))].sort(
    (a, b) => a - b,
  );
  const imports = await Promise.all(ids.map((id) => loadImport(id)));
  return imports.flatMap((one) =>
    one === undefined
      ? []
      : [{ name: one.name, sha256: one.sha256, bytes: one.bytes, importedAt: one.createdAt.toISOString() }],
  );
}
