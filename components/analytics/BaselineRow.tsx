'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { findingsText } from '@/components/shared/baseline/backtestWords';
import { effectWord, endsSoon, expiryText } from '@/components/shared/baseline/baselineWords';
import { LossNote } from '@/components/shared/baseline/LossNote';
import { lossText } from '@/components/shared/baseline/proposalWords';
import { triageHref } from '@/components/shared/findingFilters';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { useNow } from '@/components/shared/useTimeFormat';
import type { BaselineView } from '@/lib/contracts/baselines';
import { BaselineActs } from './BaselineActs';
import { BaselineHistory } from './BaselineHistory';

/** One baseline: what it covers in words, why, who answers for it, until when, and how much it hides. */
export function BaselineRow(props: { baseline: BaselineView; withAnalytic: boolean; onRevoke: () => void }) {
  const { baseline, withAnalytic, onRevoke } = props;
  const active = baseline.state === 'active';
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-1.5 border-b px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className={clsx('font-medium [overflow-wrap:anywhere]', !active && 'text-text-2')}>
            <HostileText text={baseline.title} />
          </span>
          {withAnalytic ? (
            <Link
              href={`/analytics/${encodeURIComponent(baseline.analytic)}?tab=baselines`}
              className="link machine"
            >
              {baseline.analytic}
            </Link>
          ) : null}
          <span className="text-12 text-text-2">{effectWord(baseline)}</span>
        </p>
        <p className="text-pretty text-text-2 [overflow-wrap:anywhere]">
          <HostileText text={baseline.sentence === '' ? baseline.when : baseline.sentence} />
        </p>
        <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
          Why: <HostileText text={baseline.reason} />
        </p>
        {baseline.state === 'waiting' ? <Waiting baseline={baseline} /> : null}
        {baseline.approvedAt !== null ? (
          <p className="num text-12 text-text-3">
            Approved <TimeText at={baseline.approvedAt} date precision="min" /> by{' '}
            <PersonName handle={baseline.approvedBy ?? ''} />
            {lossText(baseline.loses) === null ? '' : `, knowing that it hides ${lossText(baseline.loses)}`}
          </p>
        ) : null}
        {baseline.state === 'revoked' && baseline.revokedAt !== null ? (
          <p className="num text-12 text-text-3">
            Revoked <TimeText at={baseline.revokedAt} date precision="min" /> by{' '}
            <PersonName handle={baseline.revokedBy ?? ''} />:{' '}
            <HostileText text={baseline.revokedReason ?? ''} />
          </p>
        ) : null}
      </div>
      <dl className="num grid basis-60 grid-cols-[auto_1fr] gap-x-3 text-12">
        <dt className="text-text-3">owner</dt>
        <dd>
          <PersonName handle={baseline.owner} />
        </dd>
        <dt className="text-text-3">made</dt>
        <dd>
          <TimeText at={baseline.createdAt} date precision="min" /> by{' '}
          <PersonName handle={baseline.createdBy} />
        </dd>
        <dt className="text-text-3">ends</dt>
        <dd>
          <Ends baseline={baseline} />
        </dd>
        <dt className="text-text-3">covers</dt>
        <dd>
          {baseline.hits > 0 ? (
            <Link href={hitsHref(baseline)} className="link">
              {findingsText(baseline.hits)}
            </Link>
          ) : (
            'nothing now'
          )}
          {baseline.lastHitAt === null ? null : (
            <span className="text-text-2">
              , last <TimeText at={baseline.lastHitAt} date precision="min" />
            </span>
          )}
        </dd>
        {baseline.finding === null ? null : (
          <>
            <dt className="text-text-3">from</dt>
            <dd>
              <Link
                href={`/findings/${encodeURIComponent(baseline.finding)}`}
                prefetch={false}
                className="link"
              >
                the finding it was drawn from
              </Link>
            </dd>
          </>
        )}
      </dl>
      {baseline.state === 'revoked' ? (
        <span className="w-16 text-12 text-text-3">{baseline.state}</span>
      ) : (
        <BaselineActs baseline={baseline} onRevoke={onRevoke} />
      )}
      <BaselineHistory baseline={baseline} />
    </li>
  );
}

/** Why it does nothing yet, with what it would take from sight. */
function Waiting({ baseline }: { baseline: BaselineView }) {
  return (
    <div className="mt-1 space-y-1.5">
      <p className="text-warning">
        Not in force:{' '}
        {lossText(baseline.loses) === null
          ? 'its author may only propose, so a second person approves it.'
          : 'it loses something, so a second person looks at that and approves it.'}
      </p>
      <LossNote quiet loses={baseline.loses} />
    </div>
  );
}

function Ends({ baseline }: { baseline: BaselineView }) {
  const now = useNow();
  const soon = now !== null && endsSoon(baseline, now);
  return (
    <span className={soon ? 'text-warning' : ''}>
      <TimeText at={baseline.expiresAt} date precision="min" />
      {now === null ? '' : `, ${expiryText(baseline.expiresAt, now)}`}
      {soon ? ': soon' : ''}
    </span>
  );
}

/** Where what it covers can be seen: hidden, lowered and decided alike. */
function hitsHref({ id }: BaselineView): string {
  return triageHref({ view: 'suppressed', baseline: Number(id) });
}
