'use client';

import {
  type BacktestResult,
  lostTruePositives,
  resultSentence,
} from '@/components/shared/baseline/backtestWords';
import { LossNote } from '@/components/shared/baseline/LossNote';
import { Button } from '@/components/ui/Button';
import type { BacktestView } from '@/lib/contracts/analytics';
import { BriefList, type Difference } from './BriefList';

/** What a change would do to findings, by name: gained, lost, changed; a lost true positive is said first and loudly. */
export function BacktestReport(props: {
  backtest: BacktestView;
  effect?: ((result: BacktestResult) => string) | undefined;
  onClose: () => void;
}) {
  const { result, imports } = props.backtest;
  if (result === null) return null;
  const lost = lostTruePositives(result);
  const { totals } = result;
  return (
    <section aria-label="Result of the back-test" className="flex min-h-0 flex-col border-b">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 pb-1.5 pt-2.5">
        <h2 className="num min-w-0 flex-1 text-13">
          {props.effect ? `${props.effect(result)}.` : `${resultSentence(result)}.`}
          {imports.length > 0 ? (
            <span className="font-normal text-text-2">
              {' '}
              On {imports.length} chosen {imports.length === 1 ? 'import' : 'imports'} only.
            </span>
          ) : null}
        </h2>
        <Button size="sm" variant="quiet" onClick={props.onClose}>
          Hide
        </Button>
      </div>
      <div className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 pb-3">
        {result.loses ? (
          <div className="mb-3">
            <LossNote loses={result.loses} />
          </div>
        ) : lost.length > 0 ? (
          <div role="alert" className="mb-3 border-l-[3px] border-danger bg-surface-2 px-3 py-2">
            <p className="font-medium text-danger">
              {lost.length === 1 ? 'A true positive' : `${lost.length} true positives`} would no longer be
              seen
            </p>
            <p className="text-text-2">
              {lost.length === 1 ? 'A person' : 'People'} called{' '}
              {lost.length === 1 ? 'this finding' : 'these findings'} true positive. Saving this change blinds
              you to {lost.length === 1 ? 'it' : 'them'}, and to what is like{' '}
              {lost.length === 1 ? 'it' : 'them'}.
            </p>
          </div>
        ) : null}
        <BriefList
          title="Lost"
          total={totals.lost}
          items={result.lost.map((finding): Difference => ({ now: finding, later: null, what: [] }))}
        />
        <BriefList
          title="Gained"
          total={totals.gained}
          items={result.gained.map((finding): Difference => ({ now: null, later: finding, what: [] }))}
        />
        <BriefList
          title="Changed"
          total={totals.changed}
          items={result.changed.map(
            ({ before, after, what }): Difference => ({ now: before, later: after, what }),
          )}
        />
        {totals.lost + totals.gained + totals.changed === 0 ? (
          <p className="text-text-2">Every finding stays as it is.</p>
        ) : null}
      </div>
    </section>
  );
}
