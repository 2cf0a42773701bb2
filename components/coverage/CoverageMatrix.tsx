'use client';

import { clsx } from 'clsx';
import { useMemo, useState } from 'react';
import { CoverageLegend } from '@/components/shared/CoverageBar';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import type { CoverageView } from '@/lib/contracts/coverage';
import type { PartProps } from './coveragePart';
import { AnalyticRow, type MatrixPlace, nameOf, type RowProps, STAGE, StageRow } from './MatrixRows';
import { layoutMatrix, type MatrixColumn } from './matrixLayout';
import { ProvenLegend } from './ShareRing';

const BY_WORDS = {
  group: 'host group',
  os: 'operating system',
  source: 'source of telemetry: on hosts that have this source',
} as const;
const HEAD = 'label border-b border-line-strong px-1.5 py-1 text-left align-bottom font-medium leading-6';

/** What each stage could see, stages by analytic down, hosts across; arrows move, Enter lists the hosts of a cell. */
export function CoverageMatrix(props: PartProps) {
  const { view, url } = props;
  const ungrouped = hasNoGroups(view);
  const layout = useMemo(
    () => layoutMatrix(ungrouped ? { ...view, columns: [] } : view, url.all),
    [view, url.all, ungrouped],
  );
  const lines = layout.groups.flatMap((group) => [group, ...group.rows]);
  const [at, setAt] = useState<MatrixPlace>({ row: 0, column: 0 });
  // All hosts stand after the columns.
  const size = { rows: lines.length, columns: layout.columns.length + 1 };
  const here = { row: Math.min(at.row, size.rows - 1), column: Math.min(at.column, size.columns - 1) };
  const rowOf = (line: (typeof lines)[number]): RowProps => ({
    ...props,
    columns: layout.columns,
    place: lines.indexOf(line),
    here,
    onHere: setAt,
    size,
  });
  return (
    <section aria-labelledby="matrix-title" className="min-w-0">
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id="matrix-title" className="flex-1 text-13">
          What each stage could see{ungrouped ? '' : `, by ${BY_WORDS[view.by]}`}
        </h2>
        <ColumnsChoice {...props} ungrouped={ungrouped} hidden={layout.hidden} />
        <CoverageLegend />
        <ProvenLegend />
      </div>
      <div className="overflow-x-auto print:overflow-visible">
        <table aria-labelledby="matrix-title" className="num w-full border-collapse">
          <thead>
            <tr>
              <th scope="col" className={clsx(HEAD, STAGE)}>
                Stage
              </th>
              {layout.columns.map((column) => (
                <ColumnHead key={column.key} column={column} {...props} />
              ))}
              <th scope="col" className={HEAD}>
                All hosts <span className="font-normal">{view.hosts.toLocaleString('en')}</span>
              </th>
              <th scope="col" className={HEAD}>
                Proven
              </th>
            </tr>
          </thead>
          {layout.groups.map((group) => (
            <tbody key={group.analytic}>
              <AnalyticRow {...rowOf(group)} group={group} />
              {group.rows.map((row) => (
                <StageRow key={row.stage} {...rowOf(row)} row={row} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

/** Whether the one column of groups would only be all hosts again. */
function hasNoGroups({ by, columns }: Pick<CoverageView, 'by' | 'columns'>): boolean {
  return by === 'group' && columns.every(({ key }) => key === 'none');
}

/** How many columns are shown, and how to have others. */
function ColumnsChoice(props: PartProps & { ungrouped: boolean; hidden: number }) {
  const { view, url, hidden, show, open } = props;
  if (props.ungrouped)
    return url.group === null ? (
      <Allowed to="coverage.manage">
        <Button size="sm" variant="quiet" className="no-print" onClick={() => open({ show: 'groups' })}>
          Make groups
        </Button>
      </Allowed>
    ) : null;
  if (hidden > 0)
    return (
      <span className="num text-12 text-text-2">
        The largest {view.columns.length - hidden}{' '}
        <Button size="sm" variant="quiet" className="no-print" onClick={() => show({ all: true })}>
          Show all {view.columns.length}
        </Button>
      </span>
    );
  return url.all && view.columns.length > 0 ? (
    <Button size="sm" variant="quiet" className="no-print" onClick={() => show({ all: false })}>
      Largest only
    </Button>
  ) : null;
}

/** The name of a column; pressed, only its hosts are looked at, or all columns are shown. */
function ColumnHead({ column, view, show }: PartProps & { column: MatrixColumn }) {
  const folded = column.folded;
  const name = folded === undefined ? nameOf(column, view.by) : `${folded} others`;
  return (
    <th scope="col" className={HEAD}>
      <button
        type="button"
        title={folded === undefined ? 'Only these hosts' : 'Show every column'}
        className="min-h-6 max-w-28 text-left align-bottom leading-4 font-medium underline-offset-3 hover:underline"
        onClick={() => show(folded === undefined ? { [view.by]: column.key, cell: null } : { all: true })}
      >
        <HostileText text={name} /> <span className="font-normal">{column.hosts.toLocaleString('en')}</span>
      </button>
    </th>
  );
}
