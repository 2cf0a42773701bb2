'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { elideCommandLine } from '@/components/shared/ellipsis';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { counted } from '@/lib/base/numberWords';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { LevelWord } from './hitColumns';
import { SigmaSkeleton } from './SigmaSkeleton';
import { type HitFilter, hitPagesQuery } from './sigmaQueries';
import { hitsOfGroup, type OpenGroup } from './sigmaUrl';
import { hitSubject } from './sigmaWords';

/** The hits of a group, newest first, each to be opened. */
export function GroupHits(props: { group: OpenGroup; filter: HitFilter; onHit: (ref: string) => void }) {
  const { by, key } = props.group;
  const pages = useInfiniteQuery(hitPagesQuery(hitsOfGroup(props.filter, by, key)));
  const hits = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  if (pages.error && !pages.data)
    return (
      <ProblemNote
        error={pages.error}
        what="The hits could not be read"
        onRetry={() => void pages.refetch()}
      />
    );
  if (!pages.data) return <SigmaSkeleton label="Reading the hits" />;
  return (
    <>
      <p role="status" className="num px-4 py-1.5 text-12 text-text-3">
        {total === 0 ? 'No hit of it is left under these filters.' : `${counted(total, 'hit')}, newest first`}
      </p>
      <ul className="border-t">
        {hits.map((hit) => (
          <li key={hit.ref}>
            <button
              type="button"
              onClick={() => props.onHit(hit.ref)}
              className="focus-inset block w-full border-b px-4 py-1.5 text-left hover:bg-surface-2"
            >
              <HitLine hit={hit} by={by} />
            </button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="space-y-2 px-4 py-3">
          {pages.isFetchNextPageError && pages.error ? (
            <ProblemNote compact error={pages.error} what="The next hits could not be read" />
          ) : null}
          <Button size="sm" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {pages.isFetchingNextPage ? 'Reading…' : `Show more, ${hits.length} of ${total}`}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function HitLine({ hit, by }: { hit: SigmaHitView; by: 'rule' | 'process' }) {
  const { commandLine } = hit.process;
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-3">
        <TimeText at={hit.time} date precision="s" className="num text-text-2" />
        {by === 'rule' ? (
          <span className="machine text-text-2">
            <HostileText text={hit.host.name} />
          </span>
        ) : (
          <LevelWord level={hit.rule.level} />
        )}
        <span className="min-w-0 flex-1 basis-40 font-medium [overflow-wrap:anywhere]">
          <HostileText text={by === 'rule' ? hitSubject(hit) : hit.rule.title} />
        </span>
        {/* Two logs may tell of one start: which says why there are two hits. */}
        <span className="text-12 text-text-3">
          <HostileText text={hit.source} />
        </span>
        {hit.case ? <span className="num text-12 text-text-3">case {hit.case.id}</span> : null}
        {hit.baseline ? <span className="text-12 text-text-3">normal here</span> : null}
      </span>
      {commandLine === null ? null : (
        <span className="machine block truncate text-text-3">
          <HostileText text={elideCommandLine(commandLine, 110)} />
        </span>
      )}
    </>
  );
}
