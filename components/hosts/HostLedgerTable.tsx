import { Fragment } from 'react';
import { MonoText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { Table, Td, Th } from '@/components/ui/Table';
import type { HostLedger } from '@/lib/contracts/coverage';
import { HostLedgerDays } from './HostLedgerDays';
import { shareText } from './hostWords';

type LedgerKind = HostLedger['kinds'][number];

const SHARES = [
  ['command_line', 'Cmd line'],
  ['parent', 'Parent'],
  ['user', 'User'],
  ['hash', 'Hash'],
  ['origin', 'Origin'],
  ['process', 'Process'],
] as const;

/** A share below this is what a person looks for. */
const FEW = 0.5;

/** A line per log and kind: how many, from when to when, with what filled, and day by day. */
export function HostLedgerTable({ kinds }: { kinds: HostLedger['kinds'] }) {
  const days = kinds.flatMap((kind) => kind.days.map(({ day }) => day));
  const span = {
    from: days.reduce((a, b) => (a < b ? a : b), days[0] ?? ''),
    to: days.reduce((a, b) => (a > b ? a : b), days[0] ?? ''),
  };
  return (
    <Table caption="What each log delivered, by kind of event" className="text-12">
      <thead>
        <tr>
          <Th>Kind</Th>
          <Th className="text-right">Events</Th>
          <Th>First hour</Th>
          <Th>Last hour</Th>
          {SHARES.map(([fact, words]) => (
            <Th key={fact} className="text-right">
              {words}
            </Th>
          ))}
          <Th>Days</Th>
        </tr>
      </thead>
      <tbody>
        {channelsOf(kinds).map(({ channel, source, lines }) => (
          <Fragment key={channel}>
            <tr>
              <th scope="rowgroup" colSpan={5 + SHARES.length} className="border-b pt-3 pb-1 font-normal">
                <span className="font-medium text-13">{source}</span>
                {source === channel ? null : <MonoText text={channel} className="ml-3 text-text-3" />}
              </th>
            </tr>
            {lines.map((line) => (
              <Line key={line.kind} line={line} span={span} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function Line({ line, span }: { line: LedgerKind; span: { from: string; to: string } }) {
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap border-b py-1.5 pr-4 align-top font-normal">
        {KIND_WORDS[line.kind]}
      </th>
      <Td className="num text-right">{line.events.toLocaleString('en')}</Td>
      <Td className="num text-text-2">
        <TimeText at={line.first} date precision="min" />
      </Td>
      <Td className="num text-text-2">
        <TimeText at={line.last} date precision="min" />
      </Td>
      {SHARES.map(([fact]) => (
        <Share key={fact} share={line.filled[fact]} />
      ))}
      <Td>
        <HostLedgerDays days={line.days} span={span} />
      </Td>
    </tr>
  );
}

/** A share of events with a value; nothing where the kind has none to tell. */
function Share({ share }: { share: number | undefined }) {
  return (
    <Td className="num text-right">
      {share === undefined ? null : (
        <span className={share < FEW ? 'text-warning' : 'text-text-2'}>{shareText(share)}</span>
      )}
    </Td>
  );
}

/** Lines by channel, in the order they come. */
function channelsOf(kinds: HostLedger['kinds']) {
  const channels = new Map<string, { channel: string; source: string; lines: LedgerKind[] }>();
  for (const line of kinds) {
    const own = channels.get(line.channel);
    if (own === undefined)
      channels.set(line.channel, { channel: line.channel, source: line.source, lines: [line] });
    else own.lines.push(line);
  }
  return [...channels.values()];
}
