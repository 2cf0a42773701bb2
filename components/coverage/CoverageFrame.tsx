'use client';

import type { ReactNode } from 'react';
import { type Permission, useMe } from '@/components/shared/me';
import { PageNav } from '@/components/shared/shell/PageNav';

const PAGES: readonly { href: string; label: string; permission: Permission }[] = [
  { href: '/coverage', label: 'What we can see', permission: 'coverage.read' },
  { href: '/coverage/ledger', label: 'Ledger', permission: 'coverage.read' },
  { href: '/coverage/validation', label: 'Validation', permission: 'validation.read' },
  { href: '/coverage/team', label: 'Team', permission: 'metrics.read' },
  { href: '/coverage/attack', label: 'ATT&CK', permission: 'attack.read' },
  { href: '/coverage/reports', label: 'Reports', permission: 'reports.read' },
];

/** What a manager asks, page beside page: can we see it, does it work, are we good at it. */
export function CoverageFrame({ children }: { children: ReactNode }) {
  const { permissions } = useMe();
  return (
    <div className="flex h-full min-h-0 flex-col print:block print:h-auto">
      <PageNav label="Coverage" pages={PAGES.filter(({ permission }) => permissions.includes(permission))} />
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
