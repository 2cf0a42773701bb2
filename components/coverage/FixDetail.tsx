'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText, useCopy } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { counted } from '@/lib/base/numberWords';
import type { CoverageFix, CoverageView } from '@/lib/contracts/coverage';
import type { PartProps } from './coveragePart';
import { fixesQuery } from './coverageQueries';
import { stageName } from './HostRow';
import { HostsBehindList } from './HostsBehindList';

/** One fix: what it brings, what to set where, for which stages, and its hosts. */
export function FixDetail(props: PartProps & { id: string; onClose: () => void }) {
  const { id, view, query } = props;
  const fixes = useQuery(fixesQuery(query));
  const fix = fixes.data?.items.find((each) => each.id === id);
  if (!fix)
    return (
      <DrawerFrame title="What would help" onClose={props.onClose}>
        <div className="px-4 py-3">
          {fixes.error ? (
            <ProblemNote
              compact
              error={fixes.error}
              what="The fixes could not be worked out"
              onRetry={() => void fixes.refetch()}
            />
          ) : fixes.data ? (
            <p className="text-text-2">
              This is not among what would help these hosts on these days: it may have been done.
            </p>
          ) : (
            <SkeletonRegion label="Working out what would help" className="space-y-3">
              <Skeleton className="w-2/3" />
              <Skeleton className="w-1/2" />
            </SkeletonRegion>
          )}
        </div>
      </DrawerFrame>
    );
  const one = fix.stages.length === 1 ? fix.stages[0] : undefined;
  return (
    <DrawerFrame title={<HostileText text={fix.title} />} onClose={props.onClose}>
      <Brings fix={fix} view={view} />
      <Settings fix={fix} />
      <HostsBehindList
        {...props}
        behind={{
          ...query,
          from: view.from,
          to: view.to,
          fix: fix.id,
          ...(one === undefined ? {} : { stage: one }),
        }}
        stages={fix.stages}
      />
    </DrawerFrame>
  );
}

function Brings({ fix, view }: { fix: CoverageFix; view: CoverageView }) {
  return (
    <div className="num border-b px-4 py-2.5">
      <p>
        {fix.cells.toLocaleString('en')} of {counted(fix.cells + fix.helps, 'stage-cell')} on{' '}
        {counted(fix.hosts, 'host')} {fix.cells === 1 ? 'becomes' : 'become'} visible by this alone
        {fix.helps > 0 ? `; for ${fix.helps.toLocaleString('en')} something else is missing too.` : '.'}{' '}
        <span className="text-text-3">A stage-cell is one stage on one host.</span>
      </p>
      {fix.verdicts + fix.findings > 0 ? (
        <p className="text-text-2">
          {fix.verdicts > 0 ? (
            <>
              {counted(fix.verdicts, 'undetermined verdict')} could be decided (
              <Link className="link" prefetch={false} href="/?view=closed&verdict=undetermined">
                all undetermined ones
              </Link>
              ).{' '}
            </>
          ) : null}
          {fix.findings > 0 ? (
            <>
              {counted(fix.findings, 'open finding')} would no longer be limited by it (
              <Link className="link" prefetch={false} href="/?view=blind">
                all with a blind stage
              </Link>
              ).
            </>
          ) : null}
        </p>
      ) : null}
      <p className="mt-1 text-12 text-text-3">
        For <HostileText text={fix.stages.map((stage) => stageName(view, stage)).join(', ')} />.
      </p>
    </div>
  );
}

/** What to set, by source: as text that can be taken along. */
function Settings({ fix }: { fix: CoverageFix }) {
  const copy = useCopy();
  if (fix.settings.length === 0) return null;
  const text = fix.settings.map(({ source, where, change }) => `${source}\n${where}\n${change}`).join('\n\n');
  return (
    <section aria-label="What to set" className="border-b px-4 py-2.5">
      <div className="mb-1 flex items-center">
        <h3 className="label flex-1">What to set</h3>
        <Button size="sm" variant="quiet" onClick={() => copy(text)}>
          Copy
        </Button>
      </div>
      <dl className="space-y-2">
        {fix.settings.map(({ source, where, change }) => (
          <div key={`${source} ${where} ${change}`}>
            <dt>
              <span className="font-medium">{source}</span> <span className="text-text-3">{where}</span>
            </dt>
            <dd>
              <pre className="machine mt-0.5 whitespace-pre-wrap rounded-sm border bg-surface-0 px-2 py-1.5 [overflow-wrap:anywhere]">
                {change}
              </pre>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
