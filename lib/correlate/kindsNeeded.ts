import type { Catalogue } from '../analytics/catalogue';
import type { EventKind } from '../events/endpointEvent';
import { ALWAYS_NEEDED, alternativesOf } from './relevantEvents';

/** The kinds of event correlation needs to see; others need not be loaded. Sorted. */
export function kindsNeeded(catalogue: Catalogue): readonly EventKind[] {
  const kinds = new Set<EventKind>(ALWAYS_NEEDED);
  for (const alternative of alternativesOf(catalogue)) for (const kind of alternative.on) kinds.add(kind);
  for (const analytic of catalogue.analytics) {
    for (const stage of analytic.stages) {
      for (const kind of stage.telemetry.needs) kinds.add(kind);
      for (const kind of stage.telemetry.witness?.on ?? []) kinds.add(kind);
    }
  }
  return [...kinds].sort();
}
