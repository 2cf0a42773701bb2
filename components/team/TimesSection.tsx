'use client';

import { Table, Td, Th } from '@/components/ui/Table';
import type { Durations } from '@/lib/contracts/metrics';
import { NumberButton } from './NumberButton';
import { GroupCell, GroupHeading, TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { partOf } from './teamUrl';
import { countText, minutesText } from './teamWords';

/** How long findings waited for the first look and for a verdict, and cases for their review. */
export function TimesSection(props: TeamPartProps) {
  const { view, url } = props;
  const rows = url.by === 'severity' ? view.times.bySeverity : view.times.byAnalytic;
  const { time, sentBack } = view.review;
  return (
    <TeamSection
      title="Times"
      of="Of findings that came up in these days: until somebody looked into, took or decided them, and until their first verdict. Half were faster than the median, nine of ten faster than p90."
    >
      {rows[0]?.triage.n === 0 ? (
        <p className="text-text-2">Nobody has worked on a finding of these days.</p>
      ) : (
        <Table caption="Times to triage and to verdict">
          <thead>
            <tr>
              <GroupHeading by={url.by} />
              {['Looked at', 'Decided'].flatMap((done) =>
                [done, 'Median', 'p90'].map((title) => (
                  <Th key={`${done} ${title}`} className="text-right">
                    {title}
                  </Th>
                )),
              )}
            </tr>
          </thead>
          <tbody className="num">
            {rows.map((row) => (
              <tr key={row.key ?? ''}>
                <GroupCell row={row} />
                <Cells {...props} list="triage" row={row} durations={row.triage} />
                <Cells {...props} list="verdict" row={row} durations={row.verdict} />
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <p className="num mt-2">
        {time.n === 0 ? (
          'No case was reviewed in these days.'
        ) : (
          <>
            Cases waited a median of{' '}
            <NumberButton {...props} list="review">
              {minutesText(time.median)}
            </NumberButton>{' '}
            (p90{' '}
            <NumberButton {...props} list="review">
              {minutesText(time.p90)}
            </NumberButton>
            ) for a lead's decision;{' '}
            <NumberButton {...props} list="sent_back" empty={sentBack.n === 0}>
              {countText(sentBack.n)}
            </NumberButton>{' '}
            of{' '}
            <NumberButton {...props} list="review">
              {countText(sentBack.of)}
            </NumberButton>{' '}
            decisions sent the case back.
          </>
        )}
      </p>
    </TeamSection>
  );
}

function Cells(
  props: TeamPartProps & {
    list: 'triage' | 'verdict';
    row: { key: string | null; title: string };
    durations: Durations;
  },
) {
  const { list, row, durations, url } = props;
  const of = { ...props, list, part: partOf(url.by, row.key), about: row.title, empty: durations.n === 0 };
  return (
    <>
      <Td className="text-right">
        <NumberButton {...of}>{countText(durations.n)}</NumberButton>
      </Td>
      <Td className="whitespace-nowrap text-right">
        <NumberButton {...of}>{minutesText(durations.median)}</NumberButton>
      </Td>
      <Td className="whitespace-nowrap text-right">
        <NumberButton {...of}>{minutesText(durations.p90)}</NumberButton>
      </Td>
    </>
  );
}
