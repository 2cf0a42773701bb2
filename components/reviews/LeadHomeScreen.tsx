'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed, useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { AgeText } from '@/components/shared/TimeText';
import { Button, buttonClass } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Table, Td, Th } from '@/components/ui/Table';
import type { LeadHome } from '@/lib/contracts/reviews';
import { leadHomeQuery, useDrawSample } from './reviewQueries';
import { agreementText, waitText } from './reviewWords';

/** What awaits a lead: reviews, cases that lie, who has how much, and whether false positives hold up. */
export function LeadHomeScreen() {
  const home = useQuery(leadHomeQuery);
  if (home.error && !home.data)
    return (
      <ProblemNote
        error={home.error}
        what="The overview could not be read"
        safe="Cases and reviews are stored; nothing is lost."
        onRetry={() => void home.refetch()}
      />
    );
  if (!home.data)
    return (
      <SkeletonRegion label="Reading the overview" className="space-y-5 px-4 py-4">
        {[40, 70, 60, 66].map((width) => (
          <Skeleton key={width} className="h-6" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  return <Parts home={home.data} />;
}

function Parts({ home }: { home: LeadHome }) {
  return (
    <section aria-label="Review and workload" className="h-full overflow-y-auto">
      <div className="flex items-baseline gap-3 px-4 pb-1 pt-3">
        <h1 className="text-13 tracking-normal">Review and workload</h1>
        <span className="flex-1" />
        <Link href="/cases" className="link">
          All cases
        </Link>
      </div>
      <Waiting home={home} />
      <div className="grid gap-x-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Workload home={home} />
        <div>
          <Sample home={home} />
          <Ageing home={home} />
        </div>
      </div>
    </section>
  );
}

function Section(props: { title: string; count?: number; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={props.title} className="min-w-0 px-4 py-3">
      <h2 className="mb-1.5 flex items-center gap-2 text-15">
        {props.title}
        {props.count === undefined ? null : <span className="num text-text-3">{props.count}</span>}
        <span className="flex-1" />
        {props.aside}
      </h2>
      {props.children}
    </section>
  );
}

function Waiting({ home }: { home: LeadHome }) {
  return (
    <Section title="Awaiting review" count={home.waiting.length}>
      {home.waiting.length === 0 ? <p className="text-text-2">Nothing waits.</p> : null}
      <ul className="border-t">
        {home.waiting.map((each) => (
          <li key={each.review.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2">
            <span className="w-20 shrink-0 text-12 text-text-3">
              <AgeText at={each.review.submittedAt} />
            </span>
            <span className="min-w-0 flex-1">
              <Link href={`/cases/${each.id}`} className="block truncate font-medium hover:underline">
                <span className="num font-normal text-text-3">#{each.id}</span>{' '}
                <HostileText text={each.title} />
              </Link>
              <span className="num text-12 text-text-3">
                <SeverityMark severity={each.severity} /> · by <PersonName handle={each.review.submittedBy} />
              </span>
            </span>
            {each.mine ? (
              <span className="text-12 text-text-3">yours: somebody else decides</span>
            ) : (
              <Link
                className={buttonClass({ size: 'sm', variant: 'primary' })}
                href={`/cases/reviews/${each.review.id}`}
              >
                Review
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Workload({ home }: { home: LeadHome }) {
  return (
    <Section title="Workload">
      {home.workload.length === 0 ? (
        <p className="text-text-2">Nobody works on findings here yet.</p>
      ) : (
        <Table caption="Workload per person">
          <thead>
            <tr>
              <Th>Person</Th>
              <Th className="text-right">Open findings</Th>
              <Th className="text-right">Past due</Th>
              <Th className="text-right">Cases</Th>
              <Th className="text-right">Tasks</Th>
              <Th className="text-right">Verdicts, 7 days</Th>
              <Th className="text-right">Median to verdict</Th>
              <Th className="text-right">Sent back, 30 days</Th>
            </tr>
          </thead>
          <tbody className="num">
            {home.workload.map((each) => (
              <tr key={each.person}>
                <Td>
                  <PersonName handle={each.person} capital />
                </Td>
                <Td className="text-right">
                  <Link className="link" href={`/?assignee=${encodeURIComponent(each.person)}`}>
                    {each.openFindings}
                  </Link>
                </Td>
                <Td className="text-right">
                  {each.breached > 0 ? <span className="text-danger">{each.breached} late</span> : 0}
                </Td>
                <Td className="text-right">{each.openCases}</Td>
                <Td className="text-right">{each.openTasks}</Td>
                <Td className="text-right">{each.verdicts7d}</Td>
                <Td className="text-right">
                  {each.medianToVerdict === null ? '–' : waitText(each.medianToVerdict)}
                </Td>
                <Td className="text-right">{each.sentBack30d}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <p className="num mt-2 text-12 text-text-3">
        {home.blindVerdicts.closed === 0
          ? 'No false positives in 30 days.'
          : `${home.blindVerdicts.blind} of ${home.blindVerdicts.closed} false positives of 30 days were closed while a required stage was blind.`}
      </p>
    </Section>
  );
}

function Sample({ home }: { home: LeadHome }) {
  const draw = useDrawSample();
  const mayReview = useMay('cases.review');
  const { sample } = home;
  const open = sample.drawn - sample.judged;
  return (
    <Section
      title="Do false positives hold up?"
      aside={
        <Allowed to="cases.review">
          <Button size="sm" disabled={draw.isPending || sample.closed === 0} onClick={() => draw.mutate(5)}>
            Draw 5
          </Button>
        </Allowed>
      }
    >
      <p className="num">
        {sample.agreement === null
          ? 'None was judged a second time in 30 days.'
          : `${agreementText(sample.agreement)} agreement in ${sample.judged} second ${sample.judged === 1 ? 'verdict' : 'verdicts'} of 30 days.`}
      </p>
      <p className="num mt-1 text-12 text-text-3">
        {sample.closed.toLocaleString('en')} closed as false positive in 30 days, {sample.drawn} drawn at
        random.
        {mayReview && open > 0 ? (
          <>
            {' '}
            <Link className="link" href="/cases/second-verdicts">
              {open} to judge
            </Link>
          </>
        ) : null}
      </p>
      {draw.error ? <ProblemNote compact error={draw.error} what="Nothing was drawn" /> : null}
      {draw.data?.items.length === 0 ? (
        <p role="status" className="text-12 text-text-2">
          All of them were drawn already.
        </p>
      ) : null}
    </Section>
  );
}

function Ageing({ home }: { home: LeadHome }) {
  return (
    <Section title="Untouched for three days" count={home.ageing.length}>
      {home.ageing.length === 0 ? <p className="text-text-2">None.</p> : null}
      <ul className="border-t">
        {home.ageing.map((each) => (
          <li key={each.id} className="flex items-center gap-3 border-b py-1.5">
            <Link href={`/cases/${each.id}`} className="min-w-0 flex-1 truncate hover:underline">
              <span className="num text-text-3">#{each.id}</span> <HostileText text={each.title} />
            </Link>
            <span className="truncate text-12 text-text-3">
              {each.owner ? <PersonName handle={each.owner} capital /> : 'Nobody'} ·{' '}
              <AgeText at={each.updatedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
