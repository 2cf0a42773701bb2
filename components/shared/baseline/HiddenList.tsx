'use client';

import Link from 'next/link';
import type { FindingBrief } from '@/lib/contracts/analytics';
import { verdictValue } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import { TimeText } from '../TimeText';
import { VERDICT_WORD } from '../verdict/verdictWords';

/** Findings that would be hidden, by name; `total` says how many there are where the list is cut. */
export function HiddenList(props: { label: string; items: readonly FindingBrief[]; total: number }) {
  const { label, items, total } = props;
  if (total === 0) return null;
  return (
    <section aria-label={label}>
      <h3 className="label num">
        {label} · {items.length < total ? `${items.length} of ${total.toLocaleString('en')}` : total}
      </h3>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="focus-inset max-h-40 overflow-y-auto border-y"
      >
        {items.map((finding) => (
          <li
            key={finding.id}
            className="num flex min-h-6 flex-wrap items-baseline gap-x-3 border-b py-1 last:border-b-0"
          >
            <Link
              href={`/findings/${encodeURIComponent(finding.id)}`}
              target="_blank"
              prefetch={false}
              className="link min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]"
            >
              <HostileText text={finding.headline} />
              <span className="sr-only"> (opens a new tab)</span>
            </Link>
            <span className="machine text-12 text-text-2">
              <HostileText text={finding.host} />
            </span>
            <TimeText at={finding.from} date precision="min" />
            <Verdict value={finding.verdict} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Verdict({ value }: { value: string | null }) {
  const known = verdictValue.safeParse(value);
  if (!known.success) return <span className="text-12 text-text-3">no verdict</span>;
  return (
    <span
      className={known.data === 'true_positive' ? 'text-12 font-medium text-danger' : 'text-12 text-text-2'}
    >
      {VERDICT_WORD[known.data]}
    </span>
  );
}
