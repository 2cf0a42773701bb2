import { clsx } from 'clsx';
import { Table, Td, Th } from '@/components/ui/Table';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { reasonGroups, signed } from './analyticWords';
import { SentenceText } from './SentenceText';
import { TemplateText } from './TemplateText';

/** Every reason a finding can score for, with its points; what this environment changed says what was shipped. */
export function ScoreLedger({ analytic }: { analytic: AnalyticView }) {
  return (
    <section aria-labelledby="score">
      <h2 id="score" className="mb-1 text-15">
        What it scores
      </h2>
      <Table caption="Reasons and their points">
        <thead>
          <tr>
            <Th>Reason</Th>
            <Th>Holds when</Th>
            <Th className="pr-0 text-right">Points</Th>
          </tr>
        </thead>
        {reasonGroups(analytic.reasons).map(({ group, reasons }) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={3} className="label border-b pb-1 pt-3">
                {group.replaceAll('_', ' ')}
              </th>
            </tr>
            {reasons.map((reason) => (
              <tr key={reason.id}>
                <Td className="min-w-44">
                  <span className="machine mr-2 text-text-3">{reason.id}</span>
                  <TemplateText text={reason.text} />
                </Td>
                <Td className="min-w-52 text-12 text-text-2 [overflow-wrap:anywhere]">
                  <SentenceText text={reason.sentence} />
                </Td>
                <Td className="whitespace-nowrap pr-0 text-right">
                  <span className={clsx(reason.points !== reason.shippedPoints && 'font-medium')}>
                    {signed(reason.points)}
                  </span>
                  {reason.points === reason.shippedPoints ? null : (
                    <span className="block text-12 text-text-3">shipped {signed(reason.shippedPoints)}</span>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        ))}
      </Table>
    </section>
  );
}
