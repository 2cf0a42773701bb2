'use client';

import { useQuery } from '@tanstack/react-query';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail } from '@/lib/contracts/findings';
import { RunbookStep } from './RunbookStep';
import { runbookQueryOptions } from './runbookQuery';

/** What to do, step by step; what the events themselves can answer is answered already. */
export function RunbookPanel(props: {
  finding: FindingDetail;
  selectedEventId: string | null;
  onEvent: (eventId: string) => void;
}) {
  const { finding } = props;
  return (
    <>
      <PanelSection title="Runbook">
        <Steps {...props} />
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

function Steps(props: {
  finding: FindingDetail;
  selectedEventId: string | null;
  onEvent: (eventId: string) => void;
}) {
  const { finding } = props;
  const query = useQuery({ ...runbookQueryOptions(finding.id), enabled: finding.runbook.length > 0 });
  if (finding.runbook.length === 0) return <p className="text-text-3">This analytic has no runbook.</p>;
  // The steps are known at once; their answers are being looked for.
  if (query.data === undefined)
    return (
      <>
        {query.error === null ? null : (
          <ProblemNote
            compact
            error={query.error}
            what="The steps could not be answered from the events"
            onRetry={() => void query.refetch()}
          />
        )}
        <ol className="space-y-3">
          {finding.runbook.map((step) => (
            <li key={step}>
              <p>{step}</p>
              {query.isPending ? (
                <SkeletonRegion label="Looking for the answer" className="mt-1.5">
                  <Skeleton className="w-1/2" />
                </SkeletonRegion>
              ) : null}
            </li>
          ))}
        </ol>
      </>
    );
  return (
    <ol className="space-y-3.5">
      {query.data.steps.map((step, place) => (
        <RunbookStep
          key={step.text}
          step={step}
          number={place + 1}
          selectedEventId={props.selectedEventId}
          onEvent={props.onEvent}
        />
      ))}
    </ol>
  );
}

/** Only web addresses become links: a definition may come from anywhere. */
function safeUrl(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}
