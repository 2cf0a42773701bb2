'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { counted } from '@/lib/base/numberWords';
import { type CoverageRow, PROVEN_WORDS, type ProvenState, provenState } from './coverageWords';

const ORDER: Readonly<Record<ProvenState, number>> = { never: 0, elsewhere: 1, old: 2, proven: 3 };

/** Each stage with the replay that proved it last, the unproven ones first: they are what is to be done. */
export function ProofList({ rows }: { rows: readonly CoverageRow[] }) {
  return (
    <>
      <p className="border-b px-4 py-2.5 text-text-2">
        A stage is proven where a recording with a label was replayed through the running detection and the
        stage matched as labelled, less than 90 days ago, in a source of a host that sees it most of the time.
      </p>
      <ul>
        {rows
          .toSorted((a, b) => ORDER[provenState(a)] - ORDER[provenState(b)])
          .map((row) => ({ ...row, state: provenState(row) }))
          .map(({ stage, analytic, title, proof, state, total }) => (
            <li key={stage} className="num border-b px-4 py-2">
              <p className="flex items-baseline gap-3">
                <span className="min-w-0 flex-1 font-medium">
                  <span className="font-normal text-text-3">{analytic}</span> <HostileText text={title} />
                </span>
                <span className={state === 'proven' ? '' : 'text-right text-warning'}>
                  {PROVEN_WORDS[state]}
                  {state === 'proven' ? ` on ${counted(total.provenHosts, 'host')}` : ''}
                </span>
              </p>
              {proof === null ? (
                <p className="text-12 text-text-3">No recording showed it yet.</p>
              ) : (
                <p className="text-12 text-text-2">
                  <TimeText at={proof.at} date precision="min" zone /> (<AgeText at={proof.at} /> ago), in{' '}
                  {proof.source}, by <HostileText text={proof.recording} />.{' '}
                  <Link
                    className="link"
                    prefetch={false}
                    href={`/coverage/validation/${encodeURIComponent(proof.runId)}`}
                  >
                    The run
                  </Link>
                </p>
              )}
            </li>
          ))}
      </ul>
    </>
  );
}
