import Link from 'next/link';
import { CoverageMark } from '@/components/shared/CoverageMark';
import { triageHref } from '@/components/shared/findingFilters';
import { HostileText } from '@/components/shared/MonoText';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { TimeText } from '@/components/shared/TimeText';
import { Button, buttonClass } from '@/components/ui/Button';
import type { HostView } from '@/lib/contracts/hosts';
import { fieldIs } from '@/lib/query/quote';
import { coverageSentence, leastState } from './hostWords';

/** Who it is, from when to when anything is known of it, and in one line what could be seen. */
export function HostHeader({ host, onTelemetry }: { host: HostView; onTelemetry: () => void }) {
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="text-20 [overflow-wrap:anywhere]">
          <HostileText text={host.name} />
        </h1>
        {host.aliases.length === 0 ? null : (
          <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
            also{' '}
            <span className="machine">
              <HostileText text={host.aliases.join(', ')} />
            </span>
          </p>
        )}
        <p className="num mt-1 text-text-2">
          {host.events.toLocaleString('en')} {host.events === 1 ? 'event' : 'events'}
          {host.from !== null && host.to !== null ? (
            <>
              , <TimeText at={host.from} date precision="s" /> to{' '}
              <TimeText at={host.to} date precision="s" zone />
            </>
          ) : null}
        </p>
        <p className="mt-1 flex items-center gap-2">
          <CoverageMark state={leastState(host.coverage)} />
          <Button
            size="sm"
            variant="quiet"
            className="-ml-2 h-auto! min-h-6 min-w-0 shrink! whitespace-normal! text-left"
            onClick={onTelemetry}
          >
            {coverageSentence(host.coverage)}
          </Button>
        </p>
      </div>
      <p className="flex gap-2">
        <Link
          className={buttonClass()}
          href={eventsHref({ q: fieldIs('host.name', host.name) })}
          prefetch={false}
        >
          Search its events
        </Link>
        <Link className={buttonClass()} href={triageHref({ host: host.name })} prefetch={false}>
          In triage
        </Link>
      </p>
    </header>
  );
}
