'use client';

import type { ReactNode } from 'react';
import { useMe } from '../me';
import { adminPagesFor } from './adminPages';
import { PageNav } from './PageNav';

/** The pages of what is looked after for all, side by side; those one may not see are not there. */
export function AdminFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageNav label="Administration" pages={adminPagesFor(useMe().permissions)} />
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
