'use client';

import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import type { MetricList, MetricsView } from '@/lib/contracts/metrics';
import { VERDICT_WORD, verdictValue } from '@/lib/contracts/scalars';
import { NumberButton } from './NumberButton';
import { ShareBar } from './ShareBar';
import { GroupCell, GroupHeading, TeamSection } from './TeamSection';
import type { TeamPartProps } from './teamProps';
import { partOf } from './teamUrl';
import { countText, shareText } from './teamWords';

type Row = MetricsView['precision']['bySeverity'][number];

const LIST_OF = {
  true_positive: 'true_positives',
  benign_true_positive: 'benign_true_positives',
  false_positive: 'false_positives',
  undetermined: 'undetermined',
} as const satisfies Record<(typeof verdictValue.options)[number], MetricList>;

/** How often findings were right, with how sure that is, and what verdicts rested on what nobody could see. */
export function PrecisionSection(props: TeamPartProps) {
  const { view, url } = props;
  const rows = url.by === 'severity' ? view.precision.bySeverity : view.precision.byAnalytic;
  const all = rows[0];
  const none = all === undefined || (all.precision.of === 0 && all.verdicts.undetermined === 0);
  return (
    <TeamSection
      title="Precision"
      of="Of verdicts given in these days and still in force, undetermined ones aside: true positives, benign ones included. The bar is the interval that holds the true share 95 times of 100. Blind: verdicts given while a required stage could not be seen, of all that were given."
    >
      {none && all?.blindLimited.of === 0 ? (
        <p className="text-text-2">No verdicts in this period.</p>
      ) : (
        <Table caption="Precision and verdicts">
          <thead>
            <tr>
              <GroupHeading by={url.by} />
              <Th className="text-right">Precision</Th>
              <Th>
                <span className="sr-only">Interval</span>
              </Th>
              <Th className="text-right">Attacks</Th>
              {verdictValue.options.map((value) => (
                <Th key={value} className="text-right">
                  {VERDICT_WORD[value]}
                </Th>
              ))}
              <Th className="text-right">Blind</Th>
            </tr>
          </thead>
          <tbody className="num">
            {rows.map((row) => (
              <PrecisionRow key={row.key ?? ''} {...props} row={row} />
            ))}
          </tbody>
        </Table>
      )}
    </TeamSection>
  );
}

function PrecisionRow(props: TeamPartProps & { row: Row }) {
  const { row, url } = props;
  const of = { ...props, part: partOf(url.by, row.key), about: row.title };
  const { precision, attacks, blindLimited, verdicts } = row;
  return (
    <tr>
      <GroupCell row={row} />
      <Td className="text-right">
        <NumberButton {...of} list="precision" empty={precision.of === 0}>
          {percentText(precision.share)}
        </NumberButton>
      </Td>
      <Td className="whitespace-nowrap text-12 text-text-3">
        <ShareBar share={precision} /> {precision.share === null ? '' : shareText(precision)}
      </Td>
      <Td className="text-right">
        <NumberButton
          {...of}
          list={attacks.n === 0 ? 'precision' : 'true_positives'}
          empty={attacks.of === 0}
        >
          {percentText(attacks.share)}
        </NumberButton>
      </Td>
      {verdictValue.options.map((value) => (
        <Td key={value} className="text-right">
          <NumberButton {...of} list={LIST_OF[value]} empty={verdicts[value] === 0}>
            {countText(verdicts[value])}
          </NumberButton>
        </Td>
      ))}
      <Td className="whitespace-nowrap text-right">
        <NumberButton {...of} list="blind_limited" empty={blindLimited.n === 0}>
          {countText(blindLimited.n)}
        </NumberButton>{' '}
        <span className="text-text-3">of </span>
        <NumberButton {...of} list="verdicts_given" empty={blindLimited.of === 0}>
          {countText(blindLimited.of)}
        </NumberButton>
      </Td>
    </tr>
  );
}
