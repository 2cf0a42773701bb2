'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '@/components/shared/ProblemNote';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { DetailSkeleton } from './AnalyticsSkeleton';
import { versionsQuery } from './queries';
import type { TuningChange } from './tuningDraft';
import { VersionList } from './VersionList';

/** Every saved change of an analytic; restoring one fills the tuning or the editor, and is tried like any change. */
export function VersionsTab(props: {
  analytic: AnalyticView;
  onTuning: (change: TuningChange) => void;
  onDefinition: (text: string) => void;
}) {
  const { analytic } = props;
  const query = useQuery(versionsQuery(analytic.id));
  if (query.error && !query.data)
    return (
      <ProblemNote
        error={query.error}
        what="The versions could not be read"
        safe="Detection goes on with what is in force."
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <DetailSkeleton label="Reading the versions" />;
  return (
    <VersionList
      items={query.data.items}
      inForce={analytic.revision}
      none={
        analytic.origin === 'own'
          ? 'No version is saved yet.'
          : `Nothing was changed here: ${analytic.id} runs as shipped, version ${analytic.version}.`
      }
      onRestore={({ change }) => {
        if (change.kind === 'tuning') props.onTuning(change);
        if (change.kind === 'definition') props.onDefinition(change.yaml);
      }}
    />
  );
}
