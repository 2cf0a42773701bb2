'use client';

import Link from 'next/link';
import type { ReactNode, Ref } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { formatDuration, millisecondsBetween } from '@/components/shared/timeFormat';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { DueMark } from '@/components/shared/verdict/DueMark';
import type { FindingDetail } from '@/lib/contracts/findings';

/** What happened, in one sentence, and the facts beside it. */
export function FindingHeader({
  finding,
  headline,
  headlineId,
  actions,
  children,
}: {
  finding: FindingDetail;
  /** Where reading begins: it takes the focus when the finding comes up by itself. */
  headline: Ref<HTMLHeadingElement>;
  headlineId: string;
  actions: ReactNode;
  children: ReactNode;
}) {
  const format = useTimeFormat();
  const sameDay = format.date(finding.from) === format.date(finding.to);
  return (
    <header className="border-b px-5 pb-2.5 pt-3">
      <div className="grid grid-cols-[1fr_auto] items-start gap-x-6 gap-y-1">
        <h1
          ref={headline}
          id={headlineId}
          tabIndex={-1}
          className="col-span-2 min-w-0 text-20 outline-none [overflow-wrap:anywhere] xl:col-span-1"
        >
          <HostileText text={finding.headline} />
        </h1>
        <div className="no-print col-start-2 row-start-2 flex flex-wrap items-center justify-end gap-2 max-md:col-span-2 max-md:col-start-1 max-md:row-start-3 xl:row-start-1">
          {actions}
        </div>
        <ul
          aria-label="About this finding"
          className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 self-center text-text-2 max-md:col-span-2 xl:col-span-2"
        >
          <li>
            <SeverityMark severity={finding.severity} score={finding.score} className="font-medium" />
          </li>
          <li title={finding.analyticTitle}>{`${finding.analytic} · ${finding.status}`}</li>
          <li>
            <HostileText text={finding.host} />
          </li>
          {finding.user === null ? null : (
            <li>
              <HostileText text={finding.user} />
            </li>
          )}
          <li className="num">
            <time dateTime={finding.from}>{format.dateTime(finding.from, 's')}</time>
            {' → '}
            <time dateTime={finding.to}>
              {sameDay ? format.time(finding.to, 's') : format.dateTime(finding.to, 's')}
            </time>
            {` ${format.zoneName} · ${formatDuration(millisecondsBetween(finding.from, finding.to))}`}
          </li>
          <li
            title={hostilePlain(finding.weakestLink.text)}
          >{`weakest link: ${finding.weakestLink.strength}`}</li>
          {finding.suppressed ? <li className="text-warning">suppressed by a baseline</li> : null}
          {finding.assignee === null ? null : (
            <li>
              {'with '}
              <PersonName handle={finding.assignee} />
            </li>
          )}
          {finding.due === null ? null : (
            <li>
              <DueMark due={finding.due} clock={finding.clock} />
            </li>
          )}
          {finding.case === null ? null : (
            <li className="min-w-0 max-w-60 truncate">
              <Link href={`/cases/${finding.case.id}`} prefetch={false} className="link">
                case {finding.case.id}: <HostileText text={finding.case.title} />
              </Link>
            </li>
          )}
        </ul>
      </div>
      {children}
    </header>
  );
}
