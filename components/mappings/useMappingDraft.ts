'use client';

import { useCallback, useEffect, useState } from 'react';
import { type Mapping, mapping as mappingSchema } from '@/lib/contracts/mappings';

/**
 * A mapping while it is being changed; null until something was changed. Kept for this tab, so that a reload
 * shows what was there; `forget` when it was saved, or is not wanted.
 */
export function useMappingDraft(key: string): {
  draft: Mapping | null;
  change: (mapping: Mapping) => void;
  forget: () => void;
} {
  const place = `sequela.mapping.${key}`;
  const [draft, setDraft] = useState<Mapping | null>(null);
  useEffect(() => setDraft(kept(place)), [place]);
  const change = useCallback(
    (mapping: Mapping) => {
      setDraft(mapping);
      sessionStorage.setItem(place, JSON.stringify(mapping));
    },
    [place],
  );
  const forget = useCallback(() => {
    setDraft(null);
    sessionStorage.removeItem(place);
  }, [place]);
  return { draft, change, forget };
}

function kept(place: string): Mapping | null {
  const text = sessionStorage.getItem(place);
  if (text === null) return null;
  try {
    return mappingSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not ours, or of an earlier version: begin anew.
    return null;
  }
}
