// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

import { clsx } from 'clsx';
import Link from 'next/link';
import { type MouseEvent, memo } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { usePeople } from '@/components/shared/people';
import { SEVERITY_WORD, SeverityMark, severityInk } from '@/components/shared/SeverityMark';
import { StageStrip } from '@/components/shared/StageStrip';
import { AgeText } from '@/components/shared/TimeText';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { DueMark } from '@/components/shared/verdict/DueMark';
import { ReopenedMark } from '@/components/shared/verdict/ReopenedMark';
import { VERDICT_WORD, verdictSentence } from '@/components/shared/verdict/verdictWords';
import type { FindingSummary } from '@/lib/contracts/findings';
import { COLUMN, type QueueColumn } from './queueColumns';

/** A row's own box, for its heading and its skeleton too. */
export const ROW_BOX = 'flex items-center gap-x-2.5 pr-4';

type QueueRowProps = {
  id: string;
  finding: FindingSummary;
  columns: readonly QueueColumn[];
  href: string;
  /** 1-based, the heading counts as the first. */
  rowIndex: number;
  active: boolean;
  /** Undefined where nothing can be done with several. */
  picked: boolean | undefined;
  onSelect: (id: string, event: MouseEvent) => void;
  onPick: (id: string) => void;
  onOpen: (id: string) => void;
};

/** One finding in 40 px: edge, the finding as a sentence over its trail, and the columns that are shown. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { id, finding, columns, href, rowIndex, active, picked, onSelect, onPick, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={active}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => onSelect(finding.id, event)}
      onDoubleClick={() => onOpen(finding.id)}
      className={clsx(
        ROW_BOX,
        'h-10 cursor-default border-b',
        active
          ? 'bg-accent-soft -outline-offset-2 outline-accent group-focus-visible:outline-2'
          : picked
            ? 'bg-surface-2'
            : 'hover:bg-surface-2',
      )}
    >
      <SeverityMark severity={finding.severity} as="edge" className="shrink-0" />
      {picked === undefined ? null : (
        <span role="gridcell" className="flex size-6 shrink-0 items-center justify-center">
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
      )}
      {columns.map((column) =>
        COLUMN[column].before ? <Column key={column} column={column} finding={finding} /> : null,
      )}
      <div role="gridcell" className="min-w-0 flex-1 leading-4">
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
        <Trail finding={finding} analytic={!columns.includes('analytic')} />
      </div>
      {columns.map((column) =>
        COLUMN[column].before ? null : (
          <Column key={column} column={column} finding={finding} columns={columns} />
        ),
      )}
    </div>
  );
});

/** The second line: what is special about it, then analytic and trail. */
function Trail({ finding, analytic }: { finding: FindingSummary; analytic: boolean }) {
  return (
    <span className="block truncate text-11 text-text-3 @max-lg:hidden">
      {finding.reopened ? (
        <>
          <ReopenedMark reopened={finding.reopened} />
          {' · '}
        </>
      ) : null}
      {analytic ? <span>{finding.analytic} · </span> : null}
      {finding.status === 'partial' ? 'partial · ' : null}
      {finding.suppressed ? 'suppressed · ' : null}
      {finding.stale ? 'its data is gone · ' : null}
      {finding.case ? `case ${finding.case.id} · ` : null}
      <HostileText text={finding.trail} />
    </span>
  );
}

/** One cell of a column. */
function Column(props: { column: QueueColumn; finding: FindingSummary; columns?: readonly QueueColumn[] }) {
  const { column, finding } = props;
  return (
    <div role="gridcell" className={clsx('shrink-0 leading-4', COLUMN[column].className)}>
      {column === 'stages' ? <StageStrip stages={finding.stages} /> : null}
      {column === 'host' ? <HostCell finding={finding} user={!props.columns?.includes('user')} /> : null}
      {column === 'user' ? <UserText user={finding.user} className="text-text-2" /> : null}
      {column === 'analytic' ? <span title={finding.analyticTitle}>{finding.analytic}</span> : null}
      {column === 'score' ? (
        <>
          <span className="block font-medium">{finding.score}</span>
          <span className={clsx('block text-11', severityInk(finding.severity))}>
            {SEVERITY_WORD[finding.severity]}
          </span>
        </>
      ) : null}
      {column === 'age' ? <AgeCell finding={finding} /> : null}
      {column === 'case' && finding.case ? (
        <span className="block truncate text-text-2" title={hostilePlain(finding.case.title)}>
          {finding.case.id} <HostileText text={finding.case.title} />
        </span>
      ) : null}
      {column === 'assignee' ? <PersonCell finding={finding} /> : null}
    </div>
  );
}

function HostCell({ finding, user }: { finding: FindingSummary; user: boolean }) {
  return (
    <>
      <span className="machine block truncate" title={hostilePlain(finding.host)}>
        <HostileText text={shortHost(finding.host)} />
      </span>
      {user ? <UserText user={finding.user} className="text-11 text-text-3" /> : null}
    </>
  );
}

function UserText({ user, className }: { user: string | null; className: string }) {
  return (
    <span className={clsx('block truncate', className)} title={hostilePlain(user ?? '')}>
      <HostileText text={user ? shortUser(user) : ''} />
    </span>
  );
}

/** How long it has been here; below, its clock, or when it happened where no clock runs. */
function AgeCell({ finding }: { finding: FindingSummary }) {
  return (
    <>
      <AgeText at={finding.createdAt} className="block text-text-2" />
      {finding.due === null ? (
        <DayText at={finding.from} />
      ) : (
        <DueMark due={finding.due} clock={finding.clock} className="text-11" />
      )}
    </>
  );
}

function PersonCell({ finding }: { finding: FindingSummary }) {
  const { nameOf } = usePeople();
  const { verdict, assignee } = finding;
  if (verdict) {
    return (
      <>
        <span className="block truncate" title={hostilePlain(verdictSentence(verdict, nameOf))}>
          {VERDICT_WORD[verdict.value]}
        </span>
        <bdi className="block truncate text-11 text-text-3">{nameOf(verdict.by)}</bdi>
      </>
    );
  }
  return (
    <bdi className="block truncate text-text-2" title={assignee ?? undefined}>
      {assignee ? nameOf(assignee) : '–'}
    </bdi>
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
export function shortHost(host: string): string {
  return /^[\d.:]+$/.test(host) ? host : (host.split('.')[0] ?? host);
}

/** `CORP\m.keller` as `m.keller`: the domain is in the preview. */
function shortUser(user: string): string {
  return user.slice(user.lastIndexOf('\\') + 1);
}
