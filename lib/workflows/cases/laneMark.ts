import type { Micros } from '../../base/time';
import type { CaseTimeline } from '../../contracts/cases';

/** A mark as the axis of a case gives it, and where it belongs. */
export type LaneMark = {
  /** Canonical id and name of its host. */
  readonly hostId: number;
  readonly host: string;
  readonly time: Micros;
  readonly mark: CaseTimeline['lanes'][number]['marks'][number];
};
