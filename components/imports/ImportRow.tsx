'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { triageHref } from '@/components/shared/findingFilters';
import { hostilePlain } from '@/components/shared/hostileText';
import { isPending } from '@/components/shared/importQueries';
import { HostileText } from '@/components/shared/MonoText';
import { sizeText } from '@/components/shared/sizeText';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { formatDuration } from '@/components/shared/timeFormat';
import { ProgressBar } from '@/components/ui/ProgressBar';
import type { ImportView } from '@/lib/contracts/imports';
import { clockText, type LedgerPart, stateText } from './importWords';
import { LedgerBar } from './LedgerBar';

/** Columns of the list, for its heading and its rows. */
export const COLUMNS =
  'grid grid-cols-1 gap-x-6 gap-y-1 px-4 @3xl:grid-cols-[minmax(200px,1.1fr)_minmax(280px,1.4fr)_minmax(180px,1fr)_84px]';

type ImportRowProps = {
  thisImport: ImportView;
  active: boolean;
  onSelect: () => void;
  onPart: (part: LedgerPart) => void;
};

/** Id of the button that opens an import, for the focus to come back to. */
export function rowId(importId: string): string {
  return `import-${importId}`;
}

/** One import: name and state, its ledger, where and when it is from, what was found. */
export function ImportRow({ thisImport, active, onSelect, onPart }: ImportRowProps) {
  const failed = thisImport.state === 'failed';
  const closed = thisImport.members.filter((member) => member.needsPassword).length;
  return (
    <li className={clsx(COLUMNS, 'border-b py-2.5', active ? 'bg-accent-soft' : 'hover:bg-surface-2')}>
      <div className="min-w-0">
        <button
          type="button"
          id={rowId(thisImport.id)}
          onClick={onSelect}
          aria-pressed={active}
          aria-label={`Details of ${hostilePlain(thisImport.name)}`}
          className="block min-h-6 max-w-full truncate text-left font-medium underline-offset-3 hover:underline"
        >
          <HostileText text={thisImport.name} />
        </button>
        <p className="num truncate text-12 text-text-3">
          {sizeText(thisImport.bytes)}
          {thisImport.format ? ` · ${thisImport.format}` : ''} · <AgeText at={thisImport.createdAt} />
        </p>
      </div>
      <div className="min-w-0">
        {isPending(thisImport) ? <Progress thisImport={thisImport} /> : null}
        {failed ? (
          <p
            className="line-clamp-3 text-danger"
            title={hostilePlain(thisImport.error?.message ?? 'no reason was given')}
          >
            Failed: <HostileText text={thisImport.error?.message ?? 'no reason was given'} />
          </p>
        ) : null}
        {closed > 0 && !failed ? (
          <p className="text-12 text-warning">
            {closed === 1
              ? '1 file needs a password'
              : `${closed.toLocaleString('en')} files need a password`}
          </p>
        ) : null}
        {isPending(thisImport) && thisImport.records.read === 0 ? null : failed &&
          thisImport.records.read === 0 ? null : (
          <LedgerBar records={thisImport.records} onPart={onPart} />
        )}
      </div>
      <div className="min-w-0 text-12">
        <p className="truncate" title={hostilePlain(thisImport.hosts.join(', '))}>
          <span className="machine">
            <HostileText text={thisImport.hosts.slice(0, 3).join(', ')} />
          </span>
          {thisImport.hosts.length > 3 ? ` and ${thisImport.hosts.length - 3} more` : ''}
        </p>
        {thisImport.from && thisImport.to ? (
          <p className="truncate text-text-3">
            <TimeText at={thisImport.from} date precision="min" /> to{' '}
            <TimeText at={thisImport.to} date precision="min" />
          </p>
        ) : null}
        {thisImport.clockOffsets.slice(0, 1).map((offset) => (
          <p key={offset.host} className="text-warning">
            {clockText(offset, formatDuration)}
            {thisImport.clockOffsets.length > 1 ? ` (and ${thisImport.clockOffsets.length - 1} more)` : ''}
          </p>
        ))}
      </div>
      <div className="@3xl:text-right">
        {thisImport.findings > 0 ? (
          <Link className="link num inline-block min-h-6" href={findingsHref(thisImport)}>
            {thisImport.findings.toLocaleString('en')} {thisImport.findings === 1 ? 'finding' : 'findings'}
          </Link>
        ) : thisImport.state === 'done' ? (
          <span className="text-text-3">none</span>
        ) : null}
      </div>
    </li>
  );
}

/** The queue, narrowed to the host when the import has only one. */
export function findingsHref(thisImport: ImportView): string {
  const [only, ...others] = thisImport.hosts;
  return triageHref(only && others.length === 0 ? { host: only } : {});
}

function Progress({ thisImport }: { thisImport: ImportView }) {
  return (
    <div>
      <p className="num text-12 text-text-2">{stateText(thisImport)}</p>
      <ProgressBar
        aria-label={`Progress of ${hostilePlain(thisImport.name)}`}
        max={1}
        value={thisImport.progress}
        className="h-1.5 w-full"
      />
    </div>
  );
}
