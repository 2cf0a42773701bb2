'use client';

import { AgeText } from '@/components/shared/TimeText';
import { Table, Td, Th } from '@/components/ui/Table';
import { BACKLOG_AGES } from '@/lib/contracts/metrics';
import { NumberButton } from './NumberButton';
import { GroupCell, GroupHeading, TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { partOf } from './teamUrl';
import { AGE_WORD, countText } from './teamWords';

/** What is open now and how old it is, and what baselines kept out of it. */
export function BacklogSection(props: TeamPartProps) {
  const { view, url } = props;
  const rows = url.by === 'severity' ? view.backlog.bySeverity : view.backlog.byAnalytic;
  return (
    <TeamSection
      title="Backlog"
      of="Findings that are open now, of whatever day: without a verdict, and hidden by no baseline."
    >
      {rows[0]?.open === 0 ? (
        <p className="text-text-2">Nothing is open.</p>
      ) : (
        <Table caption="Open findings by age">
          <thead>
            <tr>
              <GroupHeading by={url.by} />
              <Th className="text-right">Open</Th>
              {BACKLOG_AGES.map((age) => (
                <Th key={age} className="text-right">
                  {AGE_WORD[age]}
                </Th>
              ))}
              <Th className="text-right">Oldest</Th>
            </tr>
          </thead>
          <tbody className="num">
            {rows.map((row) => {
              const of = { ...props, list: 'backlog' as const, about: row.title };
              const part = partOf(url.by, row.key);
              return (
                <tr key={row.key ?? ''}>
                  <GroupCell row={row} />
                  <Td className="text-right">
                    <NumberButton {...of} part={part} empty={row.open === 0}>
                      {countText(row.open)}
                    </NumberButton>
                  </Td>
                  {BACKLOG_AGES.map((age, place) => (
                    <Td key={age} className="text-right">
                      <NumberButton
                        {...of}
                        part={{ ...part, age }}
                        about={`${row.title}, ${AGE_WORD[age]}`}
                        empty={row.ages[place] === 0}
                      >
                        {countText(row.ages[place] ?? 0)}
                      </NumberButton>
                    </Td>
                  ))}
                  <Td className="text-right">
                    {row.oldest === null ? (
                      '–'
                    ) : (
                      // The list begins with it.
                      <NumberButton {...of} part={part} about={`${row.title}, oldest`}>
                        <AgeText at={row.oldest} />
                      </NumberButton>
                    )}
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
      <Prevented {...props} />
    </TeamSection>
  );
}

function Prevented(props: TeamPartProps) {
  const { findings, baselines } = props.view.prevented;
  return (
    <p className="num mt-2">
      {findings === 0 ? (
        'No baseline in force kept a finding of these days from the queue.'
      ) : (
        <>
          {baselines === 1 ? 'A baseline' : `${countText(baselines)} baselines`} in force kept{' '}
          <NumberButton {...props} list="prevented">
            {countText(findings)}
          </NumberButton>{' '}
          {findings === 1 ? 'finding' : 'findings'} of these days from the queue.
        </>
      )}
    </p>
  );
}
