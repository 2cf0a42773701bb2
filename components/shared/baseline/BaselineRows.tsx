import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { ProblemNote } from '../ProblemNote';

/**
 * Baselines as they are read: why they could not be, that they are being read, that there are none, or `step` rows and
 * as many more on each asking.
 */
export function BaselineRows<T>(props: {
  /** What reads them; `data` is undefined until it has. */
  query: { readonly data: unknown; readonly error: Error | null; readonly refetch: () => unknown };
  items: readonly T[];
  step: number;
  /** A row with its key. */
  row: (item: T) => ReactNode;
  skeleton: ReactNode;
  empty: ReactNode;
}) {
  const { query, items, step } = props;
  const [most, setMost] = useState(step);
  return (
    <>
      {query.error && !query.data ? (
        <ProblemNote
          error={query.error}
          what="The baselines could not be read"
          safe="They stay in force."
          onRetry={() => void query.refetch()}
        />
      ) : !query.data ? (
        props.skeleton
      ) : items.length === 0 ? (
        props.empty
      ) : (
        <ul className="border-t">{items.slice(0, most).map((item) => props.row(item))}</ul>
      )}
      {items.length > most ? (
        <Button size="sm" className="mx-4 my-3" onClick={() => setMost(most + step)}>
          Show more: {most} of {items.length} are shown
        </Button>
      ) : null}
    </>
  );
}
