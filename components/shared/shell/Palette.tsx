'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react';
import { Dialog } from '@/components/ui/Dialog';
import { findingList } from '@/lib/contracts/findings';
import { hostList } from '@/lib/contracts/hosts';
import { apiGet } from '../apiClient';
import { HostileText } from '../MonoText';
import { useMe } from '../me';
import { eventsHref } from '../query/eventSearch';
import { SeverityMark } from '../SeverityMark';
import { StageStrip } from '../StageStrip';
import { adminPagesFor } from './adminPages';
import { eventSearchFor } from './eventSearchFor';

type Hit = { id: string; href: string; content: ReactNode; kind: string };

const PAGES: Hit[] = [
  { id: 'page-triage', href: '/', kind: 'Page', content: 'Triage' },
  { id: 'page-alerts', href: '/alerts', kind: 'Page', content: 'Alerts' },
  { id: 'page-cases', href: '/cases', kind: 'Page', content: 'Cases' },
  { id: 'page-events', href: '/events', kind: 'Page', content: 'Events' },
  { id: 'page-hosts', href: '/hosts', kind: 'Page', content: 'Hosts' },
  { id: 'page-coverage', href: '/coverage', kind: 'Page', content: 'Coverage' },
  { id: 'page-analytics', href: '/analytics', kind: 'Page', content: 'Analytics' },
  { id: 'page-sigma', href: '/sigma', kind: 'Page', content: 'Sigma' },
  { id: 'page-sigma-rules', href: '/sigma/rules', kind: 'Page', content: 'Sigma rules' },
  { id: 'page-sigma-sets', href: '/sigma/sets', kind: 'Page', content: 'Sigma sets' },
  { id: 'page-imports', href: '/imports', kind: 'Page', content: 'Imports' },
  { id: 'page-account', href: '/account', kind: 'Page', content: 'Account' },
];

/** Ctrl+K: jump to a finding by its id, host or words, to a host or a page, or search events for what was pasted. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Search or jump" hideTitle place="top">
      <PaletteBody onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const router = useRouter();
  const { hits, searching } = useHits(useDeferredValue(text.trim()));
  const chosen = hits[Math.min(at, hits.length - 1)];

  const go = (hit: Hit) => {
    onDone();
    router.push(hit.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, hits.length - 1) + step + hits.length) % hits.length);
    }
    if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      go(chosen);
    }
  };

  return (
    <>
      <input
        data-autofocus
        role="combobox"
        aria-label="Search findings, hosts and events"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.id}` : undefined}
        placeholder="Host, hash, address, id, or words"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-11 w-full border-b bg-transparent px-4 text-15 outline-none placeholder:text-text-3"
      />
      <div id={list} role="listbox" aria-label="Results" className="max-h-[50vh] overflow-auto p-1">
        {hits.map((hit) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are handled by the combobox
          <div
            key={hit.id}
            id={`${list}-${hit.id}`}
            role="option"
            aria-selected={hit === chosen}
            onClick={() => go(hit)}
            className={clsx(
              'flex min-h-9 items-center gap-3 rounded-sm px-3 py-1',
              hit === chosen && 'bg-accent-soft',
            )}
          >
            <span className="min-w-0 flex-1">{hit.content}</span>
            <span className="label shrink-0">{hit.kind}</span>
          </div>
        ))}
        {hits.length === 0 ? (
          <p className="px-3 py-2 text-text-3">
            {searching ? 'Searching…' : 'Nothing has this id, host or words.'}
          </p>
        ) : null}
      </div>
    </>
  );
}

function useHits(text: string): { hits: Hit[]; searching: boolean } {
  const wanted = text.length >= 2;
  const adminPages = adminPagesFor(useMe().permissions).map(
    ({ href, label }): Hit => ({
      id: `page${href.replaceAll('/', '-')}`,
      href,
      kind: 'Page',
      content: label,
    }),
  );
  const findings = useQuery({
    queryKey: ['palette', 'findings', text],
    queryFn: ({ signal }) =>
      apiGet('/findings', findingList, { params: { q: text, suppressed: 'any', limit: 8 }, signal }),
    enabled: wanted,
    placeholderData: (before) => before,
  });
  const hosts = useQuery({
    queryKey: ['palette', 'hosts'],
    queryFn: ({ signal }) => apiGet('/hosts', hostList, { signal }),
    staleTime: 30_000,
  });
  const lower = text.toLowerCase();
  const hostHits = (hosts.data?.items ?? [])
    .filter(
      (host) => wanted && [host.name, ...host.aliases].some((name) => name.toLowerCase().includes(lower)),
    )
    .slice(0, 4)
    .map(
      (host): Hit => ({
        id: `host-${host.id}`,
        href: `/hosts/${encodeURIComponent(host.id)}`,
        kind: 'Host',
        content: (
          <>
            <span className="machine">
              <HostileText text={host.name} />
            </span>
            <span className="num text-text-3">
              {' '}
              {host.findings === 1 ? '1 finding' : `${host.findings} findings`}
            </span>
          </>
        ),
      }),
    );
  const findingHits = (wanted ? (findings.data?.items ?? []) : []).map(
    (finding): Hit => ({
      id: finding.id,
      href: `/findings/${encodeURIComponent(finding.id)}`,
      kind: 'Finding',
      content: (
        <span className="flex items-center gap-3">
          <StageStrip stages={finding.stages} className="w-[108px] shrink-0" />
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <HostileText text={finding.headline} />
            </span>
            <span className="num block truncate text-11 text-text-3">
              <SeverityMark severity={finding.severity} score={finding.score} /> ·{' '}
              <HostileText text={finding.host} />
            </span>
          </span>
        </span>
      ),
    }),
  );
  const pages = [...PAGES, ...adminPages].filter(
    (page) => !wanted || String(page.content).toLowerCase().startsWith(lower),
  );
  const events = wanted ? eventHits(text) : { certain: [], other: [] };
  return {
    hits: [...events.certain, ...findingHits, ...hostHits, ...events.other, ...pages],
    searching: wanted && findings.isFetching,
  };
}

/** The search over events for what was typed: first where it can be nothing else. */
function eventHits(text: string): { certain: Hit[]; other: Hit[] } {
  const found = eventSearchFor(text);
  if (found === null) return { certain: [], other: [] };
  const hit: Hit = {
    id: 'events',
    href: eventsHref({ q: found.query }),
    kind: found.as === 'text' ? 'Events' : `Events, ${found.as}`,
    content: (
      <>
        Search events for{' '}
        <span className="machine [overflow-wrap:anywhere]">
          <HostileText text={text.length > 120 ? `${text.slice(0, 120)}…` : text} />
        </span>
      </>
    ),
  };
  return found.certain ? { certain: [hit], other: [] } : { certain: [], other: [hit] };
}
