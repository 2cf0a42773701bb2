'use client';

import { type ReactNode, useId } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { Td, Th } from '@/components/ui/Table';
import { severity } from '@/lib/contracts/scalars';

/** One question about the team, with what exactly is counted below its heading. */
export function TeamSection(props: { title: string; of: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 break-inside-avoid">
      <div className="flex flex-wrap items-baseline gap-3">
        <h2 id={id} className="flex-1 text-15">
          {props.title}
        </h2>
        {props.aside}
      </div>
      <p className="mb-1.5 max-w-[76ch] text-12 text-text-3">{props.of}</p>
      {props.children}
    </section>
  );
}

/** The heading of a table by severity or by analytic. */
export function GroupHeading({ by }: { by: 'severity' | 'analytic' }) {
  return <Th className="w-full">{by === 'severity' ? 'Severity' : 'Analytic'}</Th>;
}

/** What a row is of: all, a severity, or an analytic by its title and id. */
export function GroupCell({ row }: { row: { key: string | null; title: string } }) {
  const found = severity.options.find((each) => each === row.key);
  return (
    <Td className="min-w-32 leading-6">
      {found !== undefined ? (
        <SeverityMark severity={found} />
      ) : (
        <>
          <HostileText text={row.title} />
          {row.key === null || row.key === row.title ? null : (
            <span className="machine ml-2 text-text-3">
              <HostileText text={row.key} />
            </span>
          )}
        </>
      )}
    </Td>
  );
}
