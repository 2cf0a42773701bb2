// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

import { clsx } from 'clsx';
import Link from 'next/link';
import { memo } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { SEVERITY_WORD, SeverityMark, severityInk } from '@/components/shared/SeverityMark';
import { StageStrip } from '@/components/shared/StageStrip';
import { AgeText } from '@/components/shared/TimeText';
import { type GroupLine, groupSize, outlierSentence, outlierSummary } from './groupLines';
import { ROW_BOX, shortHost } from './QueueRow';

type GroupRowProps = {
  id: string;
  line: GroupLine;
  rowIndex: number;
  active: boolean;
  /** Address of the finding it stands for, or of all the group's findings. */
  href: string;
  onSelect: (key: string) => void;
  onFold: (key: string) => void;
};

/** One line of the grouped queue: a shape with its hosts, one that differs, or the way to all of them. */
export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { line, active } = props;
  const group = line.kind === 'group';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      id={props.id}
      role="row"
      aria-level={group ? 1 : 2}
      aria-rowindex={props.rowIndex}
      aria-selected={active}
      {...(group ? { 'aria-expanded': line.open } : {})}
      onClick={() => props.onSelect(line.key)}
      className={clsx(
        ROW_BOX,
        'h-10 cursor-default border-b',
        active
          ? 'bg-accent-soft -outline-offset-2 outline-accent group-focus-visible:outline-2'
          : 'hover:bg-surface-2',
      )}
    >
      {line.kind === 'group' ? <GroupCells {...props} line={line} /> : null}
      {line.kind === 'outlier' ? <OutlierCells {...props} line={line} /> : null}
      {line.kind === 'all' ? (
        <span role="gridcell" className="min-w-0 flex-1 pl-14">
          <Link href={props.href} prefetch={false} className="link inline-flex min-h-6 items-center">
            All {groupSize(line.group)}, one by one
          </Link>
        </span>
      ) : null}
    </div>
  );
});

type CellsOf<K extends GroupLine['kind']> = GroupRowProps & { line: Extract<GroupLine, { kind: K }> };

function GroupCells({ line, href, onFold }: CellsOf<'group'>) {
  const { group } = line;
  const { first } = group;
  const summary = outlierSummary(group);
  return (
    <>
      <SeverityMark severity={first.severity} as="edge" className="shrink-0" />
      <span role="gridcell" className="shrink-0">
        <button
          type="button"
          tabIndex={-1}
          aria-label={line.open ? 'Fold' : 'Unfold'}
          onClick={(event) => {
            event.stopPropagation();
            onFold(line.key);
          }}
          className="flex size-6 items-center justify-center rounded-sm text-text-3 hover:bg-surface-3 hover:text-text-1"
        >
          <svg
            aria-hidden="true"
            width="8"
            height="8"
            viewBox="0 0 8 8"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            className={line.open ? 'rotate-90' : ''}
          >
            <path d="m2.8 1.5 2.6 2.5-2.6 2.5" />
          </svg>
        </button>
      </span>
      <div role="gridcell" className="w-[104px] shrink-0 @5xl:w-[132px] @max-lg:hidden">
        <StageStrip stages={first.stages} />
      </div>
      <div role="gridcell" className="min-w-0 flex-1 leading-4">
        <Link
          href={href}
          tabIndex={-1}
          prefetch={false}
          title={hostilePlain(first.headline)}
          className="block truncate hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {group.findings > 1 ? `Same chain on ${groupSize(group)}: ` : null}
          <HostileText text={first.headline} />
        </Link>
        <span className="block truncate text-11 text-text-3">
          {group.analytic}
          {summary === '' ? null : (
            <>
              {' · '}
              <span className="text-warning">
                <HostileText text={summary} />
              </span>
            </>
          )}
          {' · '}
          <HostileText text={first.trail} />
        </span>
      </div>
      <div role="gridcell" className="w-[88px] shrink-0 leading-4 @5xl:w-[128px] @max-lg:hidden">
        {group.hosts === 1 ? (
          <span className="machine block truncate" title={hostilePlain(first.host)}>
            <HostileText text={shortHost(first.host)} />
          </span>
        ) : (
          <span className="block font-medium">{group.hosts.toLocaleString('en')} hosts</span>
        )}
        <span className="block text-11 text-text-3">
          {group.users === 1 ? '1 user' : `${group.users.toLocaleString('en')} users`}
        </span>
      </div>
      <div role="gridcell" className="w-12 shrink-0 text-right leading-4">
        <span className="block font-medium">{first.score}</span>
        <span className={clsx('block text-11', severityInk(first.severity))}>
          {SEVERITY_WORD[first.severity]}
        </span>
      </div>
      <div role="gridcell" className="w-[88px] shrink-0 text-right leading-4 @max-xl:hidden">
        <AgeText at={group.to} className="block text-text-2" />
        <span className="block text-11 text-text-3">{group.open.toLocaleString('en')} open</span>
      </div>
    </>
  );
}

function OutlierCells({ line, href }: CellsOf<'outlier'>) {
  const { outlier } = line;
  return (
    <>
      <span className="w-[3px] shrink-0" />
      <span role="gridcell" aria-hidden="true" className="w-6 shrink-0 text-center text-warning">
        ≠
      </span>
      <span
        role="gridcell"
        className="machine w-[104px] shrink-0 truncate @5xl:w-[132px]"
        title={hostilePlain(outlier.host)}
      >
        <HostileText text={shortHost(outlier.host)} />
      </span>
      <span role="gridcell" className="min-w-0 flex-1 truncate">
        <Link
          href={href}
          tabIndex={-1}
          prefetch={false}
          title={hostilePlain(outlierSentence(outlier))}
          className="hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          <HostileText text={outlierSentence(outlier)} />
        </Link>
      </span>
    </>
  );
}
