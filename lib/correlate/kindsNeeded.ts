import type { Analytic, When } from '../analytics/analytic';
import type { Catalogue } from '../analytics/catalogue';
import type { EventKind } from '../events/endpointEvent';

/** What lineage, clock, visibility and the relations themselves read, whatever the definitions say. */
const ALWAYS_NEEDED: readonly EventKind[] = [
  'process_start',
  'process_end',
  'file_create',
  'file_rename',
  'file_stream',
  'network_connect',
  'dns_query',
  'registry_access',
  'log_clear',
];

/** The kinds of event correlation needs to see; others need not be loaded. Sorted. */
export function kindsNeeded(catalogue: Catalogue): readonly EventKind[] {
  const kinds = new Set<EventKind>(ALWAYS_NEEDED);
  for (const analytic of catalogue.analytics) {
    for (const stage of analytic.stages) {
      for (const kind of stage.telemetry.needs) kinds.add(kind);
      for (const kind of stage.telemetry.witness?.on ?? []) kinds.add(kind);
      for (const alternative of stage.alternatives) for (const kind of alternative.on) kinds.add(kind);
    }
    for (const when of conditionsOf(analytic)) addKinds(when, kinds);
  }
  return [...kinds].sort();
}

function conditionsOf(analytic: Analytic): readonly When[] {
  return [
    ...analytic.keepPartialWhen,
    ...analytic.score.flatMap((group) => group.reasons.map((reason) => reason.when)),
    ...analytic.suppressors.map((suppressor) => suppressor.when),
  ];
}

function addKinds(when: When, kinds: Set<EventKind>): void {
  if (when.op === 'event') for (const kind of when.alternative.on) kinds.add(kind);
  else if (when.op === 'all' || when.op === 'any') for (const inner of when.of) addKinds(inner, kinds);
  else if (when.op === 'not') addKinds(when.of, kinds);
}
