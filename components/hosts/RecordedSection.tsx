import Link from 'next/link';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import type { HostView } from '@/lib/contracts/hosts';
import { allOf, fieldIs } from '@/lib/query/quote';

/** How many events of each kind there are of a host; each count opens its list. */
export function RecordedSection({ host }: { host: HostView }) {
  const counts = Object.entries(host.counts).sort((a, b) => b[1] - a[1]);
  return (
    <PanelSection title="Recorded">
      <dl className="grid grid-cols-[1fr_auto] gap-x-4">
        {counts.map(([kind, count]) => (
          <div key={kind} className="contents">
            <dt className="py-0.5 text-text-2">{KIND_WORDS[kind as keyof typeof KIND_WORDS]}</dt>
            <dd className="num text-right">
              <Link
                className="link inline-block min-h-6"
                prefetch={false}
                href={eventsHref({ q: allOf(fieldIs('host.name', host.name), fieldIs('event.kind', kind)) })}
              >
                {count.toLocaleString('en')}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
      {counts.length === 0 ? <p className="text-text-3">Nothing is stored of it any more.</p> : null}
    </PanelSection>
  );
}
