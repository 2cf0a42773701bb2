'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { KeyboardEvent, ReactNode } from 'react';
import { focusOnOpen } from '@/components/shared/focusOnOpen';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText, MonoText, useCopy } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { sizeText } from '@/components/shared/sizeText';
import { TimeText } from '@/components/shared/TimeText';
import { formatDuration } from '@/components/shared/timeFormat';
import { Button, buttonClass } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { Table, Td, Th } from '@/components/ui/Table';
import { Tabs } from '@/components/ui/Tabs';
import type { ImportView } from '@/lib/contracts/imports';
import { ActivityList } from './ActivityList';
import { EncryptedNote } from './EncryptedNote';
import { ImportActions } from './ImportActions';
import { findingsHref } from './ImportRow';
import { clockText, LEDGER_PARTS, partText, stateText } from './importWords';
import { MemberList } from './MemberList';
import { QuarantineTab } from './QuarantineTab';
import { formatsQuery, originalHref } from './queries';

export const DETAIL_TABS = ['overview', 'files', 'events', 'ignored', 'quarantine', 'activity'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

type ImportDetailProps = {
  thisImport: ImportView;
  tab: DetailTab;
  onTab: (tab: DetailTab) => void;
  onClose: () => void;
};

/** Everything known of one import: its bytes, its files, and what each record became. */
export function ImportDetail({ thisImport, tab, onTab, onClose }: ImportDetailProps) {
  const { records } = thisImport;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      aria-label="Import"
      onKeyDown={onKeyDown}
      className="flex w-[460px] shrink-0 flex-col border-l bg-surface-1 max-lg:fixed max-lg:inset-y-(--bar-height) max-lg:right-0 max-lg:bottom-0 max-lg:z-30 max-lg:w-[min(460px,100vw)] max-lg:shadow-popover"
    >
      <div className="flex items-start gap-3 px-4 pb-2 pt-3.5">
        <h2
          key={thisImport.id}
          ref={focusOnOpen}
          tabIndex={-1}
          className="min-w-0 flex-1 text-15 outline-none [overflow-wrap:anywhere]"
        >
          <HostileText text={thisImport.name} />
        </h2>
        <Button size="sm" variant="quiet" aria-keyshortcuts="Escape" onClick={onClose}>
          Close
        </Button>
      </div>
      <Tabs
        label="Import"
        className="flex-1"
        panelClassName="px-4 py-3"
        value={tab}
        onChange={onTab}
        tabs={[
          {
            value: 'overview',
            label: 'Overview',
            content: <Overview key={thisImport.id} thisImport={thisImport} onDeleted={onClose} />,
          },
          {
            value: 'files',
            label: 'Files',
            count: thisImport.members.length,
            // Chosen formats start from the import's own again once it was read with others.
            content: (
              <MemberList
                key={`${thisImport.id} ${thisImport.requestedFormat} ${JSON.stringify(thisImport.memberFormats)}`}
                thisImport={thisImport}
              />
            ),
          },
          {
            value: 'events',
            label: 'Events',
            content: (
              <Counted
                caption="Events by kind"
                head="Kind"
                counts={thisImport.eventKinds}
                empty="No event came of this import."
              />
            ),
          },
          {
            value: 'ignored',
            label: 'Ignored',
            content: (
              <>
                <p className="mb-2 text-text-2">
                  Records of types that no analytic uses. They are in the original and can be read again when
                  an analytic wants them.
                </p>
                <Counted
                  caption="Ignored records by type"
                  head="Record type"
                  counts={thisImport.ignoredTypes}
                  empty="Nothing was ignored."
                />
              </>
            ),
          },
          {
            value: 'quarantine',
            label: 'Quarantine',
            count: records.quarantined,
            content: <QuarantineTab key={thisImport.id} thisImport={thisImport} />,
          },
          { value: 'activity', label: 'Activity', content: <ActivityList thisImport={thisImport} /> },
        ]}
      />
    </aside>
  );
}

