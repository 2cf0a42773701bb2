'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { validationQuery } from './queries';
import type { YamlProblem } from './yamlProblems';

const SETTLE_MS = 300;
const NONE: readonly YamlProblem[] = [];

/** What is wrong with a definition, asked once nothing was typed for a moment. `current`: it speaks of this very text. */
export function useValidation(
  yaml: string,
  enabled: boolean,
): {
  problems: readonly YamlProblem[];
  ok: boolean;
  id: string | null;
  current: boolean;
  error: Error | null;
} {
  const [settled, setSettled] = useState(yaml);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(yaml), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [yaml]);
  const query = useQuery({
    ...validationQuery(settled),
    enabled: enabled && settled.trim() !== '',
    placeholderData: keepPreviousData,
  });
  return {
    problems: query.data?.problems ?? NONE,
    ok: query.data?.ok ?? false,
    id: query.data?.id ?? null,
    current: settled === yaml && query.data !== undefined && !query.isPlaceholderData,
    error: query.error,
  };
}
