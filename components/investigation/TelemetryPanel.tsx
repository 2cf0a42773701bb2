import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { CoverageMark } from '@/components/shared/CoverageMark';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import { timelineQueryOptions } from './queries';
import { type BlindKind, blindAround } from './telemetryWords';

/** What could be seen on this host then: stage by stage, and kind by kind around the finding. */
export function TelemetryPanel({
  finding,
  onStage,
}: {
  finding: FindingDetail;
  onStage: (stage: StageView) => void;
}) {
  return (
    <>
      <PanelSection title="For each stage">
        {finding.telemetry.length === 0 ? (
          <p className="text-text-2">This analytic names no telemetry that it needs.</p>
        ) : (
          <ul className="space-y-2.5">
            {finding.telemetry.map((need) => (
              <StageNeed key={need.stage} need={need} finding={finding} onStage={onStage} />
            ))}
          </ul>
        )}
      </PanelSection>
      <PanelSection
        title="Around the finding, by kind of event"
        aside={
          <Link className="link text-12" href={`/hosts/${encodeURIComponent(finding.hostId)}?tab=telemetry`}>
            All of this host
          </Link>
        }
      >
        <BlindKinds finding={finding} />
      </PanelSection>
    </>
  );
}

function StageNeed(props: {
  need: FindingDetail['telemetry'][number];
  finding: FindingDetail;
  onStage: (stage: StageView) => void;
}) {
  const { need, finding } = props;
  const id = need.stage.slice(need.stage.indexOf('/') + 1);
  const stage = finding.stages.find((candidate) => candidate.id === id || candidate.id === need.stage);
  return (
    <li className="flex gap-3">
      <span className="mt-1 flex h-3 shrink-0">
        <CoverageMark state={need.state} />
      </span>
      <div className="min-w-0 flex-1">
        <p>
          {stage === undefined ? (
            need.stage
          ) : (
            <button
              type="button"
              className="min-h-6 text-left font-medium hover:underline"
              onClick={() => props.onStage(stage)}
            >
              {stage.title}
            </button>
          )}
          <span className={need.state === 'blind' ? 'text-blind' : 'text-text-3'}>{` · ${need.state}`}</span>
        </p>
        <p className="text-text-2">
          <HostileText text={need.why} />
        </p>
        {stage?.stateReason == null || stage.state !== 'blind' ? null : (
          <p className="text-blind">
            <span className="text-text-3">then: </span>
            <HostileText text={stage.stateReason} />
          </p>
        )}
        {need.fix === null ? null : (
          <p className="mt-0.5">
            <span className="text-text-3">To see it: </span>
            {need.fix}
          </p>
        )}
      </div>
    </li>
  );
}

/** The kinds that could not be seen in the finding's time, each with when and why; or that all could. */
function BlindKinds({ finding }: { finding: FindingDetail }) {
  const query = useQuery(timelineQueryOptions(finding.id));
  if (query.isPending)
    return (
      <SkeletonRegion label="Reading what was recorded" className="space-y-2">
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </SkeletonRegion>
    );
  if (query.data === undefined)
    return (
      <ProblemNote
        compact
        error={query.error}
        what="What was recorded then could not be read"
        onRetry={() => void query.refetch()}
      />
    );
  const blind = blindAround(query.data.blind, finding);
  if (blind.length === 0)
    return (
      <p className="text-text-2">
        No interval is known in which this host could not have recorded a kind of event that is watched.
      </p>
    );
  return (
    <ul className="space-y-2.5">
      {blind.map((kind) => (
        <BlindRow key={kind.kind} blind={kind} />
      ))}
    </ul>
  );
}

function BlindRow({ blind }: { blind: BlindKind }) {
  const format = useTimeFormat();
  return (
    <li className="flex gap-3">
      <span className="mt-1 flex h-3 shrink-0">
        <CoverageMark state={blind.whole ? 'blind' : 'partial'} />
      </span>
      <div className="min-w-0 flex-1">
        <p>
          <span className="machine">{blind.kind}</span>
          <span className="text-blind">{blind.whole ? ' · blind' : ' · blind in part'}</span>
        </p>
        <ul>
          {blind.intervals.map((interval) => (
            <li key={interval.from} className="text-text-2">
              {blind.whole ? null : (
                <span className="num">{`${format.time(interval.from, 's')} to ${format.time(interval.to, 's')}: `}</span>
              )}
              <HostileText text={interval.reason} />
            </li>
          ))}
        </ul>
        {blind.more === 0 ? null : (
          <p className="text-12 text-text-3">{`and ${blind.more} more such intervals`}</p>
        )}
      </div>
    </li>
  );
}
