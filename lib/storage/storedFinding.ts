import type { Counterfactual, Finding, FindingStep, Reason } from '../findings/finding';

/** A finding as it was written, which may have been by an earlier version that said less. */
export type StoredFinding = Omit<
  Finding,
  | 'reasons'
  | 'counterfactuals'
  | 'scoreBeforeBaselines'
  | 'unjudged'
  | 'baselines'
  | 'historyKeys'
  | 'runbook'
  | 'destinations'
> & {
  readonly reasons: readonly (Omit<Reason, 'counted'> & { readonly counted?: boolean })[];
  readonly counterfactuals: readonly (Omit<Counterfactual, 'kind'> & Partial<Pick<Counterfactual, 'kind'>>)[];
} & { readonly runbook: readonly (string | FindingStep)[] } & Partial<
    Pick<Finding, 'scoreBeforeBaselines' | 'unjudged' | 'baselines' | 'historyKeys' | 'destinations'>
  >;

/** Fills in what an earlier version did not say, until the finding's host is correlated again. */
export function completeStored(stored: StoredFinding): Finding {
  return {
    ...stored,
    reasons: stored.reasons.map((reason) => ({ ...reason, counted: reason.counted ?? true })),
    counterfactuals: stored.counterfactuals.map((one) => ({ ...one, kind: one.kind ?? 'missing' })),
    scoreBeforeBaselines: stored.scoreBeforeBaselines ?? stored.score,
    unjudged: stored.unjudged ?? [],
    baselines: stored.baselines ?? [],
    historyKeys: stored.historyKeys ?? [],
    runbook: stored.runbook.map((step) => (typeof step === 'string' ? { text: step } : step)),
    destinations: stored.destinations ?? [],
  };
}
