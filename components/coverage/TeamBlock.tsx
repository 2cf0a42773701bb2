'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMay } from '@/components/shared/me';
import { formatDuration } from '@/components/shared/timeFormat';
import { counted, percentText } from '@/lib/base/numberWords';
import type { CoverageQuery } from '@/lib/contracts/coverage';
import type { MetricList, MetricsView } from '@/lib/contracts/metrics';
import { headMetricsQuery } from './coverageQueries';
import { teamHref, teamQuery } from './coverageUrl';
import { teamDaysText } from './coverageWords';

/** Are we good at it: six numbers of the team, each with the list behind it; the head's query answers it. */
export function TeamBlock({ query }: { query: CoverageQuery }) {
  const mayRead = useMay('metrics.read');
  const asked = teamQuery(query);
  // Whether it fails is told in the head, where it can be tried again.
  const { data } = useQuery({ ...headMetricsQuery(asked), enabled: mayRead });
  if (data === undefined) return null;
  return (
    <section aria-labelledby="team-title">
      <h2 id="team-title" className="mb-1.5 text-13">
        The team, <span className="font-normal text-text-2">{teamDaysText(query)}, on all hosts</span>
      </h2>
      <ul className="num space-y-1">
        {linesOf(data).map(({ list, number, words }) => (
          <li key={list} className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-2">
            <Link
              href={teamHref(list, asked)}
              prefetch={false}
              className="min-h-6 text-right font-mono text-12 font-medium leading-6 underline-offset-3 hover:underline"
            >
              {number}
              <span className="sr-only"> {words}: the list</span>
            </Link>
            <span aria-hidden="true" className="leading-6 text-text-2">
              {words}
            </span>
          </li>
        ))}
      </ul>
      <p className="no-print mt-2">
        <Link className="link" prefetch={false} href={teamHref(null, asked)}>
          All of the team&rsquo;s numbers
        </Link>
      </p>
    </section>
  );
}

type Line = { list: MetricList; number: string; words: string };

function linesOf({ times, clocks, backlog, alerts, prevented, rework }: MetricsView): Line[] {
  const verdict = times.bySeverity[0]?.verdict;
  const kept = clocks.bySeverity[0]?.kept;
  const median = verdict?.median ?? null;
  return [
    {
      list: 'verdict',
      number: median === null ? '–' : formatDuration(median * 60_000),
      words: `median from finding to verdict, of ${counted(verdict?.n ?? 0, 'verdict')}`,
    },
    {
      list: 'clock_kept',
      number: percentText(kept?.share ?? null),
      words: `of ${counted(kept?.of ?? 0, 'service clock')} kept`,
    },
    { list: 'backlog', number: number(backlog.bySeverity[0]?.open ?? 0), words: 'findings are open now' },
    {
      list: 'chains',
      number: number(alerts.chains),
      words: `chains; ${number(alerts.explained)} of ${counted(alerts.alerts, 'vendor alert')} belong to one`,
    },
    {
      list: 'prevented',
      number: number(prevented.findings),
      words: `findings kept from the queue by ${counted(prevented.baselines, 'baseline')}`,
    },
    {
      list: 'rework_after_review',
      number: number(rework.afterReview.n),
      words: `of ${counted(rework.afterReview.of, 'verdict')} changed after a review`,
    },
  ];
}

function number(value: number): string {
  return value.toLocaleString('en');
}
