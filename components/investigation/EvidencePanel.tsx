'use client';

import Link from 'next/link';
import { EventPanel } from '@/components/shared/event/EventPanel';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { personName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Tabs } from '@/components/ui/Tabs';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import { findingHref } from './nextFinding';
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
        { value: 'telemetry', label: 'Telemetry', content: <TelemetryPanel {...props} /> },
        {
          value: 'similar',
          label: 'Similar',
          count: finding.similar.length === 0 ? undefined : finding.similar.length,
          content: <SimilarPanel {...props} />,
        },
        { value: 'runbook', label: 'Runbook', content: <RunbookPanel finding={finding} /> },
        { value: 'activity', label: 'Activity', content: <ActivityPanel finding={finding} /> },
      ]}
    />
  );
}

function TelemetryPanel({ finding, onStage }: EvidencePanelProps) {
  if (finding.telemetry.length === 0)
    return <Nothing>This analytic names no telemetry that it needs.</Nothing>;
  return (
    <ul>
      {finding.telemetry.map((need) => {
        const stage = finding.stages.find((candidate) => candidate.id === need.stage);
        return (
          <li key={need.stage} className="flex gap-3 border-b px-4 py-3 last:border-b-0">
            <VisibilityMark state={need.state} />
            <div className="min-w-0 flex-1">
              <p>
                {stage === undefined ? (
                  need.stage
                ) : (
                  <button
                    type="button"
                    className="font-medium hover:underline"
                    onClick={() => onStage(stage)}
                  >
                    {stage.title}
                  </button>
                )}
                <span
                  className={need.state === 'blind' ? 'text-blind' : 'text-text-3'}
                >{` · ${need.state}`}</span>
              </p>
              <p className="text-text-2">
                <HostileText text={need.why} />
              </p>
              {need.fix === null ? null : (
                <p className="mt-1">
                  <span className="text-text-3">To see it: </span>
                  {need.fix}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Visible a solid disc, partial half of one, blind the hatch. */
function VisibilityMark({ state }: { state: FindingDetail['telemetry'][number]['state'] }) {
  if (state === 'blind')
    return (
      <span
        aria-hidden="true"
        className="hatch keep-colour mt-1 size-3 shrink-0 rounded-full border border-blind"
      />
    );
  return (
    <svg width={12} height={12} aria-hidden="true" className="mt-1 shrink-0">
      <circle
        cx={6}
        cy={6}
        r={5.2}
        fill={state === 'visible' ? 'var(--matched)' : 'none'}
        stroke="var(--matched)"
        strokeWidth={1.3}
      />
      {state === 'partial' ? <path d="M6 .8A5.2 5.2 0 0 0 6 11.2Z" fill="var(--matched)" /> : null}
    </svg>
  );
}

function SimilarPanel({ finding, queue }: EvidencePanelProps) {
  if (finding.similar.length === 0)
    return <Nothing>No other finding has the same analytic with the same images.</Nothing>;
  return (
    <ul>
      {finding.similar.map((other) => (
        <li key={other.id} className="border-b last:border-b-0">
          <Link
            href={findingHref(other.id, queue)}
            className="focus-inset block px-4 py-2.5 hover:bg-surface-2"
          >
            <span className="flex items-baseline gap-3">
              <SeverityMark severity={other.severity} />
              <span>
                <HostileText text={other.host} />
              </span>
              <TimeText at={other.from} date precision="s" className="num ml-auto text-12 text-text-3" />
            </span>
            <span className="block text-text-2">
              <HostileText text={other.headline} />
            </span>
            <span className="block text-12 text-text-3">
              {other.verdict === null ? 'no verdict yet' : VERDICT_WORD[other.verdict]}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function RunbookPanel({ finding }: { finding: FindingDetail }) {
  return (
    <>
      <PanelSection title="Runbook">
        {finding.runbook.length === 0 ? (
          <p className="text-text-3">This analytic has no runbook.</p>
        ) : (
          <ol className="space-y-2">
            {finding.runbook.map((step, index) => (
              <li key={step} className="flex gap-2.5">
                <span className="num w-4 shrink-0 text-right text-text-3">{index + 1}</span>
                <span className="min-w-0">{step}</span>
              </li>
            ))}
          </ol>
        )}
      </PanelSection>
      {finding.knownGaps.length === 0 ? null : (
        <PanelSection title="Known gaps of this analytic">
          <ul className="list-disc space-y-1 pl-4 text-text-2">
            {finding.knownGaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </PanelSection>
      )}
      <PanelSection title="References">
        <ul className="space-y-1">
          {finding.references.map((reference) => (
            <li key={reference.title}>
              {reference.url === null ? (
                reference.title
              ) : (
                <a className="link" href={safeUrl(reference.url)} target="_blank" rel="noreferrer noopener">
                  {reference.title}
                </a>
              )}
            </li>
          ))}
          <li className="text-text-2">{`${finding.analytic} version ${finding.analyticVersion}${finding.techniques.length > 0 ? ` · ${finding.techniques.join(', ')}` : ''}`}</li>
        </ul>
      </PanelSection>
    </>
  );
}

/** Only web addresses become links: a definition may come from anywhere. */
function safeUrl(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

function ActivityPanel({ finding }: { finding: FindingDetail }) {
  if (finding.activity.length === 0)
    return <Nothing>Nobody has done anything with this finding yet.</Nothing>;
  return (
    <ol>
      {finding.activity.map((entry) => (
        <li key={`${entry.at}${entry.by}${entry.text}`} className="border-b px-4 py-2.5 last:border-b-0">
          <p>
            <HostileText text={entry.text} />
          </p>
          <p className="num text-12 text-text-3">
            {personName(entry.by)} · <TimeText at={entry.at} date precision="s" zone /> ·{' '}
            <AgeText at={entry.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function Nothing({ children }: { children: string }) {
  return <p className="px-4 py-6 text-text-2">{children}</p>;
}
