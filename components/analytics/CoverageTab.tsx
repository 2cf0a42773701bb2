import Link from 'next/link';
import { CoverageBar, CoverageLegend } from '@/components/shared/CoverageBar';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { type AnalyticStage, allFixes, coverageSentence, stageDuty } from './analyticWords';

/** Where each stage can be seen, on how many hosts it cannot, and what would change that. */
export function CoverageTab({ analytic }: { analytic: AnalyticView }) {
  const hosts = Math.max(0, ...analytic.stages.map(({ coverage }) => coverage.hosts));
  if (hosts === 0)
    return (
      <p className="max-w-[62ch] px-4 py-5 text-text-2">
        {analytic.enabled
          ? 'Not known yet: coverage is worked out from what imports deliver.'
          : 'Switched off: coverage is worked out only for what runs.'}{' '}
        <Link href="/imports" className="link">
          Import an export
        </Link>
      </p>
    );
  return (
    <div className="@container">
      <div className="grid gap-x-8 gap-y-6 px-4 py-4 @4xl:grid-cols-[minmax(0,1fr)_minmax(280px,0.7fr)]">
        <section aria-labelledby="by-stage">
          <div className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <h2 id="by-stage" className="flex-1 text-15">
              Stage by stage
            </h2>
            <CoverageLegend />
          </div>
          <ul className="border-t">
            {analytic.stages.map((stage) => (
              <Row key={stage.id} stage={stage} />
            ))}
          </ul>
          <p className="mt-3">
            <Link href="/hosts" className="link">
              {hosts.toLocaleString('en')} {hosts === 1 ? 'host' : 'hosts'}
            </Link>
          </p>
        </section>
        <Fixes stages={analytic.stages} />
      </div>
    </div>
  );
}

function Row({ stage }: { stage: AnalyticStage }) {
  const { coverage } = stage;
  return (
    <li className="border-b py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{stage.title}</span>
        <span className="text-12 text-text-3">{stageDuty(stage)}</span>
      </p>
      <CoverageBar coverage={coverage} label={coverageSentence(coverage)} className="mb-1 mt-1.5 h-3" />
      <p className="num flex flex-wrap gap-x-4 text-12 text-text-2">
        <span>{coverage.visible.toLocaleString('en')} visible</span>
        <span>{coverage.partial.toLocaleString('en')} partial</span>
        <span className={coverage.blind > 0 ? 'text-blind' : ''}>
          {coverage.blind.toLocaleString('en')} blind
        </span>
        <span className="text-text-3">
          needs <span className="machine">{stage.telemetry.needs.join(', ')}</span>
        </span>
      </p>
    </li>
  );
}

function Fixes({ stages }: { stages: readonly AnalyticStage[] }) {
  const fixes = allFixes(stages);
  return (
    <section aria-labelledby="fixes">
      <h2 id="fixes" className="mb-2 text-15">
        What would open most
      </h2>
      {fixes.length === 0 ? (
        <p className="text-text-2">Nothing is missing: every stage can be seen on every host.</p>
      ) : (
        <ol className="border-t">
          {fixes.map(({ fix, why, hosts, stages: titles }) => (
            <li key={fix} className="border-b py-2.5">
              <p className="text-pretty">{fix}</p>
              <p className="num mt-0.5 text-12 text-text-2">
                On {hosts.toLocaleString('en')} {hosts === 1 ? 'host' : 'hosts'}, for {titles.join(', ')}
              </p>
              {why === '' ? null : <p className="mt-0.5 text-12 text-text-3">{why}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
