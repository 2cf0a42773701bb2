import Link from 'next/link';
import { type FindingFilters, triageHref } from '@/components/shared/findingFilters';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { precisionText } from './analyticWords';

/** What it has found so far, each number a way into triage, and how often people said it was right. */
export function RecordSection({ analytic }: { analytic: AnalyticView }) {
  const { record } = analytic;
  const rows: readonly [string, number, Partial<FindingFilters>][] = [
    ['to decide', record.open, {}],
    ['partial chains', record.partial, { view: 'partial' }],
    ['true positive', record.truePositive, { view: 'closed', verdict: 'true_positive' }],
    ['benign true positive', record.benignTruePositive, { view: 'closed', verdict: 'benign_true_positive' }],
    ['false positive', record.falsePositive, { view: 'closed', verdict: 'false_positive' }],
    ['undetermined', record.undetermined, { view: 'closed', verdict: 'undetermined' }],
    ['hidden', record.suppressed, { view: 'suppressed' }],
  ];
  return (
    <section aria-labelledby="record">
      <h2 id="record" className="text-13">
        Findings so far
      </h2>
      <p className="num">
        {record.findings === 0
          ? 'None yet.'
          : `${record.findings.toLocaleString('en')}, of which ${record.complete.toLocaleString('en')} complete.`}{' '}
        Precision: {precisionText(record)}.
      </p>
      <ul className="mt-1">
        {rows
          .filter(([, count]) => count > 0)
          .map(([word, count, filters]) => (
            <li key={word}>
              <Link
                href={triageHref({ ...filters, analytic: analytic.id })}
                className="flex min-h-6 items-baseline gap-2"
              >
                <span className="link">{word}</span>
                <span className="num ml-auto">{count.toLocaleString('en')}</span>
              </Link>
            </li>
          ))}
      </ul>
    </section>
  );
}
