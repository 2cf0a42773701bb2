'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { StageStrip } from '@/components/shared/StageStrip';
import { TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingSummary } from '@/lib/contracts/findings';
import type { HostView } from '@/lib/contracts/hosts';
import { hostFindingsQuery } from './queries';

/** Every finding of the host, decided and suppressed ones too, the newest first. */
export function HostFindings({ host }: { host: HostView }) {
  const list = useInfiniteQuery(hostFindingsQuery(host.name));
  if (list.error && !list.data)
    return (
      <div className="p-4">
        <ProblemNote
          error={list.error}
          what="The findings could not be read"
          safe="Findings and verdicts are stored; nothing is lost."
          onRetry={() => void list.refetch()}
        />
      </div>
    );
  if (!list.data)
    return (
      <SkeletonRegion label="Reading the findings" className="space-y-4 px-4 py-4">
        {[70, 58, 66].map((width) => (
          <Skeleton key={width} className="h-6" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  const findings = list.data.pages.flatMap((page) => page.items);
  if (findings.length === 0)
    return (
      <EmptyState title="No finding on this host">
        <p>No chain was completed here, nor enough of one. What could not be seen is told under Telemetry.</p>
      </EmptyState>
    );
  return (
    <>
      <ul>
        {findings.map((finding) => (
          <Row key={finding.id} finding={finding} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="num flex items-center gap-3 px-4 py-3 text-text-3">
          <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Reading…' : 'Show more'}
          </Button>
          {findings.length.toLocaleString('en')} of{' '}
          {(list.data.pages[0]?.total ?? findings.length).toLocaleString('en')}
        </div>
      ) : null}
    </>
  );
}

function Row({ finding }: { finding: FindingSummary }) {
  return (
    <li className="border-b">
      <Link
        href={`/findings/${encodeURIComponent(finding.id)}`}
        prefetch={false}
        className="focus-inset grid grid-cols-1 items-center gap-x-5 gap-y-1 px-4 py-2 hover:bg-surface-2 md:grid-cols-[132px_minmax(0,1fr)_auto]"
      >
        <StageStrip stages={finding.stages} className="w-[132px]" />
        <span className="min-w-0">
          <span className="block [overflow-wrap:anywhere]">
            <HostileText text={finding.headline} />
          </span>
          <span className="num block text-12 text-text-3">
            <SeverityMark severity={finding.severity} score={finding.score} /> · {finding.analytic} ·{' '}
            <TimeText at={finding.from} date precision="s" zone />
          </span>
        </span>
        <span className="text-12 text-text-2 md:text-right">
          {finding.verdict === null ? 'no verdict yet' : VERDICT_WORD[finding.verdict.value]}
          {finding.suppressed ? ' · suppressed' : ''}
          {finding.stale ? ' · the data no longer gives it' : ''}
        </span>
      </Link>
    </li>
  );
}
