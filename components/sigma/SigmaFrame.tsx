'use client';

import type { ReactNode } from 'react';
import { useRefusal } from '@/components/shared/me';
import { PageNav } from '@/components/shared/shell/PageNav';
import { EmptyState } from '@/components/ui/EmptyState';
import { ProgressLine } from './ProgressLine';

const PAGES = [
  { href: '/sigma', label: 'Hits' },
  { href: '/sigma/rules', label: 'Rules' },
  { href: '/sigma/sets', label: 'Sets' },
  { href: '/sigma/baselines', label: 'Baselines' },
] as const;

/** The community's rules, page beside page: what they hit, what they are, where they come from, what is normal. */
export function SigmaFrame({ children }: { children: ReactNode }) {
  const refusal = useRefusal('sigma.read');
  if (refusal !== null) return <EmptyState title={refusal} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageNav label="Sigma" pages={PAGES} />
      <ProgressLine />
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
