'use client';

import { useQuery } from '@tanstack/react-query';
import { rerunQuery } from './queries';

/** While a saved change is carried through history: how many hosts are done; silent otherwise. */
export function RerunNote() {
  const { data } = useQuery(rerunQuery);
  if (data === undefined || data.waiting === 0 || data.hosts === 0) return null;
  const done = Math.max(0, data.hosts - data.waiting);
  return (
    <p role="status" className="num flex items-center gap-2 text-12 text-text-2">
      <span className="h-1 w-16 overflow-hidden rounded-full bg-surface-3">
        <span
          className="block h-full bg-accent transition-[width] duration-150"
          style={{ width: `${(done / data.hosts) * 100}%` }}
        />
      </span>
      Bringing findings up to date: {done.toLocaleString('en')} of {data.hosts.toLocaleString('en')} hosts
    </p>
  );
}
