'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { caseQuery } from '@/components/shared/cases/caseQuery';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Tabs } from '@/components/ui/Tabs';
import type { CaseDetail } from '@/lib/contracts/cases';
import { CaseActivity } from './CaseActivity';
import { CaseComments } from './CaseComments';
import { CaseEvidence } from './CaseEvidence';
import { CaseHeader } from './CaseHeader';
import { CaseItems } from './CaseItems';
import { CaseNotes } from './CaseNotes';
import { CaseTasks } from './CaseTasks';
import { CaseTimeline } from './CaseTimeline';
import { useWorkClock } from './useWorkClock';

const TABS = [
  'findings',
  'timeline',
  'notes',
  'tasks',
  'evidence',
  'discussion',
  'review',
  'activity',
] as const;

/** One case: its findings over hosts, notes, tasks, evidence, talk and review. `review` is the panel of its rounds. */
export function CaseScreen({ id, review }: { id: number; review: ReactNode }) {
  const query = useQuery(caseQuery(id));
  if (query.data !== undefined) return <Parts shown={query.data} review={review} />;
  if (query.isPending)
    return (
      <SkeletonRegion label="Opening the case" className="space-y-5 px-4 py-4">
        {[46, 30, 70, 62].map((width) => (
          <Skeleton key={width} className="h-6" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  if (query.error instanceof ApiError && query.error.status === 404)
    return (
      <EmptyState
        title="There is no such case"
        actions={
          <Link className={buttonClass({ variant: 'primary' })} href="/cases">
            All cases
          </Link>
        }
      >
        <p>Check the number in the address; cases are never deleted.</p>
      </EmptyState>
    );
  return (
    <ProblemNote
      error={query.error}
      what="The case could not be read"
      safe="What was written is stored; nothing is lost."
      onRetry={() => void query.refetch()}
    />
  );
}

function Parts({ shown, review }: { shown: CaseDetail; review: ReactNode }) {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('findings'));
  const mayWrite = useMay('cases.write') && shown.mergedInto === null;
  useWorkClock(shown.id, mayWrite && shown.state !== 'closed');
  useShortcuts({
    title: 'Case',
    shortcuts: TABS.map((value, place) => ({
      keys: String(place + 1),
      label: `Show ${value}`,
      run: () => void setTab(value),
    })),
  });
  const openComments = shown.comments.filter((each) => each.resolvedAt === null && !each.withdrawn).length;
  return (
    <article aria-label={`Case ${shown.id}`} className="flex h-full flex-col">
      <CaseHeader shown={shown} mayWrite={mayWrite} />
      <Tabs
        label="Parts of the case"
        className="min-h-0 flex-1"
        value={tab}
        onChange={(value) => void setTab(value)}
        tabs={[
          {
            value: 'findings',
            label: shown.hits > 0 ? 'Findings, alerts, hits' : 'Findings and alerts',
            count: shown.findings + shown.alerts + shown.hits,
            content: <CaseItems shown={shown} mayWrite={mayWrite} />,
          },
          { value: 'timeline', label: 'Timeline', content: <CaseTimeline caseId={shown.id} /> },
          {
            value: 'notes',
            label: 'Notes',
            count: shown.notes.length,
            content: <CaseNotes shown={shown} mayWrite={mayWrite} />,
          },
          {
            value: 'tasks',
            label: 'Tasks',
            count: shown.tasksOpen,
            content: <CaseTasks shown={shown} mayWrite={mayWrite} />,
          },
          {
            value: 'evidence',
            label: 'Evidence',
            count: shown.attachments.length + shown.indicators.length,
            content: <CaseEvidence shown={shown} mayWrite={mayWrite} />,
          },
          {
            value: 'discussion',
            label: 'Discussion',
            count: openComments,
            content: <CaseComments shown={shown} mayWrite={mayWrite} />,
          },
          { value: 'review', label: 'Review', content: review },
          { value: 'activity', label: 'Activity', content: <CaseActivity shown={shown} /> },
        ]}
      />
    </article>
  );
}
