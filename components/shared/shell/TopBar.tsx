'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Menu, MenuLabel } from '@/components/ui/Menu';
import { Tooltip } from '@/components/ui/Tooltip';
import { importsQuery, isPending } from '../importQueries';
import { HostileText } from '../MonoText';
import { useMay } from '../me';
import { useUploads } from '../uploads/Uploads';
import { useTimeFormat } from '../useTimeFormat';
import { AccountMenu, ThemeChoices } from './AccountMenu';
import { Wordmark } from './Wordmark';

const PAGES = [
  { href: '/', label: 'Triage', within: ['/', '/findings'] },
  { href: '/alerts', label: 'Alerts', within: ['/alerts'] },
  { href: '/cases', label: 'Cases', within: ['/cases'] },
  { href: '/events', label: 'Events', within: ['/events'] },
  { href: '/hosts', label: 'Hosts', within: ['/hosts'] },
  { href: '/coverage', label: 'Coverage', within: ['/coverage'] },
  { href: '/analytics', label: 'Analytics', within: ['/analytics'] },
  { href: '/sigma', label: 'Sigma', within: ['/sigma'] },
  { href: '/imports', label: 'Imports', within: ['/imports', '/mappings'] },
] as const;
const ADMIN = { href: '/admin/people', label: 'Admin', within: ['/admin'] } as const;

/** 44 px: where one is, what is being worked on, what is new (`bell`), how times and colours are read, who one is. */
export function TopBar(props: { onSearch: () => void; onHelp: () => void; bell?: ReactNode }) {
  const pathname = usePathname();
  const times = useTimeFormat();
  const mayManage = useMay('people.manage');
  return (
    <header className="no-print flex h-11 shrink-0 items-center gap-4 border-b px-4 max-xl:gap-2 max-sm:px-3">
      <Link href="/" aria-label="Sequela, to triage" className="-mx-1 px-1 py-1">
        <Wordmark />
      </Link>
      <nav aria-label="Pages" className="flex h-full min-w-0 overflow-x-auto max-sm:[scrollbar-width:none]">
        {(mayManage ? [...PAGES, ADMIN] : PAGES).map((page) => {
          const here = page.within.some((start) =>
            start === '/' ? pathname === '/' : pathname === start || pathname.startsWith(`${start}/`),
          );
          return (
            <Link
              key={page.href}
              href={page.href}
              aria-current={here ? 'page' : undefined}
              className={clsx(
                'focus-inset flex items-center px-2.5 hover:text-text-1 max-xl:px-1.5',
                here ? 'text-text-1 shadow-[inset_0_-2px_var(--accent)]' : 'text-text-2',
              )}
            >
              {page.label}
            </Link>
          );
        })}
      </nav>
      <span className="min-w-0 flex-1">
        <WorkInHand />
      </span>
      <Button variant="quiet" size="sm" keys="Ctrl K" onClick={props.onSearch} className="max-lg:hidden">
        Search<span className="max-xl:hidden"> or jump</span>
      </Button>
      <Tooltip text="Times in UTC, this browser's zone, or the host's where it is known (h)">
        <Button
          variant="quiet"
          size="sm"
          aria-label={`Times in ${times.zone === 'local' ? `local time, ${times.zoneName}` : times.zoneName}. Switch`}
          onClick={times.cycle}
          className="max-sm:hidden"
        >
          <span suppressHydrationWarning>{times.zoneName}</span>
        </Button>
      </Tooltip>
      <Menu
        align="end"
        trigger={
          <Button variant="quiet" size="sm" className="max-xl:hidden">
            Theme
          </Button>
        }
      >
        <MenuLabel>Theme</MenuLabel>
        <ThemeChoices />
      </Menu>
      <Button variant="quiet" size="sm" keys="?" onClick={props.onHelp} className="max-xl:hidden">
        Keys
      </Button>
      {props.bell}
      <AccountMenu onSearch={props.onSearch} onHelp={props.onHelp} />
    </header>
  );
}

/** What is being sent or worked on, on every page; silent when nothing is. */
function WorkInHand() {
  const { uploads } = useUploads();
  const { data } = useQuery(importsQuery);
  const sending = uploads.filter((upload) => upload.state === 'sending' || upload.state === 'waiting');
  const working = data?.items.filter(isPending) ?? [];
  if (sending.length + working.length === 0) return null;
  const sent = sending.reduce((sum, upload) => sum + upload.sent, 0);
  const bytes = sending.reduce((sum, upload) => sum + upload.bytes, 0);
  const share = sending.length > 0 ? sent / Math.max(1, bytes) : (working[0]?.progress ?? 0);
  const verb =
    sending.length > 0 ? 'Sending' : working[0]?.state === 'correlating' ? 'Correlating' : 'Reading';
  const name =
    sending.length + working.length > 1
      ? `${sending.length + working.length} imports`
      : (sending[0]?.name ?? working[0]?.name ?? '');
  return (
    <Link href="/imports" className="flex items-center gap-2 text-12 text-text-2 hover:text-text-1">
      <span className="h-1 w-20 shrink-0 overflow-hidden rounded-full bg-surface-3">
        <span
          className="block h-full bg-accent transition-[width] duration-150"
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </span>
      <span className="truncate">
        {verb} <HostileText text={name} /> <span className="num">{Math.round(share * 100)} %</span>
      </span>
    </Link>
  );
}
