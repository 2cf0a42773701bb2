// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

import { clsx } from 'clsx';
import Link from 'next/link';
import { memo } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { personName } from '@/components/shared/people';
import { SEVERITY_WORD, SeverityMark, severityInk } from '@/components/shared/SeverityMark';
import { StageStrip } from '@/components/shared/StageStrip';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD, verdictSentence } from '@/components/shared/verdict/verdictWords';
import type { FindingSummary } from '@/lib/contracts/findings';

/** Columns of the queue, for its heading and its rows. */
export const COLUMNS =
  'grid grid-cols-[3px_24px_76px_minmax(0,1fr)_44px] items-center gap-x-2.5 pr-4 sm:grid-cols-[3px_24px_108px_minmax(0,1fr)_104px_52px] lg:grid-cols-[3px_24px_108px_minmax(0,1fr)_104px_52px_64px] 2xl:grid-cols-[3px_24px_132px_minmax(0,1fr)_132px_52px_72px_96px] min-[1400px]:grid-cols-[3px_24px_112px_minmax(0,1fr)_108px_52px_64px_84px]';

/** Shown from the width at which the column exists. */
export const FROM_SM = 'max-sm:hidden';
export const FROM_LG = 'max-lg:hidden';
export const FROM_WIDE = 'max-[1399px]:hidden';

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
        active ? 'bg-accent-soft' : 'hover:bg-surface-2',
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
      <Cell>
        <StageStrip stages={finding.stages} />
      </Cell>
      <Cell>
        <Link
          href={href}
          tabIndex={-1}
          prefetch={false}
          className="block truncate hover:underline"
          title={finding.headline}
        >
          <HostileText text={finding.headline} />
        </Link>
        <span className="block truncate text-11 text-text-3">
          <span>{finding.analytic}</span>
          {finding.status === 'partial' ? ' · partial' : null}
          {finding.suppressed ? ' · suppressed' : null}
          {' · '}
          <HostileText text={finding.trail} />
        </span>
      </Cell>
      <Cell className={FROM_SM}>
        <bdi className="machine block truncate" title={finding.host}>
          {finding.host}
        </bdi>
        <bdi className="block truncate text-11 text-text-3" title={finding.user ?? undefined}>
          {finding.user ? shortUser(finding.user) : ''}
        </bdi>
      </Cell>
      <Cell className="text-right">
        <span className="block font-medium">{finding.score}</span>
        <span className={clsx('block text-11', severityInk(finding.severity))}>
          {SEVERITY_WORD[finding.severity]}
        </span>
      </Cell>
      <Cell className={clsx('text-right text-text-2', FROM_LG)}>
        <AgeText at={finding.createdAt} className="block" />
        <TimeText at={finding.from} precision="min" className="block text-11 text-text-3" />
      </Cell>
      <Cell className={clsx('text-text-2', FROM_WIDE)}>
        {finding.verdict ? (
          <span className="block truncate" title={verdictSentence(finding.verdict)}>
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

/** `CORP\m.keller` as `m.keller`: the domain is in the preview. */
function shortUser(user: string): string {
  return user.slice(user.lastIndexOf('\\') + 1);
}
