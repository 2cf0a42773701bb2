'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { AlertsSection } from './AlertsSection';
import { BacklogSection } from './BacklogSection';
import { ClocksSection } from './ClocksSection';
import { ListPanel } from './ListPanel';
import { PrecisionSection } from './PrecisionSection';
import { ReworkSection } from './ReworkSection';
import { TeamHead } from './TeamHead';
import { TeamSkeleton } from './TeamSkeleton';
import { TimesSection } from './TimesSection';
import type { OpenList, TeamPartProps } from './teamProps';
import { teamQuery } from './teamQueries';
import { CLOSED, type TeamUrl, teamParsers, toListQuery, toMetricsQuery } from './teamUrl';
import { WeeksSection } from './WeeksSection';

/** Are we good at it: times, precision, clocks, backlog and rework of the team, each number with its list. */
export function TeamScreen() {
  const refusal = useRefusal('metrics.read');
  const [url, setUrl] = useQueryStates(teamParsers, { history: 'push' });
  const opener = useRef<HTMLElement>(null);
  const query = toMetricsQuery(url);
  const team = useQuery({ ...teamQuery(query), enabled: refusal === null });
  // The choice of analytics stays whole, whatever the page is narrowed to.
  const whole = useQuery({
    ...teamQuery(toMetricsQuery({ ...url, severity: null, analytic: null })),
    enabled: refusal === null,
  });
  if (refusal !== null) return <EmptyState title={refusal} />;
  const open: OpenList = (list, part = {}) => {
    // From one list to the next one goes on, and comes back to where one was before all of them.
    if (url.list === null && document.activeElement instanceof HTMLElement)
      opener.current = document.activeElement;
    void setUrl({ ...CLOSED, ...part, list });
  };
  const close = () => {
    void setUrl(CLOSED);
    opener.current?.focus({ preventScroll: true });
  };
  // A row of severities means nothing once the page is of analytics, and of other ones.
  const narrow = (change: Partial<TeamUrl>) => void setUrl({ ...CLOSED, ...change });
  const view = team.data;
  return (
    <div className="flex h-full min-h-0 print:block print:h-auto">
      <section
        aria-label="Team"
        className="min-w-0 flex-1 overflow-y-auto pb-8 print:overflow-visible"
        aria-busy={team.isPlaceholderData}
      >
        <TeamHead url={url} query={query} view={view} whole={whole.data ?? view} onChange={narrow} />
        {team.error ? (
          <ProblemNote
            error={team.error}
            what="The team's numbers could not be read"
            safe="The history they are measured from is stored; nothing is lost."
            onRetry={() => void team.refetch()}
          />
        ) : null}
        {view ? (
          <Sections
            view={view}
            url={url}
            open={open}
            stale={team.isPlaceholderData}
            onAll={() => narrow({ severity: null, analytic: null })}
          />
        ) : team.error ? null : (
          <TeamSkeleton />
        )}
      </section>
      {url.list === null ? null : (
        <ListPanel
          key={JSON.stringify(toListQuery(url, url.list, view?.to))}
          query={toListQuery(url, url.list, view?.to)}
          onClose={close}
        />
      )}
    </div>
  );
}

function Sections({ stale, onAll, ...props }: TeamPartProps & { stale: boolean; onAll: () => void }) {
  const { severity, analytic } = props.url;
  return (
    <div className={clsx('space-y-7 px-4 pt-4', stale && 'opacity-60')}>
      {severity === null && analytic === null ? null : (
        <p className="no-print flex flex-wrap items-center gap-2 text-12 text-text-2">
          Narrowed: numbers of other severities and analytics are left out.
          <Button size="sm" variant="quiet" onClick={onAll}>
            Show all
          </Button>
        </p>
      )}
      <TimesSection {...props} />
      <PrecisionSection {...props} />
      <ClocksSection {...props} />
      <BacklogSection {...props} />
      <div className="grid gap-x-8 gap-y-7 lg:grid-cols-2">
        <AlertsSection {...props} />
        <ReworkSection {...props} />
      </div>
      <WeeksSection {...props} />
    </div>
  );
}
