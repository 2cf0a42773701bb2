'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { eventsHref, lineageHref } from '@/components/shared/query/eventSearch';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { MatchedParts } from '@/components/shared/sigma/MatchedParts';
import { authorText, licenceText } from '@/components/shared/sigma/ruleWords';
import { TimeText } from '@/components/shared/TimeText';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { fieldIs } from '@/lib/query/quote';
import { rulesHref } from './sigmaUrl';

/** A hit whole: which rule, why it holds with what the record has, on which process, and where the record stands. */
export function HitDetail({ hit }: { hit: SigmaHitView }) {
  return (
    <div className="space-y-5 px-4 pb-8 pt-3">
      <RuleLines hit={hit} />
      {hit.baseline === null ? null : (
        <p className="border-l-2 border-line-strong pl-2.5 text-text-2">
          Normal here: the baseline{' '}
          <Link href="/sigma/baselines" className="link">
            <HostileText text={hit.baseline.title} />
          </Link>{' '}
          covers it.
        </p>
      )}
      <section aria-labelledby="matched-title">
        <h3 id="matched-title" className="label mb-1">
          Why it holds
        </h3>
        <MatchedParts parts={hit.matched} />
      </section>
      <ProcessLines hit={hit} />
      <Links hit={hit} />
    </div>
  );
}

function RuleLines({ hit }: { hit: SigmaHitView }) {
  const { rule } = hit;
  return (
    <div className="space-y-0.5">
      <p className="num flex flex-wrap gap-x-3 text-text-2">
        <SeverityMark severity={rule.level} />
        <TimeText at={hit.time} date precision="ms" zone />
        <span className="machine">
          <HostileText text={hit.host.name} />
        </span>
      </p>
      <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
        Rule <MonoText text={rule.ruleId} />, <HostileText text={authorText(rule.author)} />,{' '}
        <HostileText text={licenceText(rule.license)} />.{' '}
        <Link href={rulesHref({ rule: rule.id })} className="link">
          The rule
        </Link>
      </p>
      {hit.case === null ? null : (
        <p>
          <Link href={`/cases/${hit.case.id}`} prefetch={false} className="link">
            Case {hit.case.id}: <HostileText text={hit.case.title} />
          </Link>
        </p>
      )}
    </div>
  );
}

function ProcessLines({ hit }: { hit: SigmaHitView }) {
  const { image, commandLine, pid, user } = hit.process;
  const lines: [string, ReactNode][] = [
    ...(image === null ? [] : [['Image', <MonoText key="i" text={image} />] as [string, ReactNode]]),
    ...(commandLine === null
      ? []
      : [['Command line', <MonoText key="c" text={commandLine} max={400} />] as [string, ReactNode]]),
    ...(pid === null ? [] : [['Process id', String(pid)] as [string, ReactNode]]),
    ...(user === null ? [] : [['User', <MonoText key="u" text={user} />] as [string, ReactNode]]),
    ['Record', <RecordPlace key="r" hit={hit} />],
  ];
  return (
    <section aria-labelledby="process-title">
      <h3 id="process-title" className="label mb-1">
        {image === null && pid === null ? 'The record names no process' : 'Process and record'}
      </h3>
      <dl className="num grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-1">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function RecordPlace({ hit }: { hit: SigmaHitView }) {
  const { file, index, importId } = hit.record;
  return (
    <>
      <HostileText text={hit.source} />, record {index.toLocaleString('en')} of{' '}
      <span className="machine">
        <HostileText text={file} />
      </span>
      ,{' '}
      <Link href={`/imports?import=${encodeURIComponent(importId)}`} className="link">
        its import
      </Link>
    </>
  );
}

function Links({ hit }: { hit: SigmaHitView }) {
  const { entityId } = hit.process;
  const at = entityId !== null ? { entityId } : hit.eventId !== null ? { eventId: hit.eventId } : null;
  return (
    <section aria-labelledby="links-title">
      <h3 id="links-title" className="label mb-1">
        Go on
      </h3>
      <ul className="space-y-1">
        <li>
          {hit.eventId === null ? (
            <span className="text-text-3">
              The record is no event of ours: it stands in its import as it was sent.
            </span>
          ) : (
            <Link
              href={eventsHref({
                q: fieldIs('host.name', hit.host.name),
                event: hit.eventId,
                ...around(hit.time),
              })}
              prefetch={false}
              className="link"
            >
              The event, among those around it
            </Link>
          )}
        </li>
        {at === null ? null : (
          <li>
            <Link href={lineageHref(hit.host.id, at)} prefetch={false} className="link">
              The process, in the lineage of its host
            </Link>
          </li>
        )}
        <li>
          <Link href={`/hosts/${encodeURIComponent(hit.host.id)}`} prefetch={false} className="link">
            Host <HostileText text={hit.host.name} />
          </Link>
        </li>
      </ul>
    </section>
  );
}

const FIVE_MINUTES = 5 * 60_000;

/** Five minutes to each side of an instant. */
function around(time: string): { from?: string; to?: string } {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return {};
  return {
    from: new Date(at - FIVE_MINUTES).toISOString(),
    to: new Date(at + FIVE_MINUTES).toISOString(),
  };
}
