'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { counted } from '@/lib/base/numberWords';
import type { CoverageCell } from '@/lib/contracts/coverage';
import type { PartProps } from './coveragePart';
import { cellText } from './coverageUrl';
import { type CoverageRow, dayText, keyText, PROVEN_WORDS, provenState } from './coverageWords';
import { MatrixCell } from './MatrixCell';
import { cellAfter, type MatrixColumn, type MatrixGroup } from './matrixLayout';

/** Of the first column, which stays where it is while the others are scrolled. */
export const STAGE = 'sticky left-0 z-10 bg-surface-0 print:static print:bg-transparent';

export type MatrixPlace = { row: number; column: number };

/** What every row is given: its place among all rows, and where the tab key leads. */
export type RowProps = PartProps & {
  columns: readonly MatrixColumn[];
  place: number;
  here: MatrixPlace;
  onHere: (place: MatrixPlace) => void;
  size: { rows: number; columns: number };
};

/** An analytic: its title, and its stages added up. */
export function AnalyticRow(props: RowProps & { group: MatrixGroup }) {
  const { analytic, title, rows, cells, total } = props.group;
  const proven = rows.filter((row) => provenState(row) === 'proven').length;
  const edge = 'border-b border-line-strong pt-1.5 print:pt-0.5';
  return (
    <tr className="hover:bg-surface-1">
      <th scope="rowgroup" className={clsx(STAGE, edge, 'min-w-44 px-1.5 pb-1 text-left font-medium')}>
        <Link href={`/analytics/${encodeURIComponent(analytic)}`} className="hover:underline">
          {analytic} · <HostileText text={title} />
        </Link>
      </th>
      <Cells
        {...props}
        what={`All ${counted(rows.length, 'stage')} of ${analytic}`}
        named={analytic}
        cells={cells}
        total={total}
        className={edge}
      />
      <td className={clsx(edge, 'whitespace-nowrap px-1.5 text-text-2')}>
        {proven} of {rows.length}
      </td>
    </tr>
  );
}

/** A stage, with the day of the replay that proved it. */
export function StageRow(props: RowProps & { row: CoverageRow }) {
  const { row } = props;
  return (
    <tr className="hover:bg-surface-1">
      <th scope="row" className={clsx(STAGE, 'min-w-44 border-b px-1.5 text-left font-normal')}>
        <HostileText text={row.title} />
        {row.required ? null : <span className="text-12 text-text-3"> optional</span>}
      </th>
      <Cells
        {...props}
        what={row.title}
        named={row.stage}
        cells={row.cells}
        total={row.total}
        provenAt={row.proof?.at}
        className="border-b"
      />
      <td className="border-b px-1.5 text-text-2">
        <Proof row={row} />
      </td>
    </tr>
  );
}

/** The cells of a row, that of all hosts last. */
function Cells(
  props: RowProps & {
    /** The row in words, and as the URL names it. */
    what: string;
    named: string;
    cells: readonly CoverageCell[];
    total: CoverageCell;
    provenAt?: string | undefined;
    className: string;
  },
) {
  const { columns, view, url, show, open } = props;
  const cells = [...props.cells.slice(0, columns.length), props.total];
  return cells.map((cell, place) => {
    const column = columns[place];
    const folded = column?.folded;
    const at = { row: props.place, column: place };
    const cellName = cellText({ stage: props.named, column: column?.key ?? null });
    return (
      <td key={column ? `of ${column.key}` : 'all'} className={clsx(props.className, 'p-0')}>
        <MatrixCell
          stage={props.what}
          where={
            column === undefined
              ? 'all hosts'
              : folded === undefined
                ? nameOf(column, view.by)
                : counted(folded, 'other column')
          }
          cell={cell}
          provenAt={props.provenAt}
          place={at}
          reached={props.here.row === at.row && props.here.column === place}
          opened={folded === undefined && url.cell === cellName}
          onFocus={() => props.onHere(at)}
          onOpen={() => (folded === undefined ? open({ cell: cellName }) : show({ all: true }))}
          onKey={(key, toEdge) => cellAfter(key, at, props.size, toEdge)}
        />
      </td>
    );
  });
}

/** The day of the newest replay that proved a stage; whether it says anything of these hosts. */
function Proof({ row }: { row: CoverageRow }) {
  const { proof } = row;
  const state = provenState(row);
  if (proof === null)
    return (
      <span className="text-text-3">
        –<span className="sr-only"> not proven</span>
      </span>
    );
  return (
    <Link
      href={`/coverage/validation/${encodeURIComponent(proof.runId)}`}
      prefetch={false}
      title={`${PROVEN_WORDS[state]}: by a replay in ${proof.source}, ${dayText(proof.at, { year: true })}`}
      className="inline-block min-h-6 content-center underline-offset-3 hover:underline"
    >
      {state === 'elsewhere' ? (
        <>
          in no source here<span className="sr-only">: {PROVEN_WORDS[state]}</span>
        </>
      ) : (
        <span className="whitespace-nowrap">
          {dayText(proof.at)}
          {state === 'old' ? ', old' : ''}
        </span>
      )}
    </Link>
  );
}

/** The server's name of a column, or what stands for having none. */
export function nameOf(column: MatrixColumn, by: string): string {
  return column.name === '' || column.name === 'none' ? keyText('none', by) : column.name;
}
