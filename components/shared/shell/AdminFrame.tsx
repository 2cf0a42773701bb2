'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useMe } from '../me';
import { adminPagesFor } from './adminPages';

/** The pages of what is looked after for all, side by side; those one may not see are not there. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const pages = adminPagesFor(useMe().permissions);
  return (
    <div className="flex h-full min-h-0 flex-col">
      {pages.length > 1 ? (
        <nav
          aria-label="Administration"
          className="no-print flex shrink-0 gap-4 overflow-x-auto border-b px-4"
        >
          {pages.map((page) => {
            const here = pathname === page.href || pathname.startsWith(`${page.href}/`);
            return (
              <Link
                key={page.href}
                href={page.href}
                aria-current={here ? 'page' : undefined}
                className={clsx(
                  'focus-inset -mb-px flex h-9 items-center whitespace-nowrap border-b-2 hover:text-text-1',
                  here ? 'border-accent text-text-1' : 'border-transparent text-text-3',
                )}
              >
                {page.label}
              </Link>
            );
          })}
        </nav>
      ) : null}
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
