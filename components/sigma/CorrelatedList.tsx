'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import type { z } from 'zod';
import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { authorText } from '@/components/shared/sigma/ruleWords';
import { TimeText } from '@/components/shared/TimeText';
import { EmptyState } from '@/components/ui/EmptyState';
import { counted } from '@/lib/base/numberWords';
import type { sigmaCorrelatedList } from '@/lib/contracts/sigmaHits';
import { LevelWord, TwoLines, When } from './hitColumns';
import type { SigmaColumn, SigmaRow } from './SigmaGrid';
import { SigmaList } from './SigmaList';
import { correlatedQuery } from './sigmaQueries';
import { type HitUrl, rulesHref } from './sigmaUrl';

type Correlated = z.infer<typeof sigmaCorrelatedList>['items'][number];

const COLUMNS: readonly SigmaColumn[] = [
  { title: 'Level', className: 'w-16 shrink-0 @max-lg:hidden' },
  { title: 'Correlation, and for what', className: 'min-w-0 flex-1 leading-4' },
  { title: 'Hits', className: 'w-16 shrink-0 text-right' },
  { title: 'Hosts', className: 'w-16 shrink-0 text-right @max-lg:hidden' },
  { title: 'Last', className: 'w-[112px] shrink-0 text-right @max-xl:hidden' },
];

/** What Sigma's correlation rules found over hits, newest first; a row opens the hits it rests on. */
export function CorrelatedList(props: {
  url: HitUrl;
  onChange: (change: Partial<HitUrl>, following?: boolean) => void;
  head: (sentence: string) => ReactNode;
}) {
  const { url, onChange } = props;
  const query = useQuery(correlatedQuery);
  const items = useMemo(() => query.data?.items ?? [], [query.data]);
  const rows = useMemo(() => items.map(rowOf), [items]);
  const total = query.data?.total;
  const opened = items.find(({ id }) => id === url.open);
  return (
    <>
      <section
        aria-label="Correlations"
        aria-busy={query.isFetching}
        className="flex min-w-0 flex-1 flex-col"
      >
        {props.head(sentenceOf(total, items.length))}
        <SigmaList
          label="What correlations found, newest first"
          what="correlation"
          columns={COLUMNS}
          rows={rows}
          total={items.length}
          pages={{ ...query, hasNextPage: false, fetchNextPage: () => undefined }}
          openKey={opened ? opened.id : null}
          onOpen={(open, following) => onChange({ open, hit: null }, following)}
          empty={
            <EmptyState title="No correlation found anything">
              <p>
                Correlation rules of Sigma count and order hits of other rules: five failed logons, then one
                that worked. None that runs is satisfied by the hits there are, or no set with one is switched
                on.
              </p>
            </EmptyState>
          }
        />
      </section>
      {opened ? <CorrelatedDrawer found={opened} onClose={() => onChange({ open: null })} /> : null}
    </>
  );
}

function sentenceOf(total: number | undefined, shown: number): string {
  if (total === undefined) return 'What correlations found';
  const all = counted(total, 'correlation');
  return shown < total ? `${all}, the newest ${shown} are listed` : all;
}

function groupText({ group }: Correlated): string {
  return group.map(({ field, value }) => `${field} ${value}`).join(', ');
}

function rowOf(found: Correlated): SigmaRow {
  const count = (value: number) => <span className="num">{value.toLocaleString('en')}</span>;
  return {
    key: found.id,
    level: found.rule.level,
    cells: [
      <LevelWord key="level" level={found.rule.level} />,
      <TwoLines
        key="title"
        title={found.rule.title}
        note={<HostileText text={[found.type, groupText(found)].filter((part) => part !== '').join(' · ')} />}
      />,
      count(found.hits),
      count(found.hosts.length),
      <When key="time" at={found.to} />,
    ],
  };
}

function CorrelatedDrawer({ found, onClose }: { found: Correlated; onClose: () => void }) {
  const { events } = found;
  return (
    <DrawerFrame
      title={<HostileText text={found.rule.title} />}
      note={
        <p className="flex flex-wrap gap-x-3 text-text-2">
          <SeverityMark severity={found.rule.level} />
          <span>
            <HostileText text={found.type} />, {counted(found.hits, 'hit')} on{' '}
            {counted(found.hosts.length, 'host')}
          </span>
          <Link href={rulesHref({ rule: found.rule.id })} className="link">
            The rule
          </Link>
        </p>
      }
      onClose={onClose}
    >
      <div className="space-y-4 px-4 pb-8 pt-3">
        <p className="text-12 text-text-3">
          Rule <MonoText text={found.rule.ruleId} />, <HostileText text={authorText(found.rule.author)} />
        </p>
        {found.group.length === 0 ? null : (
          <dl className="grid grid-cols-[minmax(80px,auto)_minmax(0,1fr)] gap-x-3 gap-y-0.5">
            {found.group.map(({ field, value }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a rule may name a field twice, and the list never moves
              <div key={place} className="contents">
                <dt className="machine text-text-3">
                  <HostileText text={field} />
                </dt>
                <dd>
                  <MonoText text={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <section aria-labelledby="correlated-title">
          <h3 id="correlated-title" className="label num mb-1">
            Hits it rests on · {events.length < found.hits ? `${events.length} of ${found.hits}` : found.hits}
          </h3>
          <ol className="border-t">
            {events.map((event, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one hit may stand in two steps, and the list never moves
              <li key={place} className="num flex flex-wrap items-baseline gap-x-3 border-b py-1.5">
                <TimeText at={event.time} date precision="s" className="text-text-2" />
                <Link
                  href={`/sigma?by=hit&hit=${encodeURIComponent(event.ref)}`}
                  className="link min-w-0 flex-1 basis-48"
                >
                  <HostileText text={event.title} />
                </Link>
                <span className="machine text-text-2">
                  <HostileText text={event.host} />
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </DrawerFrame>
  );
}
