'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { spanOf, type TimeSpan } from '@/components/shared/query/histogramLayout';
import { TimeAxis } from '@/components/shared/query/TimeAxis';
import { TimeBars } from '@/components/shared/query/TimeBars';
import { TimeText } from '@/components/shared/TimeText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { useWidth } from '@/components/shared/timeline/useWidth';
import type { HostHealth, HostView } from '@/lib/contracts/hosts';
import { allOf, fieldIs } from '@/lib/query/quote';
import { shareText } from './hostWords';

type KindHealth = HostHealth['kinds'][number];

const ROW =
  'grid grid-cols-1 gap-x-6 gap-y-1 px-4 lg:grid-cols-[176px_minmax(240px,1fr)_minmax(240px,0.8fr)]';
const BARS = 30;

/** One row per kind of event: how many over time, where it was blind and why, and how full its telling fields are. */
export function KindHealthList({ host, health }: { host: HostView; health: HostHealth }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const span = useMemo(() => spanOf({ from: null, to: null }, health), [health]);
  if (span === null || health.kinds.length === 0)
    return (
      <p className="px-4 py-6 text-text-2">
        Nothing is stored of this host, so nothing is known of its sources.
      </p>
    );
  return (
    <section aria-label="Telemetry by kind over time" className="border-b pb-2">
      <div className={`${ROW} sticky top-0 z-10 border-b bg-surface-0 py-1.5`}>
        <span className="label max-lg:hidden">Kind</span>
        <div ref={box} className="min-w-0">
          <TimeAxis span={span} width={width} />
        </div>
        <span className="label max-lg:hidden">Blind, and how full its fields are</span>
      </div>
      <ul>
        {health.kinds.map((kind) => (
          <Row
            key={kind.kind}
            host={host}
            kind={kind}
            span={span}
            width={width}
            binSeconds={health.binSeconds}
          />
        ))}
      </ul>
    </section>
  );
}

function Row(props: { host: HostView; kind: KindHealth; span: TimeSpan; width: number; binSeconds: number }) {
  const { host, kind, span, width, binSeconds } = props;
  return (
    <li className={`${ROW} border-b py-2 last:border-b-0`}>
      <div>
        <p className="font-medium">{KIND_WORDS[kind.kind]}</p>
        <p className="num text-12">
          {kind.events === 0 ? (
            <span className="text-text-3">never recorded</span>
          ) : (
            <Link
              className="link inline-block min-h-6"
              prefetch={false}
              href={eventsHref({
                q: allOf(fieldIs('host.name', host.name), fieldIs('event.kind', kind.kind)),
              })}
            >
              {kind.events.toLocaleString('en')} {kind.events === 1 ? 'event' : 'events'}
            </Link>
          )}
          {kind.needed ? <span className="text-text-3"> · analytics need it</span> : null}
        </p>
      </div>
      <div className="min-w-0">
        {width > 0 ? (
          <TimeBars
            span={span}
            width={width}
            height={BARS}
            bins={kind.bins}
            binSeconds={binSeconds}
            blind={kind.blind}
          />
        ) : null}
      </div>
      <div className="min-w-0 text-12">
        <Blind kind={kind} />
        {kind.filled.length === 0 || kind.events === 0 ? null : (
          <p className="num flex flex-wrap gap-x-3 text-text-3">
            {kind.filled.map(({ field, share }) => (
              <span key={field} className={share < 0.5 ? 'text-warning' : undefined}>
                <span className="machine">{field}</span> {shareText(share)}
              </span>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}

/** Intervals listed of one kind; a flapping source has hundreds. */
const LISTED = 4;

function Blind({ kind }: { kind: KindHealth }) {
  if (kind.blind.length === 0)
    return (
      <p className="text-text-3">
        {!kind.needed
          ? 'Not watched: no analytic needs it.'
          : kind.events === 0
            ? 'None came, and whether the sources of this host write them is not known.'
            : 'No interval in which it could not have been recorded.'}
      </p>
    );
  const line = (interval: KindHealth['blind'][number]) => (
    <li key={`${interval.from}${interval.reason}`}>
      <span className="text-blind">
        <TimeText at={interval.from} date precision="s" /> to <TimeText at={interval.to} date precision="s" />
      </span>
      {': '}
      <span className="text-text-2">
        <HostileText text={interval.reason} />
      </span>
    </li>
  );
  const [first, rest] = [kind.blind.slice(0, LISTED), kind.blind.slice(LISTED)];
  return (
    <>
      <ul>{first.map(line)}</ul>
      {rest.length === 0 ? null : (
        <details>
          <summary className="num flex min-h-6 cursor-pointer items-center text-blind">
            {LISTED} of {kind.blind.length.toLocaleString('en')} intervals; show the others
          </summary>
          <ul>{rest.map(line)}</ul>
        </details>
      )}
    </>
  );
}
