import { clsx } from 'clsx';
import { Fragment } from 'react';
import type { CoverageRow } from './coverageWords';

/** A mark for each stage: a disc where a fresh replay proved it, half of one where an old one did, else a ring. */
export function ProvenStrip({ rows }: { rows: readonly CoverageRow[] }) {
  return (
    <span aria-hidden="true" className="keep-colour mt-2 flex h-7 flex-wrap items-center gap-1">
      {rows.map(({ stage, title, analytic, proof }, place) => (
        <Fragment key={stage}>
          {place > 0 && rows[place - 1]?.analytic !== analytic ? <span className="w-1.5" /> : null}
          <span
            title={`${title}: ${proof === null ? 'not proven' : proof.fresh ? 'proven' : 'proven long ago'}`}
            className={clsx(
              'size-2 rounded-full border',
              proof === null ? 'border-absent' : 'border-matched',
              proof?.fresh && 'bg-matched',
              proof && !proof.fresh && 'bg-[linear-gradient(90deg,var(--matched)_50%,transparent_50%)]',
            )}
          />
        </Fragment>
      ))}
    </span>
  );
}
