'use client';

import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { type SigmaColumn, SigmaGrid, type SigmaRow } from './SigmaGrid';
import { SigmaSkeleton } from './SigmaSkeleton';
import { useSigmaKeys } from './useSigmaKeys';

/** What of a query in pages a list needs. */
export type PagesOf = {
  readonly data: unknown;
  readonly error: Error | null;
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: (options: { cancelRefetch: boolean }) => unknown;
  readonly refetch: () => unknown;
};

type SigmaListProps = {
  label: string;
  /** What one row is, as keys and messages name it: "rule". */
  what: string;
  /** Several of it, where that is not `what` with an s. */
  several?: string;
  columns: readonly SigmaColumn[];
  rows: readonly SigmaRow[];
  total: number;
  pages: PagesOf;
  openKey: string | null;
  /** `following`: what is open went along with the row in hand. */
  onOpen: (key: string | null, following?: boolean) => void;
  /** The field that `/` leads to; absent: there is none. */
  search?: RefObject<HTMLInputElement | null>;
  /** In place of no rows. */
  empty: ReactNode;
};

/** A list of Sigma's in its four states, with its keys. */
export function SigmaList(props: SigmaListProps) {
  const { label, what, several = `${what}s`, rows, pages, openKey, onOpen } = props;
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { activeKey, setActive } = useSigmaKeys({
    what,
    title: label,
    rows,
    openKey,
    onOpen,
    grid,
    scroller,
    ...(props.search ? { search: props.search } : {}),
  });
  const before = useRef(openKey);
  useEffect(() => {
    // What was closed had the focus: it goes back to the list, unless somebody is somewhere else already.
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (before.current !== null && openKey === null && lost) grid.current?.focus({ preventScroll: true });
    before.current = openKey;
  }, [openKey]);
  if (pages.error && !pages.data)
    return (
      <ProblemNote
        error={pages.error}
        what={`The list of ${several} could not be read`}
        safe="Rules and their hits are stored on the server; nothing is lost."
        onRetry={() => void pages.refetch()}
      />
    );
  if (!pages.data) return <SigmaSkeleton label={`Reading the list of ${several}`} />;
  if (rows.length === 0 && !pages.hasNextPage)
    return <div className="min-h-0 flex-1 overflow-auto">{props.empty}</div>;
  return (
    <>
      <SigmaGrid
        label={label}
        columns={props.columns}
        rows={rows}
        total={props.total}
        activeKey={activeKey}
        openKey={openKey}
        onOpen={(key) => {
          setActive(key);
          onOpen(key);
        }}
        onNearEnd={() => {
          if (pages.hasNextPage && !pages.isFetching && !pages.isError)
            void pages.fetchNextPage({ cancelRefetch: false });
        }}
        grid={grid}
        scroller={scroller}
      />
      {pages.error ? (
        <div className="border-t px-4 py-2">
          <ProblemNote
            compact
            error={pages.error}
            what={`The list of ${several} is not whole or not of now`}
            onRetry={() => void pages.refetch()}
          />
        </div>
      ) : null}
    </>
  );
}
