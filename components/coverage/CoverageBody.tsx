'use client';

import { counted } from '@/lib/base/numberWords';
import { CoverageMatrix } from './CoverageMatrix';
import type { PartProps } from './coveragePart';
import { HeadNumbers } from './HeadNumbers';
import { LastValidation } from './LastValidation';
import { RetiredButton, UnknownNote } from './NoCoverage';
import { weekPeriod } from './periodSpan';
import { QuietHosts } from './QuietHosts';
import { RankedFixes } from './RankedFixes';
import { SigmaLine } from './SigmaLine';
import { TeamBlock } from './TeamBlock';
import { WeeksChart } from './WeeksChart';

/** Four numbers, hosts that went quiet, the matrix, and beside it what would change it and when it was proven. */
export function CoverageBody(props: PartProps) {
  const { view, url, query, show, open } = props;
  return (
    <div className="space-y-7 px-4 pb-8 pt-5 print:space-y-4 print:p-0">
      <div className="space-y-3">
        <HeadNumbers {...props} />
        <SigmaLine />
      </div>
      {view.unknown > 0 ? <UnknownNote unknown={view.unknown} /> : null}
      <QuietHosts view={view} query={query} />
      <div className="grid gap-x-10 gap-y-8 @6xl:grid-cols-[minmax(0,1fr)_380px] print:block print:space-y-4">
        <div className="min-w-0 space-y-8 print:space-y-4">
          <CoverageMatrix {...props} />
          <WeeksChart weeks={view.weeks} onWeek={(week) => show(weekPeriod(week, view.to))} />
        </div>
        <div className="min-w-0 space-y-8 print:grid print:grid-cols-2 print:gap-8 print:space-y-0">
          <RankedFixes query={query} opened={url.fix} onOpen={(fix) => open({ fix })} />
          <LastValidation />
          <TeamBlock query={query} />
        </div>
      </div>
      {view.notLookedAt > 0 ? (
        <p className="num text-12 text-text-3">
          {counted(view.notLookedAt, 'host')} {view.notLookedAt === 1 ? 'is' : 'are'} in no number here: the
          stages are looked for on Windows only.
        </p>
      ) : null}
      {view.retired > 0 ? (
        <p className="num text-12 text-text-3">
          {counted(view.retired, 'host')} {view.retired === 1 ? 'is' : 'are'} left out: no longer expected to
          report. <RetiredButton open={open} />
        </p>
      ) : null}
    </div>
  );
}
