import type { EventKind } from '../../events/endpointEvent';
import type { Visibility } from '../../visibility/visibility';
import type { Alternative, RelationKind, Stage } from '../analytic';

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

/**
 * Kinds that another kind stands in for: a host that never shows a rename may never have had one, and what it
 * writes is seen as it is created; products that put the mark of the web on the file's own record need no stream.
 */
const STOOD_IN_FOR: Readonly<Partial<Record<EventKind, (visibility: Visibility) => boolean>>> = {
  file_rename: (visibility) => !visibility.sees('file_rename') && visibility.sees('file_create'),
  file_stream: (visibility) =>
    !visibility.sees('file_stream') &&
    MARKS.some((field) => (visibility.filled('file_create', field) ?? 0) > 0),
};
const MARKS = ['file.zone_identifier', 'file.origin_url', 'file.origin_referrer_url'] as const;

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
      .filter(
        (kind) =>
          needs.has(kind) ||
          (!OCCASIONAL.has(kind) && visibility.couldSee(kind) && STOOD_IN_FOR[kind]?.(visibility) !== true),
      )
      .sort(),
  }));
}
