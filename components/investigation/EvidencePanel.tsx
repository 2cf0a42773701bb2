'use client';

import { EventPanel } from '@/components/shared/event/EventPanel';
import { Tabs } from '@/components/ui/Tabs';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import { ActivityPanel } from './ActivityPanel';
import { RunbookPanel } from './RunbookPanel';
import { SimilarPanel } from './SimilarPanel';
import { TelemetryPanel } from './TelemetryPanel';
import type { EvidenceTab } from './useInvestigationView';
import { WhyPanel } from './WhyPanel';

type EvidencePanelProps = {
  finding: FindingDetail;
  tab: EvidenceTab;
  onTab: (tab: EvidenceTab) => void;
  stage: StageView | undefined;
  eventId: string | null;
  queue: string;
  onEvent: (eventId: string) => void;
  onStage: (stage: StageView) => void;
};

/** Everything that bears on the verdict, beside the picture. */
export function EvidencePanel(props: EvidencePanelProps) {
  const { finding } = props;
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
        { value: 'event', label: 'Event', content: <EventPanel eventId={props.eventId} /> },
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
