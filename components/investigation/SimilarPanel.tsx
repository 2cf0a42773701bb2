'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useState } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import type { FindingDetail } from '@/lib/contracts/findings';
import { findingHref } from './nextFinding';
import { LIKENESS, type Likeness, likenessCounts, pastVerdicts, type Similar } from './similarWords';

/** Findings that share images, root or destination with this one, and what people said of them. */
export function SimilarPanel({ finding, queue }: { finding: FindingDetail; queue: string }) {
  const [only, setOnly] = useState<Likeness | null>(null);
  const { similar, similarTotal } = finding;
  if (similar.length === 0)
    return (
      <p className="px-4 py-6 text-text-2">
        No other finding ran the same images, began with the same process or reached the same destination.
      </p>
    );
  const counts = likenessCounts(similar);
  const shown = only === null ? similar : similar.filter(({ because }) => because.includes(only));
  return (
    <>
      <div className="border-b px-4 py-3">
        <p>{pastVerdicts(shown)}</p>
        {similarTotal > similar.length ? (
          <p className="text-12 text-text-3">{`The closest ${similar.length} of ${similarTotal.toLocaleString('en')}.`}</p>
        ) : null}
        <fieldset aria-label="What they share" className="mt-2 flex flex-wrap gap-1.5">
          {counts.map(({ likeness, count }) => (
            <button
              key={likeness}
              type="button"
              aria-pressed={only === likeness}
              className={clsx(
                'min-h-6 rounded-sm border px-2 text-12',
                only === likeness ? 'border-accent bg-accent-soft text-text-1' : 'text-text-2',
              )}
              onClick={() => setOnly(only === likeness ? null : likeness)}
            >
              {LIKENESS[likeness]} <span className="num text-text-3">{count}</span>
            </button>
          ))}
        </fieldset>
      </div>
      <ul>
        {shown.map((other) => (
          <SimilarRow key={other.id} other={other} finding={finding} queue={queue} />
        ))}
      </ul>
    </>
  );
}

function SimilarRow({ other, finding, queue }: { other: Similar; finding: FindingDetail; queue: string }) {
  return (
    <li className="border-b last:border-b-0">
      <Link href={findingHref(other.id, queue)} className="focus-inset block px-4 py-2.5 hover:bg-surface-2">
        <span className="flex items-baseline gap-3">
          <SeverityMark severity={other.severity} />
          <span className="min-w-0 truncate">
            <HostileText text={other.host} />
          </span>
          <TimeText at={other.from} date precision="s" className="num ml-auto text-12 text-text-3" />
        </span>
        <span className="block text-text-2 [overflow-wrap:anywhere]">
          <HostileText text={other.headline} />
        </span>
        <span className="block text-12 text-text-3 [overflow-wrap:anywhere]">
          {other.analytic === finding.analytic ? null : `${other.analytic} · `}
          {other.because.map((likeness) => LIKENESS[likeness]).join(' · ')}
          {other.destination === null ? null : (
            <>
              {' '}
              <MonoText text={other.destination} />
            </>
          )}
        </span>
        <span className="block text-12 [overflow-wrap:anywhere]">
          {other.verdict === null ? (
            <span className="text-text-3">no verdict yet</span>
          ) : (
            <>
              {VERDICT_WORD[other.verdict]}
              {other.verdictBy === null ? null : (
                <>
                  {' by '}
                  <PersonName handle={other.verdictBy} />
                </>
              )}
              {other.verdictReason === null || other.verdictReason === '' ? null : (
                <span className="text-text-2">
                  {': '}
                  <HostileText text={other.verdictReason} />
                </span>
              )}
            </>
          )}
        </span>
      </Link>
    </li>
  );
}
