import type { StageState } from '@/lib/contracts/scalars';

/** What a lane stands for. */
export type LaneMode = 'stage' | 'process' | 'kind';

/** A stage of the finding, as far as lanes need it. */
export type TimelineStage = {
  id: string;
  title: string;
  state: StageState;
  stateReason: string | null;
  /** Processes that take part in it. */
  entityIds: readonly string[];
};

/** A process of the lineage; null: its pid was not recorded. */
export type TimelineProcess = { entityId: string; name: string; pid: number | null };

/** A lane with its place in the plot, in pixels. */
export type TimelineLane = {
  id: string;
  label: string;
  detail: string | null;
  state: StageState | null;
  y: number;
  height: number;
  /** Events of the lane that are known of, inside and outside the window. */
  total: number;
};
