'use client';

import { clsx } from 'clsx';
import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import { NumberButton } from './NumberButton';
import { ShareBar } from './ShareBar';
import { GroupCell, GroupHeading, TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { partOf } from './teamUrl';
import { countText } from './teamWords';

/** Whether findings got their verdict in the time their severity's clock gives them. */
export function ClocksSection(props: TeamPartProps) {
  const { view, url } = props;
  const rows = url.by === 'severity' ? view.clocks.bySeverity : view.clocks.byAnalytic;
  const [all] = rows;
  return (
    <TeamSection
      title="Clocks"
      of="Of findings that came up in these days and whose severity has a service clock: decided in time, late, or still waiting past their time. Past due now is of all days."
    >
      {all === undefined || (all.kept.of === 0 && all.breachedNow === 0) ? (
        <p className="text-text-2">No clock was kept or missed in this period.</p>
      ) : (
        <Table caption="Service clocks kept and missed">
          <thead>
            <tr>
              <GroupHeading by={url.by} />
              <Th className="text-right">Kept</Th>
              <Th>
                <span className="sr-only">Interval</span>
              </Th>
              <Th className="text-right">In time</Th>
              <Th className="text-right">Missed</Th>
              <Th className="text-right">Past due now</Th>
            </tr>
          </thead>
          <tbody className="num">
            {rows.map((row) => {
              const { kept, breachedNow } = row;
              const of = { ...props, part: partOf(url.by, row.key), about: row.title };
              return (
                <tr key={row.key ?? ''}>
                  <GroupCell row={row} />
                  <Td className="text-right">
                    <NumberButton
                      {...of}
                      list={kept.n === 0 ? 'clock_missed' : 'clock_kept'}
                      empty={kept.of === 0}
                    >
                      {percentText(kept.share)}
                    </NumberButton>
                  </Td>
                  <Td>
                    <ShareBar share={kept} />
                  </Td>
                  <Td className="text-right">
                    <NumberButton {...of} list="clock_kept" empty={kept.n === 0}>
                      {countText(kept.n)}
                    </NumberButton>
                  </Td>
                  <Td className="text-right">
                    <NumberButton {...of} list="clock_missed" empty={kept.of === kept.n}>
                      {countText(kept.of - kept.n)}
                    </NumberButton>
                  </Td>
                  <Td className="text-right">
                    <NumberButton
                      {...of}
                      list="breached_now"
                      empty={breachedNow === 0}
                      className={clsx(breachedNow > 0 && 'text-danger')}
                    >
                      {breachedNow > 0 ? `${countText(breachedNow)} late` : '0'}
                    </NumberButton>
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </TeamSection>
  );
}
