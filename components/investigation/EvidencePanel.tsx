'use client';

import { useOpened } from '@/components/shared/opened/useOpened';
import type { HitSubject } from '@/components/shared/sigma/SigmaHits';
import { drawnLater } from '@/components/ui/onDemand';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Tabs } from '@/components/ui/Tabs';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { EvidenceTab } from './useInvestigationView';
import { WhyPanel } from './WhyPanel';

// Only what the screen opens with is part of the page; the code of the other tabs comes when somebody is here.
const EventPanel = drawnLater(
  () => import('@/components/shared/event/EventPanel').then((module) => module.EventPanel),
  PanelSkeleton,
);
const TelemetryPanel = drawnLater(
  () => import('./TelemetryPanel').then((module) => module.TelemetryPanel),
  PanelSkeleton,
);
const SimilarPanel = drawnLater(
  () => import('./SimilarPanel').then((module) => module.SimilarPanel),
  PanelSkeleton,
);
const RunbookPanel = drawnLater(
  () => import('./RunbookPanel').then((module) => module.RunbookPanel),
  PanelSkeleton,
);
const ActivityPanel = drawnLater(
  () => import('./ActivityPanel').then((module) => module.ActivityPanel),
  PanelSkeleton,
);

type EvidencePanelProps = {
  finding: FindingDetail;
  tab: EvidenceTab;
  onTab: (tab: EvidenceTab) => void;
  stage: StageView | undefined;
  eventId: string | null;
  /** Hits of Sigma on what is selected, and what that is. */
  hits: readonly SigmaHitView[];
  hitsOn: HitSubject;
  queue: string;
  onEvent: (eventId: string) => void;
  onStage: (stage: StageView) => void;
};

/** Everything that bears on the verdict, beside the picture. */
export function EvidencePanel(props: EvidencePanelProps) {
  const { finding, tab, eventId } = props;
  useOpened(finding.id, 'finding');
  useOpened(finding.id, tab === 'event' ? (eventId === null ? null : `event:${eventId}`) : tab);
  return (
    <Tabs
      label="Evidence"
      value={props.tab}
      onChange={props.onTab}
      className="size-full"
      tabs={[
        {
          value: 'why',
          label: 'Why',
          content: (
            <WhyPanel
              finding={finding}
              stage={props.stage}
              selectedEventId={props.eventId}
              onEvent={props.onEvent}
              onStage={props.onStage}
            />
          ),
        },
        {
          value: 'event',
          label: 'Event',
          content: <EventPanel eventId={props.eventId} hits={props.hits} hitsOn={props.hitsOn} />,
        },
        {
          value: 'telemetry',
          label: 'Telemetry',
          content: <TelemetryPanel finding={finding} onStage={props.onStage} />,
        },
        {
          value: 'similar',
          label: 'Similar',
          count: finding.similarTotal === 0 ? undefined : finding.similarTotal,
          content: <SimilarPanel finding={finding} queue={props.queue} />,
        },
        {
          value: 'runbook',
          label: 'Runbook',
          content: <RunbookPanel finding={finding} selectedEventId={props.eventId} onEvent={props.onEvent} />,
        },
        { value: 'activity', label: 'Activity', content: <ActivityPanel finding={finding} /> },
      ]}
    />
  );
}

function PanelSkeleton() {
  return (
    <SkeletonRegion label="Opening the panel" className="space-y-3 px-4 py-4">
      {[60, 85, 75, 80].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}
