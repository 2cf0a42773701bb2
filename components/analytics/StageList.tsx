import { clsx } from 'clsx';
import { CoverageBar } from '@/components/shared/CoverageBar';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { type AnalyticStage, coverageSentence, stageBlocks, stageDuty } from './analyticWords';
import { SentenceText } from './SentenceText';

/** The chain as sentences, stage by stage; stages of a group stand together under what they are for. */
export function StageList({ analytic }: { analytic: AnalyticView }) {
  const number = new Map(analytic.stages.map((stage, place) => [stage.id, place + 1]));
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className="mb-2 text-15">
        What must happen
      </h2>
      <ol className="space-y-3">
        {stageBlocks(analytic).map(({ group, stages }) =>
          group === null ? (
            stages.map((stage) => <Stage key={stage.id} stage={stage} number={number.get(stage.id) ?? 0} />)
          ) : (
            <li key={group.id} className="rounded-md border px-3 pb-3 pt-2">
              <p className="mb-2 text-text-2">
                <span className="font-medium text-text-1">
                  At least {group.min} of {stages.length}
                </span>
                : {group.title}
              </p>
              <ol className="space-y-3">
                {stages.map((stage) => (
                  <Stage key={stage.id} stage={stage} number={number.get(stage.id) ?? 0} />
                ))}
              </ol>
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

function Stage({ stage, number }: { stage: AnalyticStage; number: number }) {
  const { sentences, telemetry, coverage } = stage;
  const blind = coverage.blind * 2 > coverage.hosts;
  return (
    <li className="grid grid-cols-[22px_minmax(0,1fr)] gap-x-2.5">
      <span
        aria-hidden="true"
        className={clsx(
          'num mt-px flex size-5 items-center justify-center rounded-full border text-11',
          stage.anchor || stage.required ? 'border-text-1 font-medium' : 'border-line-strong text-text-2',
        )}
      >
        {number}
      </span>
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-baseline gap-x-3 text-13">
          {stage.title}
          <span className="text-12 font-normal text-text-3">{stageDuty(stage)}</span>
        </h3>
        {sentences.length === 0 ? null : sentences.length === 1 ? (
          <p className="mt-0.5 max-w-[84ch] text-pretty [overflow-wrap:anywhere]">
            <SentenceText text={sentences[0]?.sentence ?? ''} />
          </p>
        ) : (
          <ul className="mt-1 max-w-[84ch] space-y-1">
            {sentences.map(({ name, sentence }, place) => (
              <li key={`${name ?? place}`} className="flex gap-2">
                <span className="w-11 shrink-0 text-12 leading-5 text-text-3">
                  {place === 0 ? 'either' : 'or'}
                </span>
                <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">
                  <SentenceText text={sentence} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-text-3">
          <CoverageBar coverage={coverage} label={coverageSentence(coverage)} className="w-24" />
          <span className={clsx('num', blind && 'text-blind')}>{coverageSentence(coverage)}</span>
          <span>
            needs <span className="machine">{telemetry.needs.join(', ')}</span>
            {telemetry.fields.length === 0 ? null : (
              <>
                {' '}
                with <span className="machine">{telemetry.fields.join(', ')}</span>
              </>
            )}
          </span>
        </p>
      </div>
    </li>
  );
}
