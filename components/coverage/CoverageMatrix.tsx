'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { CoverageLegend } from '@/components/shared/CoverageBar';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import type { PartProps } from './coveragePart';
import { cellText } from './coverageUrl';
import { type CoverageRow, counted, dayText, keyText } from './coverageWords';
import { MatrixCell } from './MatrixCell';
import { cellAfter, layoutMatrix, type MatrixColumn } from './matrixLayout';

const BY_WORDS = { group: 'host group', os: 'operating system', source: 'source of telemetry' } as const;
const HEAD = 'label border-b border-line-strong px-1.5 py-1 text-left align-bottom font-medium leading-6';
const STAGE = 'sticky left-0 z-10 bg-surface-0 print:static print:bg-transparent';

/** What each stage could see, stages by analytic down, hosts across; arrows move, Enter lists the hosts of a cell. */
export function CoverageMatrix(props: PartProps) {
  const { view, url, show } = props;
  const layout = useMemo(() => layoutMatrix(view, url.all), [view, url.all]);
  const rows = layout.groups.flatMap((group) => group.rows);
  const [at, setAt] = useState({ row: 0, column: 0 });
  // All hosts stand after the columns.
  const size = { rows: rows.length, columns: layout.columns.length + 1 };
  const here = { row: Math.min(at.row, size.rows - 1), column: Math.min(at.column, size.columns - 1) };
  return (
    <section aria-labelledby="matrix-title" className="min-w-0">
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id="matrix-title" className="flex-1 text-13">
          What each stage could see, by {BY_WORDS[view.by]}
        </h2>
        {url.all && layout.columns.length > 0 ? (
          <Button size="sm" variant="quiet" className="no-print" onClick={() => show({ all: false })}>
            Largest only
          </Button>
        ) : null}
        <CoverageLegend />
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
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={size.columns + 2}
                  className="border-b border-line-strong px-1.5 pb-1 pt-2.5 text-left font-medium text-text-2 print:pt-1"
                >
                  <Link href={`/analytics/${encodeURIComponent(group.analytic)}`} className="hover:underline">
                    {group.analytic} · <HostileText text={group.title} />
                  </Link>
                </th>
              </tr>
              {group.rows.map((row) => (
                <StageRow
                  key={row.stage}
                  {...props}
                  row={row}
                  columns={layout.columns}
                  place={rows.indexOf(row)}
                  here={here}
                  onHere={setAt}
                  size={size}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
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

/** The server's name of a column, or what stands for having none. */
function nameOf(column: MatrixColumn, by: string): string {
  return column.name === '' || column.name === 'none' ? keyText('none', by) : column.name;
}

type Place = { row: number; column: number };

function StageRow(
  props: PartProps & {
    row: CoverageRow;
    columns: readonly MatrixColumn[];
    place: number;
    here: Place;
    onHere: (place: Place) => void;
    size: { rows: number; columns: number };
  },
) {
  const { row, columns, view, url, show, open } = props;
  const cells = [...row.cells.slice(0, columns.length), row.total];
  return (
    <tr className="hover:bg-surface-1">
      <th scope="row" className={clsx(STAGE, 'min-w-44 border-b px-1.5 text-left font-normal')}>
        <HostileText text={row.title} />
        {row.required ? null : <span className="text-12 text-text-3"> optional</span>}
      </th>
      {cells.map((cell, place) => {
        const column = columns[place];
        const folded = column?.folded;
        const cellName = cellText({ stage: row.stage, column: column?.key ?? null });
        return (
          <td key={column ? `of ${column.key}` : 'all'} className="border-b p-0">
            <MatrixCell
              stage={row.title}
              where={
                column === undefined
                  ? 'all hosts'
                  : folded === undefined
                    ? nameOf(column, view.by)
                    : counted(folded, 'other column')
              }
              cell={cell}
              place={{ row: props.place, column: place }}
              reached={props.here.row === props.place && props.here.column === place}
              opened={folded === undefined && url.cell === cellName}
              onFocus={() => props.onHere({ row: props.place, column: place })}
              onOpen={() => (folded === undefined ? open({ cell: cellName }) : show({ all: true }))}
              onKey={(key, toEdge) => cellAfter(key, { row: props.place, column: place }, props.size, toEdge)}
            />
          </td>
        );
      })}
      <td className="whitespace-nowrap border-b px-1.5 text-text-2">
        {row.proof === null ? (
          <span className="text-text-3">
            –<span className="sr-only"> not proven</span>
          </span>
        ) : (
          <Link
            href={`/coverage/validation/${encodeURIComponent(row.proof.runId)}`}
            prefetch={false}
            title={`By a replay in ${row.proof.source}, ${dayText(row.proof.at, { year: true })}`}
            className="inline-block min-h-6 content-center underline-offset-3 hover:underline"
          >
            {dayText(row.proof.at)}
            {row.proof.fresh ? '' : ', old'}
          </Link>
        )}
      </td>
    </tr>
  );
}
