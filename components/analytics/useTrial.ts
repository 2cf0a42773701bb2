'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { type Trial, useTrialOf } from '@/components/shared/baseline/useTrialOf';
import type { AnalyticChange } from '@/lib/contracts/analytics';

export type { Trial } from '@/components/shared/baseline/useTrialOf';

/** The back-test of a change: begun here, named in the address so that a reload finds it again. */
export function useTrial(subject: string, change: AnalyticChange | null): Trial {
  return useTrialOf(subject, change, useQueryState('backtest', parseAsString));
}
