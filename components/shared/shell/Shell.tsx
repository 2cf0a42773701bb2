'use client';

import { useRouter } from 'next/navigation';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useFetchAhead } from '@/components/ui/fetchAhead';
import { onDemand } from '@/components/ui/onDemand';
import { useMe } from '../me';
import { useShortcuts } from '../shortcuts/useShortcuts';
import { useTimeFormat } from '../useTimeFormat';
import { DEMO_LINE, DemoLine } from './DemoLine';
import { DropAnywhere } from './DropAnywhere';
import { TopBar } from './TopBar';

const Palette = onDemand(
  async () => (await import('./Palette')).Palette,
  (props) => props.onOpenChange(false),
);
const KeyboardHelp = onDemand(
  async () => (await import('./KeyboardHelp')).KeyboardHelp,
  (props) => props.onOpenChange(false),
);

/**
 * What every page of the workbench stands in: top bar, palette, key help, and a page that takes dropped files. `bell`
 * is what says in the bar that something is new.
 */
export function Shell({ bell, children }: { bell?: ReactNode; children: ReactNode }) {
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const router = useRouter();
  const times = useTimeFormat();
  const { demo } = useMe();
  useFetchAhead();
  useShortcuts({
    title: 'Everywhere',
    shortcuts: [
      { keys: 'Ctrl+k', label: 'Search or jump', run: () => setSearching(true) },
      { keys: 'g t', label: 'Go to triage', run: () => router.push('/') },
      { keys: 'g c', label: 'Go to cases', run: () => router.push('/cases') },
      { keys: 'g e', label: 'Go to events', run: () => router.push('/events') },
      { keys: 'g h', label: 'Go to hosts', run: () => router.push('/hosts') },
      { keys: 'g v', label: 'Go to coverage', run: () => router.push('/coverage') },
      { keys: 'g a', label: 'Go to analytics', run: () => router.push('/analytics') },
      { keys: 'g s', label: 'Go to Sigma', run: () => router.push('/sigma') },
      { keys: 'g i', label: 'Go to imports', run: () => router.push('/imports') },
      { keys: 'h', label: 'Times in UTC, local, or the host’s', run: times.cycle },
      { keys: '?', label: 'This help', run: () => setHelping(true) },
    ],
  });
  return (
    <div
      className="flex h-dvh flex-col print:block print:h-auto"
      // What is laid over the page keeps off the bar, which is higher where the demo says what it is.
      style={demo ? ({ '--bar-height': `${44 + DEMO_LINE}px` } as CSSProperties) : undefined}
    >
      <a
        href="#main"
        className="absolute left-2 top-2 z-50 -translate-y-20 rounded-md border border-accent bg-surface-1 px-3 py-1.5 focus:translate-y-0"
      >
        Skip to content
      </a>
      <TopBar onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} bell={bell} />
      <DemoLine />
      <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none print:overflow-visible">
        {children}
      </main>
      <DropAnywhere />
      {searching ? <Palette open onOpenChange={setSearching} /> : null}
      {helping ? <KeyboardHelp open onOpenChange={setHelping} /> : null}
    </div>
  );
}
