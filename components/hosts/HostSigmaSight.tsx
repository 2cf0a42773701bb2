'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { CoverageMark } from '@/components/shared/CoverageMark';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { sigmaCoverageQuery } from '@/components/shared/sigma/sigmaCoverage';
import { counted } from '@/lib/base/numberWords';
import type { HostView } from '@/lib/contracts/hosts';

/** How many of the Sigma rules that run can be decided on this host, and of what records; nothing while none runs. */
export function HostSigmaSight({ host }: { host: HostView }) {
  const coverage = useQuery(sigmaCoverageQuery).data;
  const own = coverage?.hosts.find((each) => each.host.id === host.id);
  if (coverage === undefined || coverage.rules === 0 || own === undefined) return null;
  const counts = { visible: own.visible, partial: own.partial, blind: own.blind };
  return (
    <PanelSection
      title="Sigma rules that could be decided"
      aside={
        <Link
          className="link text-12"
          prefetch={false}
          href={`/sigma?by=hit&host=${encodeURIComponent(host.name)}`}
        >
          Hits on this host
        </Link>
      }
    >
      <ul className="num flex flex-wrap gap-x-6 gap-y-1">
        {(['visible', 'partial', 'blind'] as const).map((state) => (
          <li key={state} className="flex items-center gap-2">
            <CoverageMark state={state} />
            {counted(counts[state], 'rule')} {state === 'partial' ? 'in part' : state}
          </li>
        ))}
      </ul>
      {own.sources.length === 0 ? null : (
        <p className="num mt-1.5 text-text-2 [overflow-wrap:anywhere]">
          From{' '}
          <HostileText
            text={own.sources
              .map(({ title, records }) => `${title} (${counted(records, 'record')})`)
              .join(', ')}
          />
        </p>
      )}
    </PanelSection>
  );
}
