'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { CoverageMark } from '@/components/shared/CoverageMark';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import type { HostView } from '@/lib/contracts/hosts';
import { byAnalytic } from './hostWords';
import { stageTitlesQuery } from './queries';

/** Each stage of each analytic on this host: visible, in part or blind, why, and what would make it visible. */
export function CoverageList({ coverage }: { coverage: HostView['coverage'] }) {
  // Titles are a kindness: without them a stage goes by its id.
  const titles = useQuery(stageTitlesQuery).data;
  if (coverage.length === 0)
    return (
      <PanelSection title="Stages that could be seen">
        <p className="text-text-3">This host has not been correlated yet.</p>
      </PanelSection>
    );
  return byAnalytic(coverage).map(({ analytic, stages }) => (
    <PanelSection
      key={analytic}
      title={`Stages of ${analytic} that could be seen`}
      aside={
        <Link
          className="link text-12"
          prefetch={false}
          href={`/analytics/${encodeURIComponent(analytic)}?tab=coverage`}
        >
          On all hosts
        </Link>
      }
    >
      <ul>
        {stages.map((each) => (
          <li key={each.stage} className="flex gap-3 border-b py-2 last:border-b-0">
            <span className="mt-1">
              <CoverageMark state={each.state} />
            </span>
            <div className="min-w-0 flex-1">
              <p>
                <span className="font-medium">
                  {titles?.get(each.stage) ?? each.stage.slice(each.stage.indexOf('/') + 1)}
                </span>
                <span className={each.state === 'blind' ? 'text-blind' : 'text-text-3'}>
                  {each.state === 'partial' ? ' · in part' : ` · ${each.state}`}
                </span>
              </p>
              <p className="text-text-2">
                <HostileText text={each.why} />
              </p>
              {each.fix === null ? null : (
                <p>
                  <span className="text-text-3">To see it: </span>
                  {each.fix}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </PanelSection>
  ));
}
