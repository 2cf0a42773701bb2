'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { Table, Td, Th } from '@/components/ui/Table';
import type { CaseTimeline } from '@/lib/contracts/cases';
import { markKey } from './caseAxisLayout';
import { markHref } from './eventHref';

/** The same events as rows: for reading aloud, and for copying. */
export function CaseEventTable(props: {
  timeline: CaseTimeline;
  /** As `markKey` names it. */
  selected: string | null;
  onSelect: (mark: string) => void;
}) {
  const rows = props.timeline.lanes
    .flatMap((lane) => lane.marks.map((mark) => ({ ...mark, host: lane.host })))
    .toSorted((a, b) => a.time.localeCompare(b.time));
  return (
    <Table caption="Events of the case in order of time">
      <thead>
        <tr>
          <Th>Time</Th>
          <Th>Host</Th>
          <Th>Stage or rule</Th>
          <Th>What happened</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={markKey(row)} className={clsx(markKey(row) === props.selected && 'bg-accent-soft')}>
            <Td className="num">
              <TimeText at={row.time} date zone />
            </Td>
            <Td>
              <HostileText text={row.host} />
            </Td>
            <Td className="[overflow-wrap:anywhere]">
              <HostileText text={row.stageTitle} />
            </Td>
            <Td className="[overflow-wrap:anywhere]">
              <Link
                className="hover:underline"
                href={markHref(row)}
                onFocus={() => props.onSelect(markKey(row))}
              >
                <HostileText text={row.text} />
              </Link>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
