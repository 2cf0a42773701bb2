import { clsx } from 'clsx';
import { CoverageBar } from '@/components/shared/CoverageBar';
import { type AnalyticStage, coverageSentence, stagesSentence } from './analyticWords';

/** One small bar for each stage, in the order of the chain: where on all hosts it can and cannot be seen. */
export function StageCoverageStrip(props: {
  stages: readonly AnalyticStage[];
  className?: string | undefined;
}) {
  const sentence = stagesSentence(props.stages);
  return (
    <span
      role="img"
      aria-label={sentence}
      title={props.stages
        .map(({ title, coverage }) => `${title}: ${coverageSentence(coverage).toLowerCase()}`)
        .join('\n')}
      className={clsx('flex gap-1', props.className)}
    >
      {props.stages.map((stage) => (
        <span key={stage.id} aria-hidden="true" className="min-w-0 flex-1">
          <CoverageBar coverage={stage.coverage} label="" />
        </span>
      ))}
    </span>
  );
}
