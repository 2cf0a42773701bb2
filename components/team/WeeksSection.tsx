'use client';

import { useState } from 'react';
import { Segmented } from '@/components/ui/Segmented';
import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import type { MetricList, MetricsView } from '@/lib/contracts/metrics';
import { NumberButton } from './NumberButton';
import { TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { countText, minutesText } from './teamWords';
import { WeeksChart } from './WeeksChart';

type Week = MetricsView['weeks'][number];

/** Thirteen weeks up to the end of the period, as a chart or as the table it is of. */
export function WeeksSection(props: TeamPartProps) {
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  const { weeks } = props.view;
  const none = weeks.every((week) => week.findings + week.verdicts + week.openAtEnd === 0);
  return (
    <TeamSection
      title="Weeks"
      of="Thirteen weeks up to the end of the period, from Mondays on (UTC). What was open is told from history; findings the data took away before anybody decided on them are not known any more."
      aside={
        <span className="no-print">
          <Segmented
            label="Weeks as"
            value={as}
            onChange={setAs}
            options={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </span>
      }
    >
      {none ? (
        <p className="text-text-2">Nothing came up in these weeks.</p>
      ) : as === 'chart' ? (
        <WeeksChart weeks={weeks} />
      ) : (
        <WeeksTable {...props} />
      )}
    </TeamSection>
  );
}

/** Each number with the list of its week, and where it is none. */
const COLUMNS: readonly {
  title: string;
  list: MetricList;
  text: (week: Week) => string;
  empty: (week: Week) => boolean;
}[] = [
  {
    title: 'Came up',
    list: 'findings',
    text: ({ findings }) => countText(findings),
    empty: ({ findings }) => findings === 0,
  },
  {
    title: 'Verdicts',
    list: 'verdicts_given',
    text: ({ verdicts }) => countText(verdicts),
    empty: ({ verdicts }) => verdicts === 0,
  },
  {
    title: 'Blind',
    list: 'blind_limited',
    text: ({ blindLimited }) => countText(blindLimited),
    empty: ({ blindLimited }) => blindLimited === 0,
  },
  {
    title: 'Precision',
    list: 'precision',
    text: ({ precision }) => percentText(precision.share),
    empty: ({ precision }) => precision.of === 0,
  },
  {
    title: 'Median to verdict',
    list: 'verdict',
    text: ({ medianToVerdict }) => minutesText(medianToVerdict),
    empty: ({ medianToVerdict }) => medianToVerdict === null,
  },
  {
    title: 'Open at its end',
    list: 'open_at_end',
    text: ({ openAtEnd }) => countText(openAtEnd),
    empty: ({ openAtEnd }) => openAtEnd === 0,
  },
];

function WeeksTable(props: TeamPartProps) {
  return (
    <Table caption="The team's weeks, newest first">
      <thead>
        <tr>
          <Th>Week from</Th>
          {COLUMNS.map(({ title }) => (
            <Th key={title} className="text-right">
              {title}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody className="num">
        {props.view.weeks.toReversed().map((week) => (
          <tr key={week.week}>
            <Td>{week.week}</Td>
            {COLUMNS.map(({ title, list, text, empty }) => (
              <Td key={title} className="whitespace-nowrap text-right">
                <NumberButton
                  {...props}
                  list={list}
                  part={{ week: week.week }}
                  about={`week from ${week.week}`}
                  empty={empty(week)}
                >
                  {text(week)}
                </NumberButton>
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
