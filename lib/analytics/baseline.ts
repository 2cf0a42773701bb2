import type { Micros } from '../base/time';
import type { When } from './analytic';

/**
 * A person's statement that a pattern is normal here. It covers chains of one analytic whose anchor lies before
 * `until`: what it covered stays covered after it has run out, so that its end never floods the queue.
 */
export type Baseline = {
  readonly id: number;
  readonly analytic: string;
  readonly title: string;
  /** The pattern, over any stage or hop of the chain. */
  readonly when: When;
  /** Undefined suppresses; else the points it lowers by. */
  readonly points: number | undefined;
  readonly until: Micros;
};
