'use client';

import { useQuery } from '@tanstack/react-query';
import type { AnalyticChange, BacktestView } from '@/lib/contracts/analytics';
import { backtestQuery, useCancelBacktest, useStartBacktest } from './backtestQueries';
import { changeKey, isTrying } from './backtestWords';

export type Trial = {
  /** The back-test that runs or ran; undefined before the first. */
  backtest: BacktestView | undefined;
  /** Whether it tried exactly the change at hand. */
  isOfThis: boolean;
  /** Done, of exactly this change, over all stored events: it may be saved. */
  maySave: boolean;
  running: boolean;
  starting: boolean;
  error: Error | null;
  start: (imports?: readonly string[]) => void;
  cancel: () => void;
  /** Resolves when nothing names it any more: only then may one go elsewhere. */
  forget: () => Promise<unknown>;
};

/** Where the id of a back-test is kept: in the address, or only as long as a dialog is open. */
export type TrialPlace = readonly [id: string | null, setId: (id: string | null) => Promise<unknown>];

/** The back-test of a change, begun and followed here. */
export function useTrialOf(subject: string, change: AnalyticChange | null, [id, setId]: TrialPlace): Trial {
  const query = useQuery({ ...backtestQuery(id ?? ''), enabled: id !== null });
  const begin = useStartBacktest(subject);
  const stop = useCancelBacktest();
  const found = id === null ? undefined : query.data;
  const backtest = found !== undefined && found.subject === subject ? found : undefined;
  const isOfThis =
    backtest !== undefined && change !== null && changeKey(backtest.change) === changeKey(change);
  const running = backtest !== undefined && isTrying(backtest);
  return {
    backtest,
    isOfThis,
    maySave: isOfThis && backtest.state === 'done' && backtest.imports.length === 0,
    running,
    starting: begin.isPending,
    error: begin.error ?? (id === null ? null : query.error),
    start: (imports = []) => {
      if (change === null) return;
      begin.mutate({ change, imports }, { onSuccess: (view) => void setId(view.id) });
    },
    cancel: () => {
      if (backtest !== undefined) stop.mutate(backtest.id);
    },
    forget: () => {
      begin.reset();
      return setId(null);
    },
  };
}
