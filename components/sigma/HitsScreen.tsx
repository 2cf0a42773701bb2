'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { throttle, useQueryStates } from 'nuqs';
import { type RefObject, useMemo, useRef } from 'react';
import { counted } from '@/lib/base/numberWords';
import { CorrelatedList } from './CorrelatedList';
import { HitDrawer } from './HitDrawer';
import { HitsHeader } from './HitsHeader';
import { GROUP_COLUMNS, groupRow, HIT_COLUMNS, hitRow } from './hitColumns';
import { NoHits } from './NoHits';
import { SigmaList } from './SigmaList';
import { hitGroupsQuery, hitPagesQuery } from './sigmaQueries';
import { type HitUrl, hitParsers, isNarrowed, NO_HIT_FILTERS, toHitFilter } from './sigmaUrl';
import { useSettled } from './useSettled';

const SLOWLY = { limitUrlUpdates: throttle(200) };
/** What is opened, closed or grouped is a step that one goes back from; what is typed, or gone through by keys, is none. */
const ANEW = { history: 'push' } as const;
const STEPS = ['by', 'open', 'hit'] as const;

type ListProps = {
  url: HitUrl;
  onChange: (change: Partial<HitUrl>, following?: boolean) => void;
  search: RefObject<HTMLInputElement | null>;
};

/** What the community's rules hit, beside the triage queue and never in it: by rule, by process, or one by one. */
export function HitsScreen() {
  const [url, setUrl] = useQueryStates(hitParsers, SLOWLY);
  const search = useRef<HTMLInputElement>(null);
  const onChange = (change: Partial<HitUrl>, following?: boolean) => {
    // What was opened is of the list before.
    const shut = Object.keys(change).some((name) => name !== 'open' && name !== 'hit');
    const isStep = !following && STEPS.some((name) => name in change);
    void setUrl(shut ? { open: null, hit: null, ...change } : change, isStep ? ANEW : undefined);
  };
  const props = { url, onChange, search };
  if (url.by === 'correlation')
    return (
      <div className="flex h-full min-h-0">
        <CorrelatedList
          url={url}
          onChange={onChange}
          head={(sentence) => <HitsHeader {...props} sentence={sentence} />}
        />
      </div>
    );
  return url.by === 'hit' ? (
    <SingleHits {...props} />
  ) : (
    // Anew for each: what one grouping showed must not stand in for the other.
    <GroupedHits key={url.by} {...props} by={url.by} />
  );
}

function SingleHits({ url, onChange, search }: ListProps) {
  const filter = useSettled(toHitFilter(url));
  const pages = useInfiniteQuery({ ...hitPagesQuery(filter), placeholderData: keepPreviousData });
  const hits = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const rows = useMemo(() => hits.map(hitRow), [hits]);
  const total = pages.data?.pages[0]?.total;
  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Hits" aria-busy={pages.isFetching} className="flex min-w-0 flex-1 flex-col">
        <HitsHeader
          url={url}
          onChange={onChange}
          search={search}
          sentence={total === undefined ? 'Hits of Sigma rules' : counted(total, 'hit')}
        />
        <SigmaList
          label="Hits, newest first"
          what="hit"
          columns={HIT_COLUMNS}
          rows={rows}
          total={total ?? 0}
          pages={pages}
          openKey={url.hit}
          onOpen={(hit, following) => onChange({ hit }, following)}
          search={search}
          empty={
            <NoHits narrowed={isNarrowed(url)} host={url.host} onClear={() => onChange(NO_HIT_FILTERS)} />
          }
        />
      </section>
      {url.hit === null ? null : (
        <HitDrawer
          hit={url.hit}
          group={null}
          filter={filter}
          onHit={(hit) => onChange({ hit })}
          onClose={() => onChange({ hit: null })}
        />
      )}
    </div>
  );
}

function GroupedHits({ url, onChange, search, by }: ListProps & { by: 'rule' | 'process' }) {
  const filter = useSettled(toHitFilter(url));
  const pages = useInfiniteQuery({ ...hitGroupsQuery(by, filter), placeholderData: keepPreviousData });
  const groups = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const rows = useMemo(() => groups.map((group) => groupRow(by, group)), [by, groups]);
  const total = pages.data?.pages[0]?.total;
  const opened = groups.find(({ key }) => key === url.open) ?? null;
  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Hits" aria-busy={pages.isFetching} className="flex min-w-0 flex-1 flex-col">
        <HitsHeader
          url={url}
          onChange={onChange}
          search={search}
          sentence={groupSentence(by, total, pages.hasNextPage ? undefined : groups)}
        />
        <SigmaList
          label={by === 'rule' ? 'Rules with hits, worst first' : 'Processes with hits, worst first'}
          what={by === 'rule' ? 'rule' : 'process'}
          several={by === 'rule' ? 'rules' : 'processes'}
          columns={GROUP_COLUMNS[by]}
          rows={rows}
          total={total ?? 0}
          pages={pages}
          openKey={url.open ?? url.hit}
          onOpen={(open, following) => onChange({ open, hit: null }, following)}
          search={search}
          empty={
            <NoHits narrowed={isNarrowed(url)} host={url.host} onClear={() => onChange(NO_HIT_FILTERS)} />
          }
        />
      </section>
      {url.open === null && url.hit === null ? null : (
        <HitDrawer
          hit={url.hit}
          group={url.open === null ? null : { by, key: url.open, known: opened }}
          filter={filter}
          onHit={(hit) => onChange({ hit })}
          onClose={() => onChange({ open: null, hit: null })}
        />
      )}
    </div>
  );
}

/** "31 rules hit, 1,204 hits" where all groups are known, else what is known. */
function groupSentence(
  by: 'rule' | 'process',
  total: number | undefined,
  all: readonly { hits: number }[] | undefined,
): string {
  if (total === undefined) return 'Hits of Sigma rules';
  const groups = by === 'rule' ? counted(total, 'rule') : counted(total, 'process', 'processes');
  const hits =
    all === undefined
      ? ''
      : `, ${counted(
          all.reduce((sum, group) => sum + group.hits, 0),
          'hit',
        )}`;
  return by === 'rule' ? `${groups} with hits${hits}` : `${groups} that rules hit${hits}`;
}
