import { clsx } from 'clsx';
import { Fragment } from 'react';
import { type CoverageRow, PROVEN_WORDS, type ProvenState, provenState } from './coverageWords';

/** A disc where a host has it proven, half of one where the replay is old or of another source, else a ring. */
const HALF = 'border-matched bg-[linear-gradient(90deg,var(--matched)_50%,transparent_50%)]';
const LOOK: Readonly<Record<ProvenState, string>> = {
  proven: 'border-matched bg-matched',
  elsewhere: HALF,
  old: HALF,
  never: 'border-absent',
};

/** A mark for each stage: whether a replay proved it on any host that is looked at. */
export function ProvenStrip({ rows }: { rows: readonly CoverageRow[] }) {
  return (
    <span aria-hidden="true" className="keep-colour mt-2 flex h-7 flex-wrap items-center gap-1">
      {rows.map((row, place) => (
        <Fragment key={row.stage}>
          {place > 0 && rows[place - 1]?.analytic !== row.analytic ? <span className="w-1.5" /> : null}
          <span
            title={`${row.title}: ${PROVEN_WORDS[provenState(row)]}`}
            className={clsx('size-2 rounded-full border', LOOK[provenState(row)])}
          />
        </Fragment>
      ))}
    </span>
  );
}
