'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import { Tabs } from '@/components/ui/Tabs';
import { useToast } from '@/components/ui/Toast';
import type { EnvironmentView } from '@/lib/contracts/analytics';
import { DetailSkeleton } from './AnalyticsSkeleton';
import { ChangeBar } from './ChangeBar';
import {
  type EnvironmentChange,
  environmentChanges,
  environmentInForce,
  scaleProblem,
  withList,
} from './environmentDraft';
import { environmentQuery, useSaveChange, versionsQuery } from './queries';
import { SeverityScaleFields } from './SeverityScaleFields';
import { SharedLists } from './SharedLists';
import { keptChange } from './tuningDraft';
import { useKept } from './useKept';
import { useTrial } from './useTrial';
import { VersionList } from './VersionList';

const TABS = ['settings', 'versions'] as const;

/** What all analytics share here: from which score a finding has each severity, and the lists they refer to. */
export function EnvironmentScreen() {
  const query = useQuery(environmentQuery);
  if (query.error && !query.data)
    return (
      <ProblemNote
        error={query.error}
        what="The settings could not be read"
        safe="Detection goes on with what is in force."
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <DetailSkeleton label="Reading the settings" />;
  return <Environment view={query.data} />;
}

function Environment({ view }: { view: EnvironmentView }) {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('settings'));
  const draft = useKept('environment', (kept) => keptChange('environment', kept));
  const change = draft.kept ?? environmentInForce(view);
  const changes = environmentChanges(view, change);
  useLeaveWarning(changes.length > 0);
  return (
    <article aria-label="Environment" className="flex h-full flex-col">
      <header className="px-4 pb-2 pt-3.5">
        <h1 className="text-20">Environment</h1>
        <p className="text-text-2">What all analytics share here: severity by score, and shared lists.</p>
      </header>
      <Tabs
        label="Parts of the environment"
        className="min-h-0 flex-1"
        value={tab}
        onChange={(value) => void setTab(value)}
        tabs={[
          {
            value: 'settings',
            label: 'Settings',
            ...(changes.length > 0 ? { count: changes.length } : {}),
            content: <Settings view={view} change={change} changes={changes} draft={draft} />,
          },
          {
            value: 'versions',
            label: 'Versions',
            content: (
              <Versions
                inForce={view.revision}
                onRestore={(restored) => {
                  draft.keep(restored);
                  void setTab('settings');
                }}
              />
            ),
          },
        ]}
      />
    </article>
  );
}

function Settings(props: {
  view: EnvironmentView;
  change: EnvironmentChange;
  changes: readonly string[];
  draft: { keep: (change: EnvironmentChange) => void; forget: () => void };
}) {
  const { view, change, changes, draft } = props;
  const trial = useTrial('environment', changes.length === 0 ? null : change);
  const save = useSaveChange('environment');
  const toast = useToast();
  const refusal = useRefusal('analytics.test');
  const set = (next: EnvironmentChange) =>
    environmentChanges(view, next).length === 0 ? draft.forget() : draft.keep(next);
  return (
    <div className="flex h-full flex-col">
      <div className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 py-4">
        {refusal === null ? null : <p className="mb-4 text-text-2">{refusal}</p>}
        <fieldset disabled={refusal !== null} className="min-w-0 space-y-7">
          <SeverityScaleFields
            scale={change.severity}
            shipped={view.shippedSeverity}
            onChange={(severity) => set({ ...change, severity })}
          />
          <SharedLists
            view={view}
            change={change}
            onChange={(list, values) => set(withList(change, list, values))}
          />
        </fieldset>
      </div>
      <ChangeBar
        trial={trial}
        changes={changes}
        obstacle={scaleProblem(change.severity)}
        save={save.mutateAsync}
        onSaved={() => {
          draft.forget();
          toast.show({ text: 'Saved. Every analytic is run over what is stored, in the background.' });
        }}
        onDiscard={() => {
          draft.forget();
          void trial.forget();
        }}
      />
    </div>
  );
}

function Versions(props: { inForce: number; onRestore: (change: EnvironmentChange) => void }) {
  const query = useQuery(versionsQuery('environment'));
  if (query.error && !query.data)
    return (
      <ProblemNote
        error={query.error}
        what="The versions could not be read"
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <DetailSkeleton label="Reading the versions" />;
  return (
    <VersionList
      items={query.data.items}
      inForce={props.inForce}
      none="Nothing was changed here: severity and lists are as shipped."
      onRestore={({ change }) => {
        if (change.kind === 'environment') props.onRestore(change);
      }}
    />
  );
}
