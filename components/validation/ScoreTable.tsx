import { Fragment } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import type { ValidationReport } from '@/lib/contracts/validation';
import { measuredText } from './validationWords';

type Score = ValidationReport['analytics'][number];
type Measured = Score['recall'];

/** How each analytic and each of its stages did, as a share and what it is made of. */
export function ScoreTable({ scores }: { scores: readonly Score[] }) {
  return (
    <section aria-labelledby="scores-title">
      <h2 id="scores-title" className="text-15">
        By analytic and stage
      </h2>
      <p className="mb-1.5 max-w-[76ch] text-12 text-text-3">
        Found: of what the labels expect. Rightly: of what was raised or matched and has a label. Blind:
        stages that happened and could not be seen in the recording.
      </p>
      <Table caption="How each analytic and stage did over all recordings">
        <thead>
          <tr>
            <Th className="w-full">Analytic, stage</Th>
            <Th className="text-right">Found</Th>
            <Th className="text-right">Rightly</Th>
            <Th className="text-right">Stayed quiet</Th>
            <Th className="text-right">Blind</Th>
          </tr>
        </thead>
        <tbody className="num">
          {scores.map((score) => (
            <Fragment key={score.analytic}>
              <tr>
                <Th scope="row" className="min-w-40 text-13 text-text-1">
                  <HostileText text={score.analytic} />
                  <span className="machine ml-2 text-text-3">
                    version <HostileText text={score.version} />
                  </span>
                </Th>
                <MeasuredCell value={score.recall} />
                <MeasuredCell value={score.precision} />
                <MeasuredCell value={score.quiet} />
                <Td className="text-right">
                  {score.stages.reduce((sum, { blind }) => sum + blind, 0).toLocaleString('en')}
                </Td>
              </tr>
              {score.stages.map((stage) => (
                <tr key={stage.stage} className="text-text-2">
                  <Td className="pl-4">
                    <HostileText text={stage.title} />
                  </Td>
                  <MeasuredCell value={stage.recall} />
                  <MeasuredCell value={stage.precision} />
                  <Td className="text-right">–</Td>
                  <Td className="text-right">{stage.blind.toLocaleString('en')}</Td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function MeasuredCell({ value }: { value: Measured }) {
  return (
    <Td className="whitespace-nowrap text-right">
      {value.of === 0 ? (
        '–'
      ) : (
        <span className={value.right < value.of ? 'text-warning' : undefined}>
          {percentText(value.share)}
          <span className="ml-1.5 text-12 text-text-3">{measuredText(value)}</span>
        </span>
      )}
    </Td>
  );
}
