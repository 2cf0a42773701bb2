'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import type { LedgerOrder, LedgerRow, LedgerSort } from './ledgerRows';
import { useShowMore } from './useShowMore';

/** As many lines are drawn at once: a fleet has thousands. */
const FIRST = 200;

const SHARES = [
  ['command_line', 'Cmd line'],
  ['parent', 'Parent'],
  ['user', 'User'],
  ['hash', 'Hash'],
  ['origin', 'Origin'],
] as const;

/** A share below this is what a person looks for. */
const FEW = 0.5;

type Sorting = { sort: LedgerSort; order: LedgerOrder; onSort: (pressed: LedgerSort) => void };

/** A line per host and source: what kinds, how many events, from when to when, and with what filled. */
export function LedgerTable({ rows, ...sorting }: Sorting & { rows: readonly LedgerRow[] }) {
  const { shown, more } = useShowMore(rows, FIRST);
  return (
    <>
      <Table caption="What every host delivered, by source" className="text-12">
        <thead>
          <tr>
            <SortHead {...sorting} by="host" words="Host" />
            <Th>Source</Th>
            <Th>Kinds</Th>
            <SortHead {...sorting} by="events" words="Events" className="text-right" />
            <Th>First hour</Th>
            <SortHead {...sorting} by="last" words="Last hour" />
            {SHARES.map(([fact, words]) => (
              <Th key={fact} className="text-right">
                {words}
              </Th>
            ))}
            <Th className="text-right">Network with process</Th>
          </tr>
        </thead>
        <tbody className="num">
          {shown.map((row) => (
            <Line key={`${row.hostId} ${row.source}`} row={row} />
          ))}
        </tbody>
      </Table>
      {more ? (
        <Button size="sm" variant="quiet" className="no-print mt-1" onClick={more.toggle}>
          {more.all ? `Show the first ${FIRST}` : `Show all ${rows.length.toLocaleString('en')} lines`}
        </Button>
      ) : null}
    </>
  );
}

/** A heading that brings the lines in order, and says in which they are. */
function SortHead(props: Sorting & { by: LedgerSort; words: string; className?: string }) {
  const { by, words, sort, order, onSort } = props;
  const here = sort === by;
  return (
    <Th className={props.className} aria-sort={here ? order : 'none'}>
      <button type="button" className="min-h-6 underline-offset-3 hover:underline" onClick={() => onSort(by)}>
        {words}
        <span aria-hidden="true">{here ? (order === 'ascending' ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </Th>
  );
}

function Line({ row }: { row: LedgerRow }) {
  return (
    <tr>
      <th scope="row" className="border-b py-1.5 pr-4 align-top font-normal">
        <Link
          href={`/hosts/${encodeURIComponent(row.hostId)}?tab=telemetry`}
          prefetch={false}
          className="machine inline-block min-h-6 font-medium underline-offset-3 hover:underline"
        >
          <HostileText text={row.host} />
        </Link>
      </th>
      <Td>
        <HostileText text={row.source} />
      </Td>
      <Td className="text-text-2 max-xl:min-w-48">{row.kinds.map((kind) => KIND_WORDS[kind]).join(', ')}</Td>
      <Td className="text-right">{row.events.toLocaleString('en')}</Td>
      <Td className="whitespace-nowrap text-text-2">
        <TimeText at={row.first} date precision="min" />
      </Td>
      <Td className="whitespace-nowrap text-text-2">
        <TimeText at={row.last} date precision="min" />
      </Td>
      {SHARES.map(([fact]) => (
        <Share key={fact} share={row.filled[fact]} />
      ))}
      <Share share={row.networkWithProcess ?? undefined} />
    </tr>
  );
}

/** A share of events with a value; nothing where there are none that could have it. */
function Share({ share }: { share: number | undefined }) {
  return (
    <Td className="text-right">
      {share === undefined ? null : (
        <span className={share < FEW ? 'whitespace-nowrap text-warning' : 'whitespace-nowrap text-text-2'}>
          {percentText(share)}
        </span>
      )}
    </Td>
  );
}
