'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useMay } from '@/components/shared/me';
import { AnalyticsList } from './AnalyticsList';

const BESIDE = [
  { href: '/analytics/baselines', label: 'Baselines', about: 'what is normal here' },
  { href: '/analytics/environment', label: 'Environment', about: 'severity and shared lists' },
  { href: '/analytics/new', label: 'New analytic', about: 'from a few lines' },
] as const;

/** The list, alone on `/analytics`, and as a rail beside whatever of it is open; below 1,024 px one at a time. */
export function AnalyticsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const alone = pathname === '/analytics';
  const open = decodeURIComponent(pathname.split('/')[2] ?? '');
  return (
    <div className="flex h-full min-h-0">
      <section
        aria-label="Analytics"
        className={clsx(
          '@container flex min-w-0 flex-col overflow-y-auto',
          alone ? 'flex-1' : 'w-[316px] shrink-0 border-r max-lg:hidden',
        )}
      >
        <AnalyticsList open={open} alone={alone} />
        <Beside pathname={pathname} alone={alone} />
      </section>
      {alone ? null : (
        <div className="flex min-w-0 flex-1 flex-col">
          <Link href="/analytics" className="link self-start px-4 pt-2.5 lg:hidden">
            All analytics
          </Link>
          <div className="min-h-0 flex-1">{children}</div>
        </div>
      )}
    </div>
  );
}

/** What stands beside the analytics: above the list where it has the page, below it in the rail. */
function Beside({ pathname, alone }: { pathname: string; alone: boolean }) {
  const mayTry = useMay('analytics.test');
  return (
    <nav
      aria-label="Beside the analytics"
      className={clsx('px-2 py-1.5', alone && 'order-first flex flex-wrap border-b')}
    >
      {BESIDE.filter((page) => mayTry || page.href !== '/analytics/new').map((page) => (
        <Link
          key={page.href}
          href={page.href}
          aria-current={pathname === page.href ? 'page' : undefined}
          className={clsx(
            'focus-inset flex min-h-7 items-baseline gap-2 rounded-md px-2 py-1 hover:bg-surface-2',
            pathname === page.href && 'bg-accent-soft',
          )}
        >
          {page.label}
          <span className={clsx('text-12 text-text-3', alone && 'max-sm:hidden')}>{page.about}</span>
        </Link>
      ))}
    </nav>
  );
}
