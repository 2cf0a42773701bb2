'use client';

import { HostileText } from '@/components/shared/MonoText';
import type { TimeSpan } from '@/components/shared/query/histogramLayout';
import { TimeText } from '@/components/shared/TimeText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { MICROS_PER_DAY, parseMicros } from '@/lib/base/time';
import type { EventSummary } from '@/lib/contracts/events';

type Blind = EventSummary['blind'][number];
type BlindListProps = {
  kinds: readonly { kind: Blind['kind']; blind: readonly Blind[] }[];
  /** All intervals there are; those in `kinds` may be fewer. */
  total: number;
  span: TimeSpan;
};

/** What could not have been recorded, in words: a search that finds nothing there proves nothing. */
export function BlindList({ kinds, total, span }: BlindListProps) {
  if (total === 0) return null;
  const listed = kinds.flatMap(({ blind }) => blind);
  const hosts = new Set(listed.map((each) => each.host));
  return (
    <details className="col-span-full pt-1 text-12">
      <summary className="flex min-h-6 cursor-pointer items-center gap-2 text-text-2">
        <span
          aria-hidden="true"
          className="hatch keep-colour size-3 shrink-0 rounded-full border border-blind"
        />
        <span className="num">
          <span className="text-blind">Blind</span> to {words(kinds.length, 'kind')} on{' '}
          {words(hosts.size, 'host')} in this time: nothing found there proves nothing
        </span>
      </summary>
      <ul className="max-h-48 overflow-auto pb-2 pl-5">
        {listed.map((each) => (
          <li
            key={`${each.host}${each.kind}${each.from}${each.reason}`}
            className="border-b py-1 last:border-b-0"
          >
            <span className="text-blind">{KIND_WORDS[each.kind]}</span> on{' '}
            <span className="machine">
              <HostileText text={each.host} />
            </span>
            , <When blind={each} span={span} />:{' '}
            <span className="text-text-2">
              <HostileText text={each.reason} />
            </span>
          </li>
        ))}
        {total > listed.length ? (
          <li className="num py-1 text-text-3">
            {listed.length.toLocaleString('en')} of {total.toLocaleString('en')} intervals; narrow the search
            by host or time to see the others.
          </li>
        ) : null}
      </ul>
    </details>
  );
}

/** A reason says times of day only: of more than a day, the days are told even where it is all that is shown. */
function When({ blind, span }: { blind: Blind; span: TimeSpan }) {
  const isWhole = whole(blind, span);
  if (isWhole && span.to - span.from <= MICROS_PER_DAY) return 'all of this time';
  return (
    <>
      {isWhole ? 'all of this time, ' : null}
      <TimeText at={blind.from} date precision="s" /> to <TimeText at={blind.to} date precision="s" />
    </>
  );
}

function whole({ from, to }: Blind, span: TimeSpan): boolean {
  return (parseMicros(from) ?? 0) <= span.from && (parseMicros(to) ?? 0) >= span.to - 1;
}

function words(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}
