'use client';

import { useState } from 'react';

/** The first of a list until all are asked for; `more` is absent where the first are all. */
export function useShowMore<T>(
  items: readonly T[],
  first: number,
): { shown: readonly T[]; more?: { all: boolean; toggle: () => void } } {
  const [all, setAll] = useState(false);
  if (items.length <= first) return { shown: items };
  return { shown: all ? items : items.slice(0, first), more: { all, toggle: () => setAll(!all) } };
}
