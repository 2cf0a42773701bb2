'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import { Tabs } from '@/components/ui/Tabs';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { AnalyticHeader } from './AnalyticHeader';
import { DetailSkeleton } from './AnalyticsSkeleton';
import { BaselinesTab } from './BaselinesTab';
import { CoverageTab } from './CoverageTab';
import { DefinitionTab } from './DefinitionTab';
import { analyticQuery } from './queries';
import { TuningTab } from './TuningTab';
import { keptChange, tuningChanges } from './tuningDraft';
import { useKept } from './useKept';
import { VersionsTab } from './VersionsTab';
import { YamlTab } from './YamlTab';

const TABS = ['definition', 'coverage', 'tuning', 'yaml', 'versions', 'baselines'] as const;

/** One analytic: what it says, what of it can be seen, and the means to change it without flying blind. */
export function AnalyticScreen({ id }: { id: string }) {
  const query = useQuery(analyticQuery(id));
  if (query.error && !query.data)
    return (
      <ProblemNote
        error={query.error}
        what={`The analytic ${id} could not be read`}
        safe="Detection goes on with what is in force."
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <DetailSkeleton label="Reading the analytic" />;
  return <Detail analytic={query.data} />;
}

function Detail({ analytic }: { analytic: AnalyticView }) {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('definition'));
  const tuning = useKept(`tuning.${analytic.id}`, (kept) => keptChange('tuning', kept));
  const yaml = useKept(`yaml.${analytic.id}`, (kept) => (typeof kept === 'string' ? kept : null));
  const changes = tuning.kept === null ? [] : tuningChanges(analytic, tuning.kept);
  const unsaved = changes.length > 0 || (yaml.kept !== null && yaml.kept !== analytic.yaml);
  useLeaveWarning(unsaved);
  return (
    <article aria-label={analytic.title} className="flex h-full flex-col">
      <AnalyticHeader analytic={analytic} />
      <Tabs
        label="Parts of the analytic"
        className="min-h-0 flex-1"
        value={tab}
        onChange={(value) => void setTab(value)}
        tabs={[
          { value: 'definition', label: 'Definition', content: <DefinitionTab analytic={analytic} /> },
          { value: 'coverage', label: 'Coverage', content: <CoverageTab analytic={analytic} /> },
          {
            value: 'tuning',
            label: 'Tuning',
            ...(changes.length > 0 ? { count: changes.length } : {}),
            content: <TuningTab analytic={analytic} draft={tuning} onYaml={() => void setTab('yaml')} />,
          },
          { value: 'yaml', label: 'YAML', content: <YamlTab analytic={analytic} draft={yaml} /> },
          {
            value: 'versions',
            label: 'Versions',
            content: (
              <VersionsTab
                analytic={analytic}
                onTuning={(change) => {
                  tuning.keep(change);
                  void setTab('tuning');
                }}
                onDefinition={(text) => {
                  yaml.keep(text);
                  void setTab('yaml');
                }}
              />
            ),
          },
          { value: 'baselines', label: 'Baselines', content: <BaselinesTab analytic={analytic.id} /> },
        ]}
      />
    </article>
  );
}
