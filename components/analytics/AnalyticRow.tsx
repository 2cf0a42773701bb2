import { clsx } from 'clsx';
import Link from 'next/link';
import { findingsText } from '@/components/shared/baseline/backtestWords';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { ORIGIN_WORD, precisionText, stagesSentence } from './analyticWords';
import { StageCoverageStrip } from './StageCoverageStrip';

/** Columns where the list has the whole width. */
export const COLUMNS =
  'grid grid-cols-1 gap-x-6 gap-y-1 px-4 @3xl:grid-cols-[minmax(260px,1.5fr)_88px_minmax(150px,0.7fr)_minmax(180px,1fr)] @3xl:items-center';

/** One analytic: what it is, whose it is, what it has found and how much of it can be seen. */
export function AnalyticRow({ analytic, active }: { analytic: AnalyticView; active: boolean }) {
  const { record } = analytic;
  return (
    <li className={clsx('border-b', active ? 'bg-accent-soft' : 'hover:bg-surface-2')}>
      <Link
        href={`/analytics/${encodeURIComponent(analytic.id)}`}
        aria-current={active ? 'true' : undefined}
        className={clsx(COLUMNS, 'focus-inset py-2.5')}
      >
        <span className="min-w-0">
          <span className="block font-medium text-pretty">{analytic.title}</span>
          <span className="num block text-12 text-text-3">
            <span className="machine">{analytic.id}</span> · version {analytic.version}
            <span className="@3xl:hidden">
              {' · '}
              <span className={analytic.origin === 'shipped' ? '' : 'text-text-1'}>
                {ORIGIN_WORD[analytic.origin].toLowerCase()}
              </span>
              {analytic.enabled ? '' : ' · '}
              <span className="text-warning">{analytic.enabled ? '' : 'switched off'}</span>
            </span>
          </span>
        </span>
        <span className="text-12 @max-3xl:hidden">
          <span className={clsx('block', analytic.origin === 'shipped' ? 'text-text-3' : 'text-text-1')}>
            {ORIGIN_WORD[analytic.origin]}
          </span>
          {analytic.enabled ? null : <span className="block text-warning">switched off</span>}
        </span>
        <span className="num text-12">
          <span className="@3xl:block">{findingsText(record.findings)}</span>
          <span className="text-text-3 @max-3xl:before:content-['_·_']">{precisionText(record)}</span>
        </span>
        <span className="min-w-0">
          <StageCoverageStrip stages={analytic.stages} className="max-w-72" />
          <span className="num mt-1 block text-12 text-text-3 @max-3xl:sr-only">
            {stagesSentence(analytic.stages)}
          </span>
        </span>
      </Link>
    </li>
  );
}
