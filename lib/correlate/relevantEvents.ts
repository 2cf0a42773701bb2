import type { Alternative, Analytic, When } from '../analytics/analytic';
import type { Catalogue } from '../analytics/catalogue';
import type { Predicate } from '../analytics/predicate/predicate';
import type { HostFacts } from '../analytics/subject';
import type { EventKind } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import { isStartRecord } from '../lineage/startRecords';

/** What lineage, clock and the relations themselves read, whatever the definitions say. */
export const ALWAYS_NEEDED: readonly EventKind[] = [
  'process_start',
  'process_end',
  'file_create',
  'file_rename',
  'file_stream',
  'network_connect',
  'dns_query',
  'registry_access',
  'log_clear',
  'alert',
  'task_create',
  'service_install',
  'bits_transfer',
  'remote_thread',
  'script_block',
  'registry_set',
  'sensor_change',
];

/** Kept whatever they say; of registry_set only what starts something. */
const CORE: ReadonlySet<EventKind> = new Set(ALWAYS_NEEDED.filter((kind) => kind !== 'registry_set'));

/**
 * Leaves out events that no stage can use: kinds like image_load come by the hundred thousand, and a
 * definition asks for a few names among them. An event stays if any predicate for its kind holds or could
 * hold once its process is known; events without a unique process id stay too, to be attributed.
 */
export function relevantEvents(
  events: readonly PlacedEvent[],
  catalogue: Catalogue,
  facts: HostFacts,
): readonly PlacedEvent[] {
  const predicates = new Map(
    [...predicatesByKind(catalogue)].map(([kind, list]) => [
      kind,
      list.filter((predicate) => canHold(predicate, facts)),
    ]),
  );
  return events.filter((event) => {
    if (CORE.has(event.kind) || event['process.entity_id'] === undefined || isStartRecord(event)) return true;
    const wanted = predicates.get(event.kind);
    return (
      wanted?.some((predicate) => predicate.judge({ event, process: undefined, host: facts }) !== false) ===
      true
    );
  });
}

/** Whether a predicate could ever hold here: one that names a rule of Sigma that is not switched on keeps nothing. */
function canHold(predicate: Predicate, { sigma }: HostFacts): boolean {
  return predicate.lacks?.(sigma)?.canHold !== false;
}

/** Every alternative of the definitions, their conditions' and the baselines' included. */
export function alternativesOf(catalogue: Catalogue): readonly Alternative[] {
  return [
    ...catalogue.analytics.flatMap((analytic) => [
      ...analytic.stages.flatMap((stage) => stage.alternatives),
      ...conditionsOf(analytic).flatMap(alternativesIn),
    ]),
    ...catalogue.baselines.flatMap((baseline) => alternativesIn(baseline.when)),
  ];
}

const BY_KIND = new WeakMap<Catalogue, ReadonlyMap<EventKind, readonly Predicate[]>>();

function predicatesByKind(catalogue: Catalogue): ReadonlyMap<EventKind, readonly Predicate[]> {
  const known = BY_KIND.get(catalogue);
  if (known !== undefined) return known;
  const predicates = new Map<EventKind, Predicate[]>();
  for (const alternative of alternativesOf(catalogue)) {
    for (const kind of alternative.on) {
      const list = predicates.get(kind);
      if (list === undefined) predicates.set(kind, [alternative.where]);
      else list.push(alternative.where);
    }
  }
  for (const stage of catalogue.analytics.flatMap((analytic) => analytic.stages)) {
    const { witness } = stage.telemetry;
    for (const kind of witness?.on ?? [])
      if (witness !== undefined) predicates.set(kind, [...(predicates.get(kind) ?? []), witness.where]);
  }
  BY_KIND.set(catalogue, predicates);
  return predicates;
}

/** Every condition of a definition, none of those within others. */
export function conditionsOf(analytic: Analytic): readonly When[] {
  return [
    ...analytic.keepPartialWhen,
    ...analytic.score.flatMap((group) => group.reasons.map((reason) => reason.when)),
    ...analytic.caps.map((cap) => cap.when),
    ...analytic.suppressors.map((suppressor) => suppressor.when),
    ...analytic.headlines.flatMap((telling) => (telling.when === undefined ? [] : [telling.when])),
  ];
}

function alternativesIn(when: When): readonly Alternative[] {
  switch (when.op) {
    case 'event':
      return [when.alternative];
    case 'all':
    case 'any':
      return when.of.flatMap(alternativesIn);
    case 'not':
      return alternativesIn(when.of);
    default:
      return [];
  }
}
