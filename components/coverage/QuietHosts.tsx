'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { counted } from '@/lib/base/numberWords';
import type { CoverageQuery, CoverageView } from '@/lib/contracts/coverage';
import { exportHref } from './coverageUrl';
import { hoursText } from './coverageWords';
import { RetireForm } from './RetireForm';
import { useShowMore } from './useShowMore';

/** As many are told at once; the others at a press. */
const FIRST = 3;

/** Hosts that reported and do not any more, raised above everything else; nothing when there are none. */
export function QuietHosts({ view, query }: { view: CoverageView; query: CoverageQuery }) {
  const { quiet, quietTotal } = view;
  const { shown, more } = useShowMore(quiet, FIRST);
  if (quietTotal === 0) return null;
  return (
    <section aria-label="Hosts that went quiet" className="border-l-2 border-warning pl-3">
      <h2 className="text-15">{counted(quietTotal, 'host')} went quiet</h2>
      <p className="text-text-2">
        Nothing came from {quietTotal === 1 ? 'it' : 'them'} for longer than ever before, and every stage
        counts as blind there since.
      </p>
      <ul className="mt-2 max-w-[860px]">
        {shown.map((host) => (
          <QuietHost key={host.hostId} host={host} />
        ))}
      </ul>
      {more ? (
        <Button size="sm" variant="quiet" className="no-print -ml-2" onClick={more.toggle}>
          {more.all
            ? 'Show fewer'
            : `Show ${quietTotal > quiet.length ? `${quiet.length} of ` : 'all '}${quietTotal.toLocaleString('en')}`}
        </Button>
      ) : null}
      {quietTotal > quiet.length ? (
        <p className="num text-12 text-text-2">
          The {quiet.length} longest are listed here; all {quietTotal.toLocaleString('en')} are in the{' '}
          <a className="link" download href={exportHref(query, 'quiet', 'csv')}>
            table of quiet hosts, CSV
          </a>
          .
        </p>
      ) : null}
    </section>
  );
}

function QuietHost({ host }: { host: CoverageView['quiet'][number] }) {
  return (
    <li className="num border-b py-1.5 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <Link
          href={`/hosts/${encodeURIComponent(host.hostId)}?tab=telemetry`}
          prefetch={false}
          className="machine inline-block min-h-6 font-medium underline-offset-3 hover:underline"
        >
          <HostileText text={host.host} />
        </Link>
        <span>
          since <TimeText at={host.since} date precision="min" zone />{' '}
          <span className="text-text-3">
            (<AgeText at={host.since} /> ago)
          </span>
        </span>
        <span className="text-text-2">longest silence before: {hoursText(host.usualHours)}</span>
        <span className="min-w-40 flex-1 text-12 text-text-3">
          <HostileText text={host.sources.join(', ')} />
        </span>
        <RetireForm hostId={host.hostId} host={host.host} />
      </div>
    </li>
  );
}
