import { HostileText } from '@/components/shared/MonoText';
import { Table, Td, Th } from '@/components/ui/Table';
import { percentText } from '@/lib/base/numberWords';
import type { AblationRow } from '@/lib/contracts/validation';
import { ablationText, measuredText } from './validationWords';

/** What each source of telemetry is worth: the same run without it, the dearest first. */
export function AblationTable({ rows }: { rows: readonly AblationRow[] }) {
  const analytics = [...new Set(rows.flatMap((row) => row.analytics.map(({ analytic }) => analytic)))].sort();
  const dearest = [...rows].sort(
    (a, b) =>
      b.lost - a.lost ||
      b.weakened - a.weakened ||
      b.blindStages + b.partialStages - (a.blindStages + a.partialStages),
  );
  return (
    <section aria-labelledby="ablation-title">
      <h2 id="ablation-title" className="text-15">
        What each source is worth
      </h2>
      <p className="mb-1.5 max-w-[76ch] text-12 text-text-3">
        The same recordings once more, each time with one source of telemetry, or one part of it, taken away.
        Only recordings that had it are counted.
      </p>
      {rows.length === 0 ? (
        <p className="text-text-2">No recording holds a source that could be taken away.</p>
      ) : (
        <Table caption="What is found when a source of telemetry is taken away">
          <thead>
            <tr>
              <Th>Without</Th>
              <Th className="text-right">Recordings</Th>
              <Th className="text-right">Still found</Th>
              {analytics.map((analytic) => (
                <Th key={analytic} className="text-right">
                  <HostileText text={analytic} />
                </Th>
              ))}
              <Th className="w-full">What it costs</Th>
            </tr>
          </thead>
          <tbody className="num">
            {dearest.map((row) => (
              <tr key={row.without}>
                <Th scope="row" className="text-13 text-text-1">
                  <HostileText text={row.without} />
                </Th>
                <Td className="text-right">{row.recordings.toLocaleString('en')}</Td>
                <Td className="whitespace-nowrap text-right">{measuredText(row.recall)}</Td>
                {analytics.map((analytic) => (
                  <Td key={analytic} className="text-right">
                    {percentText(
                      row.analytics.find((one) => one.analytic === analytic)?.recall.share ?? null,
                    )}
                  </Td>
                ))}
                <Td className="min-w-56">
                  {ablationText(row)}
                  {row.examples.length > 0 ? <Examples row={row} /> : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Examples({ row }: { row: AblationRow }) {
  return (
    <details className="no-print text-12 text-text-2">
      <summary className="min-h-6 cursor-pointer py-1 text-text-3">
        {row.examples.length.toLocaleString('en')} in full
        <span className="sr-only">
          {' '}
          without <HostileText text={row.without} />
        </span>
      </summary>
      <ul className="list-disc space-y-0.5 pl-4">
        {[...new Set(row.examples)].map((example) => (
          <li key={example} className="[overflow-wrap:anywhere]">
            <HostileText text={example} />
          </li>
        ))}
      </ul>
    </details>
  );
}
