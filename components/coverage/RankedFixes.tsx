'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { counted } from '@/lib/base/numberWords';
import type { CoverageFix, CoverageQuery } from '@/lib/contracts/coverage';
import { fixesQuery } from './coverageQueries';
import { useShowMore } from './useShowMore';

const FIRST = 5;

/** What would make stages visible, the most worthwhile first, each with what it brings; pressed it opens beside. */
export function RankedFixes(props: {
  query: CoverageQuery;
  opened: string | null;
  onOpen: (fix: string) => void;
}) {
  const fixes = useQuery(fixesQuery(props.query));
  const items = fixes.data?.items ?? [];
  const { shown, more } = useShowMore(items, FIRST);
  return (
    <section aria-labelledby="fixes-title">
      <h2 id="fixes-title" className="mb-1.5 text-13">
        What would fix most
      </h2>
      {fixes.error && !fixes.data ? (
        <ProblemNote
          compact
          error={fixes.error}
          what="The fixes could not be worked out"
          onRetry={() => void fixes.refetch()}
        />
      ) : !fixes.data ? (
        <SkeletonRegion label="Working out what would help" className="space-y-3 py-1">
          {[90, 80, 86].map((width) => (
            <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : items.length === 0 ? (
        <p className="text-text-2">Nothing is missing: every stage can be seen on every host.</p>
      ) : (
        <ol className="border-t">
          {shown.map((fix) => (
            <FixRow
              key={fix.id}
              fix={fix}
              opened={fix.id === props.opened}
              onOpen={() => props.onOpen(fix.id)}
            />
          ))}
        </ol>
      )}
      {more ? (
        <Button size="sm" variant="quiet" className="no-print -ml-2 mt-1" onClick={more.toggle}>
          {more.all ? 'Show fewer' : `Show all ${items.length}`}
        </Button>
      ) : null}
    </section>
  );
}

function FixRow({ fix, opened, onOpen }: { fix: CoverageFix; opened: boolean; onOpen: () => void }) {
  return (
    <li className="border-b">
      <button
        type="button"
        aria-pressed={opened}
        onClick={onOpen}
        className={clsx(
          'num grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 px-1 py-2 text-left hover:bg-surface-2 print:py-1',
          opened && 'bg-accent-soft',
        )}
      >
        <span className="font-medium">
          <HostileText text={fix.title} />
        </span>
        <span className="text-right font-medium">
          {fix.cells > 0 ? `+${fix.cells.toLocaleString('en')}` : '–'}
          <span className="sr-only"> stages on hosts become visible by this alone</span>
        </span>
        <span className="min-w-0 text-12 text-text-2">{hostsText(fix)}</span>
        <span className="text-right text-12 text-text-2">{verdictsText(fix)}</span>
      </button>
    </li>
  );
}

/** "57 hosts: ENG-1, ENG-2 and others". */
function hostsText({ hosts, hostNames, settings }: CoverageFix) {
  const first = hostNames.slice(0, 2).join(', ');
  const others = hosts > 2 && first !== '' ? ' and others' : '';
  const sources = settings.map(({ source }) => source).join(', ');
  return (
    <>
      {counted(hosts, 'host')}
      {first === '' ? null : (
        <>
          {': '}
          <HostileText text={first} />
          {others}
        </>
      )}
      {sources === '' ? null : <span className="text-text-3"> · {sources}</span>}
    </>
  );
}

/** What it is worth to people: verdicts that could be given, findings that would be whole. */
function verdictsText({ verdicts, findings }: CoverageFix): string {
  const parts = [
    ...(verdicts > 0 ? [counted(verdicts, 'verdict')] : []),
    ...(findings > 0 ? [counted(findings, 'finding')] : []),
  ];
  return parts.length === 0 ? '–' : parts.join(', ');
}
