// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

import { clsx } from 'clsx';
import Link from 'next/link';
import { memo } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { personName } from '@/components/shared/people';
import { SEVERITY_WORD, SeverityMark, severityInk } from '@/components/shared/SeverityMark';
import { StageStrip } from '@/components/shared/StageStrip';
import { AgeText } from '@/components/shared/TimeText';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { VERDICT_WORD, verdictSentence } from '@/components/shared/verdict/verdictWords';
import type { FindingSummary } from '@/lib/contracts/findings';

/** Columns of the queue, for its heading and its rows: as many as the list's own width allows. */
export const COLUMNS =
  'grid grid-cols-[3px_24px_minmax(0,1fr)_44px] items-center gap-x-2.5 pr-4 @lg:grid-cols-[3px_24px_108px_minmax(0,1fr)_84px_48px] @xl:grid-cols-[3px_24px_108px_minmax(0,1fr)_84px_48px_66px] @3xl:grid-cols-[3px_24px_108px_minmax(0,1fr)_88px_48px_66px_68px] @5xl:grid-cols-[3px_24px_132px_minmax(0,1fr)_128px_52px_72px_104px]';

/** Shown from the list's width at which the column exists. */
export const WITH_STRIP = '@max-lg:hidden';
export const WITH_HOST = '@max-lg:hidden';
export const WITH_AGE = '@max-xl:hidden';
export const WITH_PERSON = '@max-3xl:hidden';

type QueueRowProps = {
  id: string;
  finding: FindingSummary;
  href: string;
  /** 1-based, the heading counts as the first. */
  rowIndex: number;
  active: boolean;
  picked: boolean;
  onSelect: (id: string) => void;
  onPick: (id: string) => void;
  onOpen: (id: string) => void;
};

/** One finding in 40 px: edge, strip, sentence over trail, host over user, score over severity, age over time, who. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { id, finding, href, rowIndex, active, picked, onSelect, onPick, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={active}
      onClick={() => onSelect(finding.id)}
      onDoubleClick={() => onOpen(finding.id)}
      className={clsx(
        COLUMNS,
        'h-10 cursor-default border-b',
        active
          ? 'bg-accent-soft -outline-offset-2 outline-accent group-focus-visible:outline-2'
          : 'hover:bg-surface-2',
      )}
    >
      <SeverityMark severity={finding.severity} as="edge" />
      <span role="gridcell" className="flex size-6 items-center justify-center">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={picked}
          aria-label="Select"
          onChange={() => onPick(finding.id)}
          onClick={(event) => event.stopPropagation()}
          className="size-3.5 accent-(--accent)"
        />
      </span>
      <Cell className={WITH_STRIP}>
        <StageStrip stages={finding.stages} />
      </Cell>
      <Cell>
        <Link
          href={href}
          tabIndex={-1}
          prefetch={false}
          className="block truncate hover:underline"
          title={hostilePlain(finding.headline)}
          // The row would note itself as selected in the address, and that undoes the way to the finding.
          onClick={(event) => event.stopPropagation()}
        >
          <HostileText text={finding.headline} />
        </Link>
        <StageStrip stages={finding.stages} className="mt-1 w-[108px] @lg:hidden" />
        <span className="block truncate text-11 text-text-3 @max-lg:hidden">
          <span>{finding.analytic}</span>
          {finding.status === 'partial' ? ' · partial' : null}
          {finding.suppressed ? ' · suppressed' : null}
          {' · '}
          <HostileText text={finding.trail} />
        </span>
      </Cell>
      <Cell className={WITH_HOST}>
        <span className="machine block truncate" title={hostilePlain(finding.host)}>
          <HostileText text={shortHost(finding.host)} />
        </span>
        <span className="block truncate text-11 text-text-3" title={hostilePlain(finding.user ?? '')}>
          <HostileText text={finding.user ? shortUser(finding.user) : ''} />
        </span>
      </Cell>
      <Cell className="text-right">
        <span className="block font-medium">{finding.score}</span>
        <span className={clsx('block text-11', severityInk(finding.severity))}>
          {SEVERITY_WORD[finding.severity]}
        </span>
      </Cell>
      <Cell className={clsx('text-right text-text-2', WITH_AGE)}>
        <AgeText at={finding.createdAt} className="block" />
        <DayText at={finding.from} />
      </Cell>
      <Cell className={clsx('text-text-2', WITH_PERSON)}>
        {finding.verdict ? (
          <span className="block truncate" title={hostilePlain(verdictSentence(finding.verdict))}>
            {VERDICT_WORD[finding.verdict.value]}
          </span>
        ) : (
          <bdi className="block truncate">{finding.assignee ? personName(finding.assignee) : '–'}</bdi>
        )}
      </Cell>
    </div>
  );
});

function Cell({ className, children }: { className?: string; children: React.ReactNode }) {
  return (
    <div role="gridcell" className={clsx('min-w-0 leading-4', className)}>
      {children}
    </div>
  );
}

/** Day and minute without the year, which the tooltip has: `03-02 10:41`. */
function DayText({ at }: { at: string }) {
  const format = useTimeFormat();
  return (
    <time
      dateTime={at}
      title={`${format.dateTime(at, 'full')} ${format.zoneName}`}
      className="block text-11 text-text-3"
    >
      {format.dateTime(at, 'min').slice(5)}
    </time>
  );
}

/** `fin-ws07.corp.example` as `fin-ws07`; an address stays whole. */
function shortHost(host: string): string {
  return /^[\d.:]+$/.test(host) ? host : (host.split('.')[0] ?? host);
}

/** `CORP\m.keller` as `m.keller`: the domain is in the preview. */
function shortUser(user: string): string {
  return user.slice(user.lastIndexOf('\\') + 1);
}
