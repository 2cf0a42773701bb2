import type { EventKind } from '../events/endpointEvent';
import type { Visibility } from '../visibility/visibility';
import type { Alternative, RelationKind, Stage } from './analytic';

/**
 * Kinds that are rare by nature: that a host shows none says nothing about whether it would show one. A branch is not
 * blind for want of them unless the definition says that the stage needs them.
 */
const OCCASIONAL: ReadonlySet<EventKind> = new Set<EventKind>([
  'alert',
  'app_crash',
  'bits_transfer',
  'dpapi_use',
  'log_clear',
  'remote_thread',
  'sensor_change',
  'service_install',
  'task_create',
]);

/** Kinds that a relation reads on its way, whatever the stage is on: what a file was made from is told by other files. */
const ON_THE_WAY: Readonly<Partial<Record<RelationKind, readonly EventKind[]>>> = {
  names_derived_file: ['file_create', 'file_stream'],
  derived_from: ['file_create', 'file_stream'],
};

/** One way to satisfy a stage, and the kinds of event it would have shown itself by. */
export type Branch = { readonly alternative: Alternative; readonly kinds: readonly EventKind[] };

/**
 * The ways to satisfy a stage. Each must have been visible before the stage can be called absent: what none of the
 * sources could record at all (a rename, for the Windows log) is not asked for.
 */
export function branchesOf(stage: Stage, visibility: Visibility): readonly Branch[] {
  const needs = new Set(stage.telemetry.needs);
  return stage.alternatives.map((alternative) => ({
    alternative,
    kinds: [
      ...new Set([...alternative.on, ...alternative.relations.flatMap(({ kind }) => ON_THE_WAY[kind] ?? [])]),
    ]
      .filter((kind) => needs.has(kind) || (!OCCASIONAL.has(kind) && visibility.couldSee(kind)))
      .sort(),
  }));
}
