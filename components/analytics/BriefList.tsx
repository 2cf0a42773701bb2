'use client';

import Link from 'next/link';
import { useState } from 'react';
import { triageHref } from '@/components/shared/findingFilters';
import { HostileText } from '@/components/shared/MonoText';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import type { FindingBrief } from '@/lib/contracts/analytics';
import { severity, verdictValue } from '@/lib/contracts/scalars';

/** A finding as it is (null: there is none yet) and as it would be (null: gone). */
export type Difference = { now: FindingBrief | null; later: FindingBrief | null; what: readonly string[] };

const STEP = 50;

/** Findings that differ, by name; some fifty at a time, with how many there are in all. */
export function BriefList(props: { title: string; total: number; items: readonly Difference[] }) {
  const { title, total, items } = props;
  const [most, setMost] = useState(STEP);
  if (total === 0) return null;
  const shown = items.slice(0, most);
  return (
    <section aria-label={title} className="mb-3">
      <h3 className="label num">
        {title} · {shown.length < total ? `${shown.length} of ${total.toLocaleString('en')}` : total}
      </h3>
      <ul className="border-t">
        {shown.map((item) => (
          <Row key={(item.now ?? item.later)?.id} item={item} />
        ))}
      </ul>
      {shown.length < items.length ? (
        <Button size="sm" className="mt-1.5" onClick={() => setMost(most + STEP)}>
          Show {Math.min(STEP, items.length - shown.length)} more
        </Button>
      ) : null}
    </section>
  );
}

function Row({ item }: { item: Difference }) {
  const { now, later, what } = item;
  const finding = now ?? later;
  if (finding === null) return null;
  // One that does not exist yet has no page: what its host has so far is the nearest.
  const href =
    now === null
      ? triageHref({ host: finding.host, analytic: finding.analytic })
      : `/findings/${encodeURIComponent(finding.id)}`;
  return (
    <li className="border-b py-1.5">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link href={href} className="link min-w-0 [overflow-wrap:anywhere]">
          <HostileText text={finding.headline} />
          {now === null ? <span className="sr-only">, what its host has so far</span> : null}
        </Link>
        <Verdict value={finding.verdict} />
      </p>
      <p className="num flex flex-wrap items-baseline gap-x-3 text-12 text-text-2">
        <span className="machine">
          <HostileText text={finding.host} />
        </span>
        <TimeText at={finding.from} date precision="s" />
        <span className="flex items-baseline gap-2">
          {now === null ? null : <State finding={now} />}
          {now === null || later === null || stateKey(now) === stateKey(later) ? null : (
            <span aria-hidden="true">→</span>
          )}
          {later === null || (now !== null && stateKey(now) === stateKey(later)) ? null : (
            <>
              <span className="sr-only">becomes</span>
              <State finding={later} />
            </>
          )}
        </span>
      </p>
      {what.length === 0 ? null : <p className="text-12 text-text-2">{what.join('; ')}</p>}
    </li>
  );
}

function State({ finding }: { finding: FindingBrief }) {
  const known = severity.safeParse(finding.severity);
  return (
    <span className="inline-flex items-baseline gap-1.5">
      {known.success ? (
        <SeverityMark severity={known.data} score={finding.score} />
      ) : (
        `${finding.severity} · ${finding.score}`
      )}
      <span>{finding.status}</span>
      {finding.suppressed ? <span>hidden</span> : null}
    </span>
  );
}

function stateKey({ severity: level, score, status, suppressed }: FindingBrief): string {
  return `${level} ${score} ${status} ${suppressed}`;
}

function Verdict({ value }: { value: string | null }) {
  const known = verdictValue.safeParse(value);
  if (!known.success) return null;
  return (
    <span className={known.data === 'true_positive' ? 'font-medium text-danger' : 'text-text-2'}>
      {VERDICT_WORD[known.data]}
    </span>
  );
}
