'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import type { Period } from './period';

/** What the URL carries of a period; absent: the server's default. */
const PERIOD = { from: parseAsString, to: parseAsString };

/** The period in the URL, and how to set it; null for the server's default. */
export function usePeriod() {
  const [period, set] = useQueryStates(PERIOD, { history: 'push' });
  return {
    from: period.from,
    to: period.to,
    setPeriod: (next: Period | null) => void set(next ?? { from: null, to: null }),
  };
}
