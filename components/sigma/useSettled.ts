'use client';

import { useEffect, useMemo, useState } from 'react';

/** A value as it was once nothing was changed about it for a moment: what is typed is not asked about letter by letter. */
export function useSettled<T>(value: T, milliseconds = 250): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  // What was written as JSON by the line above is what it was.
  return useMemo(() => JSON.parse(settled) as T, [settled]);
}