function Overview({ thisImport, onDeleted }: { thisImport: ImportView; onDeleted: () => void }) {
  const copy = useCopy();
  const { records } = thisImport;
  return (
    <div className="space-y-4">
      {thisImport.state === 'failed' ? (
        <ErrorNote
          compact
          title={hostilePlain(thisImport.error?.message ?? 'The import failed')}
          detail={thisImport.error?.detail ?? undefined}
          safe="The original is stored unchanged, and other imports are not affected."
          todo={
            thisImport.members.some((member) => member.needsPassword)
              ? undefined
              : 'Under Files it can be read again, in another format if need be; no new upload is needed.'
          }
        />
      ) : null}
      <EncryptedNote thisImport={thisImport} />
      {isUnknown(thisImport) ? <UnknownNote id={thisImport.id} /> : null}
      <dl className="grid grid-cols-[96px_1fr] gap-x-3 gap-y-1.5">
        <Fact name="State">{stateText(thisImport)}</Fact>
        <Fact name="Records">
          <span className="num">{records.read.toLocaleString('en')} read</span>
          <span className="num block text-text-3">
            = {LEDGER_PARTS.map((part) => partText(part, records[part])).join(' + ')}
          </span>
        </Fact>
        <Fact name="Hosts">
          {thisImport.hosts.length === 0 ? (
            <span className="text-text-3">none named</span>
          ) : (
            <span className="machine [overflow-wrap:anywhere]">
              <HostileText text={thisImport.hosts.join(', ')} />
            </span>
          )}
        </Fact>
        {thisImport.from && thisImport.to ? (
          <Fact name="Covers">
            <TimeText at={thisImport.from} date precision="s" />
            <span className="block">
              to <TimeText at={thisImport.to} date precision="s" zone />
            </span>
          </Fact>
        ) : null}
        {thisImport.clockOffsets.length > 0 ? (
          <Fact name="Clocks">
            {thisImport.clockOffsets.map((offset) => (
              <span key={`${offset.host}${offset.from}`} className="block text-warning">
                {clockText(offset, formatDuration)}, from{' '}
                <TimeText at={offset.from} date precision="s" zone />
              </span>
            ))}
          </Fact>
        ) : null}
        <Fact name="Format">{thisImport.format ?? <span className="text-text-3">not recognised</span>}</Fact>
        <Fact name="Size">
          <span className="num" title={`${thisImport.bytes.toLocaleString('en')} bytes`}>
            {sizeText(thisImport.bytes)}
          </span>
        </Fact>
        <Fact name="SHA-256">
          <MonoText text={thisImport.sha256} className="text-text-2" />
        </Fact>
        <Fact name="Received">
          <TimeText at={thisImport.createdAt} date precision="s" zone />
          {thisImport.finishedAt ? (
            <span className="block text-text-3">
              finished <TimeText at={thisImport.finishedAt} date precision="s" />
            </span>
          ) : null}
        </Fact>
      </dl>
      <div className="flex flex-wrap gap-2">
        {thisImport.findings > 0 ? (
          <Link href={findingsHref(thisImport)} className={buttonClass({ size: 'sm', variant: 'primary' })}>
            {thisImport.findings === 1 ? '1 finding' : `${thisImport.findings} findings`}
          </Link>
        ) : null}
        <a
          href={originalHref(thisImport.id)}
          download={thisImport.name}
          className={buttonClass({ size: 'sm' })}
        >
          Download the original
        </a>
        <Button size="sm" onClick={() => copy(thisImport.sha256, 'SHA-256 copied.')}>
          Copy SHA-256
        </Button>
      </div>
      <ImportActions thisImport={thisImport} onDeleted={onDeleted} />
    </div>
  );
}

/** Whether no format knew a file of it, and nothing else is wrong. */
function isUnknown(thisImport: ImportView): boolean {
  return (
    thisImport.state === 'failed' &&
    thisImport.members.some((member) => member.format === null && !member.needsPassword)
  );
}

/** The way on from a file that no format knows: say what its fields are. */
function UnknownNote({ id }: { id: string }) {
  const formats = useQuery(formatsQuery);
  return (
    <div className="space-y-2">
      <Allowed to="mappings.write" told>
        <Link
          href={`/mappings?import=${encodeURIComponent(id)}`}
          className={buttonClass({ size: 'sm', variant: 'primary' })}
        >
          Map its fields
        </Link>
      </Allowed>
      {formats.data ? (
        <details>
          <summary className="cursor-pointer text-text-2">
            {formats.data.items.length.toLocaleString('en')} formats are read
          </summary>
          <ul className="mt-1 list-disc space-y-0.5 pl-5 text-12 text-text-2">
            {formats.data.items.map((format) => (
              <li key={format.id}>{format.title}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Counted(props: { caption: string; head: string; counts: Record<string, number>; empty: string }) {
  const entries = Object.entries(props.counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (entries.length === 0) return <p className="text-text-3">{props.empty}</p>;
  return (
    <Table caption={props.caption}>
      <thead>
        <tr>
          <Th>{props.head}</Th>
          <Th className="pr-0 text-right">Records</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map(([name, count]) => (
          <tr key={name}>
            <Td>
              <HostileText text={name.replaceAll('_', ' ')} />
            </Td>
            <Td className="pr-0 text-right">{count.toLocaleString('en')}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
