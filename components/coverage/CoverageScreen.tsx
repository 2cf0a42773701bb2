'use client';

import { useQuery } from '@tanstack/react-query';
import { throttle, useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { CoverageBody } from './CoverageBody';
import { CoverageDialogs } from './CoverageDialogs';
import { CoverageDrawer } from './CoverageDrawer';
import { CoverageHead } from './CoverageHead';
import { CoverageSkeleton } from './CoverageSkeleton';
import type { PartProps, Show } from './coveragePart';
import { coverageViewQuery } from './coverageQueries';
import { CLOSED, type CoverageUrl, coverageParsers, NO_FILTERS, toCoverageQuery } from './coverageUrl';
import { NoCoverage, NoSuchHosts } from './NoCoverage';

/** The manager's home: what can be seen, whether it is proven, and what would change it. */
export function CoverageScreen() {
  const [url, setUrl] = useQueryStates(coverageParsers);
  const opener = useRef<HTMLElement>(null);
  const query = toCoverageQuery(url);
  const coverage = useQuery(coverageViewQuery(query));
  const show: Show = (next, typed) => {
    void setUrl(next, typed ? { history: 'replace', limitUrlUpdates: throttle(200) } : { history: 'push' });
  };
  const open: Show = (next) => {
    // From within the drawer one goes on, and comes back to where one was before all of it.
    if (!isOpen(url) && document.activeElement instanceof HTMLElement)
      opener.current = document.activeElement;
    show({ ...CLOSED, ...next });
  };
  const close = () => {
    show(CLOSED);
    const back = opener.current;
    if (back?.isConnected) back.focus({ preventScroll: true });
    else document.getElementById('main')?.focus({ preventScroll: true });
  };
  const view = coverage.data;
  return (
    <div className="flex h-full min-h-0 print:block print:h-auto">
      <section
        aria-label="Coverage"
        aria-busy={coverage.isFetching}
        className="one-page @container relative min-w-0 flex-1 overflow-y-auto print:overflow-visible"
      >
        <CoverageHead url={url} query={query} view={view} show={show} open={open} />
        {coverage.error ? (
          <ProblemNote
            error={coverage.error}
            what="The coverage could not be read"
            safe="What is stored is not affected."
            onRetry={() => void coverage.refetch()}
          />
        ) : null}
        {view ? (
          <Body view={view} url={url} query={query} show={show} open={open} />
        ) : coverage.error ? null : (
          <CoverageSkeleton />
        )}
      </section>
      {view && isOpen(url) ? (
        <CoverageDrawer view={view} url={url} query={query} show={show} open={open} onClose={close} />
      ) : null}
      <CoverageDialogs show={url.show} onClose={close} />
    </div>
  );
}

function Body(props: PartProps) {
  const { view, show } = props;
  if (view.hosts > 0) return <CoverageBody {...props} />;
  const narrowed = Object.keys(NO_FILTERS).some(
    (name) => props.url[name as keyof typeof NO_FILTERS] !== null,
  );
  if (narrowed) return <NoSuchHosts onAll={() => show(NO_FILTERS)} />;
  return <NoCoverage view={view} open={props.open} />;
}

function isOpen({ cell, fix, show }: CoverageUrl): boolean {
  return cell !== null || fix !== null || show === 'proofs';
}
