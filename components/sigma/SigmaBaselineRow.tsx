'use client';

import { clsx } from 'clsx';
import { endsSoon, expiryText } from '@/components/shared/baseline/baselineWords';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { useNow } from '@/components/shared/useTimeFormat';
import { Button } from '@/components/ui/Button';
import { counted } from '@/lib/base/numberWords';
import type { SigmaBaselineView } from '@/lib/contracts/sigmaBaselines';
import { patternText } from './sigmaWords';

/** One baseline of hits; `onRevoke` null for those who may not. */
export function SigmaBaselineRow(props: { baseline: SigmaBaselineView; onRevoke: (() => void) | null }) {
  const { baseline, onRevoke } = props;
  const now = useNow();
  const active = baseline.state === 'active';
  // A baseline of hits has no state in which it waits for a second person.
  const soon = active && now !== null && endsSoon({ state: 'active', expiresAt: baseline.expiresAt }, now);
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-1.5 border-b px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-80">
        <p className={clsx('font-medium [overflow-wrap:anywhere]', !active && 'text-text-2')}>
          <HostileText text={baseline.title} />{' '}
          {active ? null : <span className="text-12 font-normal text-text-3">{baseline.state}</span>}
        </p>
        <p className="text-text-2 [overflow-wrap:anywhere]">
          Rule{' '}
          <HostileText text={baseline.rule?.title ?? `${baseline.ruleId}, which no set holds any more`} />
        </p>
        <p className="machine text-text-2 [overflow-wrap:anywhere]">
          <HostileText text={patternText(baseline)} />
        </p>
        <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
          Why: <HostileText text={baseline.reason} />
        </p>
        {baseline.revokedBy === null ? null : (
          <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
            Revoked by <PersonName handle={baseline.revokedBy} />:{' '}
            <HostileText text={baseline.revokedReason ?? ''} />
          </p>
        )}
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
        <dd className={soon ? 'text-warning' : ''}>
          <TimeText at={baseline.expiresAt} date precision="min" />
          {now === null ? '' : `, ${expiryText(baseline.expiresAt, now)}`}
          {soon ? ': soon' : ''}
        </dd>
        <dt className="text-text-3">covers</dt>
        <dd>{baseline.hits === 0 ? 'nothing now' : counted(baseline.hits, 'hit')}</dd>
      </dl>
      <span className="w-16">
        {active && onRevoke ? (
          <Button size="sm" onClick={onRevoke}>
            Revoke
            <span className="sr-only">
              {' '}
              <HostileText text={baseline.title} />
            </span>
          </Button>
        ) : null}
      </span>
    </li>
  );
}
