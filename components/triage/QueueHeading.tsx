// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: its buttons take the focus

import { clsx } from 'clsx';
import type { TriageSort } from '@/components/shared/findingFilters';
import { ROW_BOX } from './QueueRow';
import { COLUMN, type QueueColumn } from './queueColumns';
import { SORT_WORD } from './viewWords';

type QueueHeadingProps = {
  columns: readonly QueueColumn[];
  sort: TriageSort;
  onSort: (sort: TriageSort) => void;
  selectable: boolean;
};

/** Names of the columns; a name that can order the list is a button. */
export function QueueHeading({ columns, sort, onSort, selectable }: QueueHeadingProps) {
  const heading = (column: QueueColumn) => (
    <Heading key={column} column={column} sort={sort} onSort={onSort} />
  );
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={clsx(ROW_BOX, 'label sticky top-0 z-10 h-7 border-b bg-surface-0')}
    >
      <span className="w-[3px] shrink-0" />
      {selectable ? (
        <span role="columnheader" className="w-6 shrink-0">
          <span className="sr-only">Selected</span>
        </span>
      ) : null}
      {columns.filter((column) => COLUMN[column].before).map(heading)}
      <span role="columnheader" className="min-w-0 flex-1">
        Finding
      </span>
      {columns.filter((column) => !COLUMN[column].before).map(heading)}
    </div>
  );
}

function Heading(props: { column: QueueColumn; sort: TriageSort; onSort: (sort: TriageSort) => void }) {
  const { title, className, sorts } = COLUMN[props.column];
  const [order, ...others] = sorts.filter(({ sort }) => sort === props.sort);
  const sorted = order !== undefined && others.length === 0;
  return (
    <span
      role="columnheader"
      className={clsx('shrink-0 whitespace-nowrap', className)}
      {...(sorted
        ? { 'aria-sort': props.sort === 'score' || props.sort === 'newest' ? 'descending' : 'ascending' }
        : {})}
    >
      {sorts.length === 0
        ? title
        : sorts.map(({ sort, word }, place) => (
            <span key={sort}>
              {place > 0 ? ' · ' : null}
              <button
                type="button"
                tabIndex={-1}
                title={`Order: ${SORT_WORD[sort].toLowerCase()}`}
                onClick={() => props.onSort(sort)}
                className={clsx(
                  'focus-inset inline-flex min-h-6 items-center gap-0.5 hover:text-text-1',
                  props.sort === sort && 'text-text-1',
                )}
              >
                {word}
                {props.sort === sort ? <span aria-hidden="true">▾</span> : null}
              </button>
            </span>
          ))}
    </span>
  );
}
