'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatDuration } from '@/components/shared/timeFormat';
import { counted, percentText } from '@/lib/base/numberWords';
import { visibleShare } from '@/lib/contracts/coverage';
import type { MetricsView } from '@/lib/contracts/metrics';
import type { PartProps } from './coveragePart';
import { headMetricsQuery } from './coverageQueries';
import { cellText, teamHref, teamQuery } from './coverageUrl';
import { changeOf, changeText, dayText, teamDaysText } from './coverageWords';
import { ProvenStrip } from './ProvenStrip';
import { Sparkline } from './Sparkline';

const NUMBER = 'text-28 font-semibold tracking-tight text-text-1 underline-offset-4 hover:underline';

/** Four sentences with a number each, its trend, and the list behind it. */
export function HeadNumbers(props: PartProps) {
  return (
    <section
      aria-label="In four numbers"
      className="num grid grid-cols-1 gap-x-7 gap-y-6 text-15 text-text-2 @lg:grid-cols-2 @5xl:grid-cols-4 print:grid-cols-4 print:gap-x-5"
    >
      <VisibleNumber {...props} />
      <ProvenNumber {...props} />
      <TeamNumbers {...props} />
    </section>
  );
}

function VisibleNumber({ view, open }: PartProps) {
  const share = visibleShare(view.total);
  const change = changeOf(share, visibleShare(view.before));
  const weeks = view.weeks.map(({ time }) => visibleShare(time));
  return (
    <div>
      <button type="button" className={NUMBER} onClick={() => open({ cell: cellText(NOTHING_CHOSEN) })}>
        {percentText(share)}
        <span className="sr-only"> of stage-hours visible: the hosts behind it</span>
      </button>
      <p>
        of stage-hours on {counted(view.hosts, 'host')} could be seen.{' '}
        {change === null ? (
          <span className="text-text-3">Nothing before to compare.</span>
        ) : (
          <Change points={change} better="up" />
        )}
      </p>
      <Sparkline values={weeks} domain={[0, 1]} words={weekWords('Visible', weeks.map(percentText))} />
    </div>
  );
}

const NOTHING_CHOSEN = { stage: null, column: null };

/** How a share moved against the same length of time before. */
function Change({ points, better }: { points: number; better: 'up' | 'down' }) {
  const good = better === 'up' ? points > 0 : points < 0;
  return (
    <span
      title="In points of percent, against the same length of time before"
      className={clsx(
        'whitespace-nowrap',
        points === 0 ? 'text-text-3' : good ? 'text-success' : 'text-warning',
      )}
    >
      {changeText(points)}
    </span>
  );
}

function ProvenNumber({ view, open }: PartProps) {
  const { stages, of, lastAt } = view.proven;
  return (
    <div>
      <button type="button" className={NUMBER} onClick={() => open({ show: 'proofs' })}>
        {stages} of {of}
        <span className="sr-only"> stages proven: the proofs</span>
      </button>
      <p>
        {of === 1 ? 'stage is' : 'stages are'} proven by a replayed attack on a host that sees{' '}
        {of === 1 ? 'it' : 'them'}
        {lastAt === null ? '; none was replayed yet.' : `; last validation ${dayText(lastAt)}.`}
      </p>
      <ProvenStrip rows={view.rows} />
    </div>
  );
}

/** The two that the team's history tells, with the days they are of; hosts do not narrow them, so that is said. */
function TeamNumbers({ query }: PartProps) {
  const asked = teamQuery(query);
  const metrics = useQuery(headMetricsQuery(asked));
  const narrowed = query.group || query.os || query.source;
  const all = ` ${teamDaysText(query)}${narrowed ? ', on all hosts' : ''}`;
  if (!metrics.data)
    return (
      <p className="text-13 text-text-3 @lg:col-span-2">
        {metrics.error ? (
          <>
            What the team did could not be read.{' '}
            <button type="button" className="link" onClick={() => void metrics.refetch()}>
              Try again
            </button>
          </>
        ) : (
          'Reading what the team did…'
        )}
      </p>
    );
  return (
    <>
      <BlindVerdicts metrics={metrics.data} href={teamHref('blind_limited', asked)} all={all} />
      <Precision
        metrics={metrics.data}
        href={teamHref('precision', asked)}
        medianHref={teamHref('verdict', asked)}
        all={all}
      />
    </>
  );
}

function BlindVerdicts({ metrics, href, all }: { metrics: MetricsView; href: string; all: string }) {
  const limited = metrics.precision.bySeverity[0]?.blindLimited;
  const weeks = metrics.weeks.map(({ blindLimited }) => blindLimited);
  return (
    <div>
      <NumberLink href={href} about="verdicts that rest on a blind stage: the list">
        {(limited?.n ?? 0).toLocaleString('en')}
      </NumberLink>
      <p>
        of {counted(limited?.of ?? 0, 'verdict')}
        {all} {limited?.of === 1 ? 'rests' : 'rest'} on a blind stage.
      </p>
      <Sparkline values={weeks} words={weekWords('Verdicts on a blind stage', weeks.map(String))} />
    </div>
  );
}

function Precision(props: { metrics: MetricsView; href: string; medianHref: string; all: string }) {
  const { metrics, all } = props;
  const precision = metrics.precision.bySeverity[0]?.precision;
  const median = metrics.times.bySeverity[0]?.verdict.median ?? null;
  const weeks = metrics.weeks.map((week) => week.precision.share);
  return (
    <div>
      <NumberLink href={props.href} about="precision: the verdicts behind it">
        {percentText(precision?.share ?? null)}
      </NumberLink>
      <p>
        {precision === undefined || precision.share === null
          ? `of findings were right: none was decided${all}`
          : `of findings decided${all} were right (${percentText(precision.low)} to ${percentText(precision.high)})`}
        {median === null ? (
          '.'
        ) : (
          <>
            {'; '}
            <Link href={props.medianHref} className="link">
              median {formatDuration(median * 60_000)}
            </Link>{' '}
            from finding to verdict.
          </>
        )}
      </p>
      <Sparkline values={weeks} domain={[0, 1]} words={weekWords('Precision', weeks.map(percentText))} />
    </div>
  );
}

function NumberLink(props: { href: string; about: string; children: ReactNode }) {
  return (
    <Link href={props.href} prefetch={false} className={clsx('block w-fit', NUMBER)}>
      {props.children}
      <span className="sr-only"> {props.about}</span>
    </Link>
  );
}

/** A line of weeks for who does not see it. */
function weekWords(what: string, values: readonly string[]): string {
  return `${what} by week, oldest first: ${values.map((value) => (value === '–' ? 'unknown' : value)).join(', ')}.`;
}
