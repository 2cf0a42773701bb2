// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

import { clsx } from 'clsx';
import Link from 'next/link';
import { type MouseEvent, memo } from 'react';
import { elidePath } from '@/components/shared/ellipsis';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { usePeople } from '@/components/shared/people';
import { SEVERITY_WORD, SeverityMark, severityInk } from '@/components/shared/SeverityMark';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD, verdictSentence } from '@/components/shared/verdict/verdictWords';
import type { AlertView } from '@/lib/contracts/alerts';

/** A row's own box, for its heading and its skeleton too. */
export const ALERT_ROW = 'flex items-center gap-x-2.5 pr-4';

/** Widths of the columns, from the list's width at which each has room. */
export const ALERT_COLUMN = {
  severity: 'w-16 shrink-0 @max-lg:hidden',
  host: 'w-[88px] shrink-0 @5xl:w-[128px] @max-lg:hidden',
  user: 'w-[88px] shrink-0 @max-2xl:hidden',
  time: 'w-[112px] shrink-0 text-right @max-xl:hidden',
  chain: 'w-[112px] shrink-0',
  person: 'w-[104px] shrink-0 @max-3xl:hidden',
} as const;

type AlertRowProps = {
  id: string;
  alert: AlertView;
  rowIndex: number;
  active: boolean;
  /** Undefined where nothing can be done with several. */
  picked: boolean | undefined;
  onSelect: (key: string, event: MouseEvent) => void;
  onPick: (key: string) => void;
};

/** One alert in 40 px: what the vendor says, on what, whether a chain explains it, and what people said. */
export const AlertRow = memo(function AlertRow(props: AlertRowProps) {
  const { alert, active, picked } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={active}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => props.onSelect(alert.key, event)}
      className={clsx(
        ALERT_ROW,
        'h-10 cursor-default border-b',
        active
          ? 'bg-accent-soft -outline-offset-2 outline-accent group-focus-visible:outline-2'
          : picked
            ? 'bg-surface-2'
            : 'hover:bg-surface-2',
      )}
    >
      {alert.severity === null ? (
        <span className="w-[3px] shrink-0" />
      ) : (
        <SeverityMark severity={alert.severity} as="edge" className="shrink-0" />
      )}
      {picked === undefined ? null : (
        <span role="gridcell" className="flex size-6 shrink-0 items-center justify-center">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={picked}
            aria-label="Select"
            onChange={() => props.onPick(alert.key)}
            onClick={(event) => event.stopPropagation()}
            className="size-3.5 accent-(--accent)"
          />
        </span>
      )}
      <span role="gridcell" className={clsx('text-12', ALERT_COLUMN.severity)}>
        {alert.severity === null ? (
          <span className="text-text-3">not given</span>
        ) : (
          <span className={severityInk(alert.severity)}>{SEVERITY_WORD[alert.severity]}</span>
        )}
      </span>
      <div role="gridcell" className="min-w-0 flex-1 leading-4">
        <span className="block truncate font-medium" title={hostilePlain(alert.rule)}>
          <HostileText text={alert.rule} />
        </span>
        <span className="block truncate text-11 text-text-3" title={hostilePlain(alert.subject ?? '')}>
          <HostileText text={alert.product} />
          {alert.evidence > 1 ? ` · ${alert.evidence.toLocaleString('en')} pieces of evidence` : ''}
          {alert.case ? ` · case ${alert.case.id}` : ''}
          {alert.subject === null ? null : (
            <>
              {' · '}
              <span className="font-mono">
                <HostileText text={elidePath(alert.subject, 64)} />
              </span>
            </>
          )}
        </span>
      </div>
      <span
        role="gridcell"
        className={clsx('machine truncate', ALERT_COLUMN.host)}
        title={hostilePlain(alert.host)}
      >
        <HostileText text={alert.host} />
      </span>
      <span
        role="gridcell"
        className={clsx('truncate text-text-2', ALERT_COLUMN.user)}
        title={hostilePlain(alert.user ?? '')}
      >
        <HostileText text={alert.user ?? ''} />
      </span>
      <div role="gridcell" className={clsx('leading-4 text-text-2', ALERT_COLUMN.time)}>
        <TimeText at={alert.to} date precision="min" className="block" />
        <AgeText at={alert.to} className="block text-11 text-text-3" />
      </div>
      <span role="gridcell" className={clsx('text-12', ALERT_COLUMN.chain)}>
        {alert.findingId === null ? (
          <span className="text-text-3">none explains it</span>
        ) : (
          <Link
            href={`/findings/${encodeURIComponent(alert.findingId)}`}
            prefetch={false}
            tabIndex={-1}
            className="link inline-flex min-h-6 items-center"
            onClick={(event) => event.stopPropagation()}
          >
            part of a finding
          </Link>
        )}
      </span>
      <PersonCell alert={alert} />
    </div>
  );
});

function PersonCell({ alert }: { alert: AlertView }) {
  const { nameOf } = usePeople();
  const { verdict, assignee } = alert;
  return (
    <div role="gridcell" className={clsx('leading-4', ALERT_COLUMN.person)}>
      {verdict ? (
        <>
          <span className="block truncate" title={hostilePlain(verdictSentence(verdict, nameOf))}>
            {VERDICT_WORD[verdict.value]}
          </span>
          <bdi className="block truncate text-11 text-text-3">{nameOf(verdict.by)}</bdi>
        </>
      ) : (
        <bdi className="block truncate text-text-2">{assignee ? nameOf(assignee) : '–'}</bdi>
      )}
    </div>
  );
}
