import type { FindingDetail, FindingSummary } from '@/lib/contracts/findings';

/** A finding as a row has it, from all that is known of it. */
export function summaryOf(detail: FindingDetail): FindingSummary {
  return {
    ...detail,
    stages: detail.stages.map(({ id, title, required, group, state, stateReason, events, relation }) => ({
      id,
      title,
      required,
      group,
      state,
      stateReason,
      time: events[0]?.time ?? null,
      strength: relation?.strength ?? null,
    })),
  };
}
