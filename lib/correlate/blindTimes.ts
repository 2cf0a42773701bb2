import type { Catalogue } from '../analytics/catalogue';
import { type Micros, micros } from '../base/time';
import type { EventKind } from '../events/endpointEvent';
import type { Visibility } from '../visibility/visibility';
import { kindsNeeded } from './kindsNeeded';

/** When a host could not have recorded a kind of event, and why. An end that nothing bounds is EVER's. */
export type KindBlindTime = {
  readonly kind: EventKind;
  readonly from: Micros;
  readonly to: Micros;
  /** One sentence's part: "telemetry ends at 14:03:02Z". */
  readonly reason: string;
};

/** All time there can be, in microseconds. */
export const EVER = {
  from: micros(Number.MIN_SAFE_INTEGER),
  to: micros(Number.MAX_SAFE_INTEGER),
} as const;

/** Kinds that tell of something out of the ordinary: where none came, there may have been none. */
const OCCASIONAL: ReadonlySet<EventKind> = new Set<EventKind>([
  'alert',
  'app_crash',
  'bits_transfer',
  'log_clear',
  'remote_thread',
  'sensor_change',
  'service_install',
  'task_create',
]);

/** The kinds correlation loads whose silence says that nothing could be seen. Sorted. */
export function kindsWatched(catalogue: Catalogue): readonly EventKind[] {
  return kindsNeeded(catalogue).filter((kind) => !OCCASIONAL.has(kind));
}

/**
 * When one host could not have recorded each kind that is watched, over all time: also before its first record and
 * after its last. A kind that never came is blind throughout, unless the host's sources write it as another. In order
 * of kind and time.
 */
export function blindTimes(visibility: Visibility, catalogue: Catalogue): readonly KindBlindTime[] {
  return kindsWatched(catalogue)
    .filter((kind) => visibility.sees(kind) || visibility.couldSee(kind))
    .flatMap((kind) =>
      visibility
        .blindIntervals(kind, EVER.from, EVER.to)
        .filter(({ from, to }) => from < to)
        .map(({ from, to, reason }) => ({ kind, from, to, reason })),
    );
}
