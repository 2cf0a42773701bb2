'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

/** Pages that belong together, side by side above the one that is open; nothing where there is one only. */
export function PageNav(props: {
  label: string;
  pages: readonly { readonly href: string; readonly label: string }[];
}) {
  const pathname = usePathname();
  const here = props.pages
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    // The page of a page is below it: the longest address is the one that is open.
    .toSorted((a, b) => b.href.length - a.href.length)[0]?.href;
  if (props.pages.length < 2) return null;
  return (
    <nav
      aria-label={props.label}
      className="no-print flex shrink-0 gap-4 overflow-x-auto overflow-y-hidden border-b px-4 max-sm:[scrollbar-width:none]"
    >
      {props.pages.map((page) => (
        <Link
          key={page.href}
          href={page.href}
          aria-current={page.href === here ? 'page' : undefined}
          className={clsx(
            'focus-inset -mb-px flex h-9 items-center whitespace-nowrap border-b-2 hover:text-text-1',
            page.href === here ? 'border-accent text-text-1' : 'border-transparent text-text-3',
          )}
        >
          {page.label}
        </Link>
      ))}
    </nav>
  );
}
