'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { throttle, useQueryStates } from 'nuqs';
import { useMemo, useRef } from 'react';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { BacktestDrawer } from './BacktestDrawer';
import { RuleDrawer } from './RuleDrawer';
import { RulesHeader } from './RulesHeader';
import { RULE_COLUMNS, ruleRow } from './ruleColumns';
import { SigmaList } from './SigmaList';
import { rulePagesQuery } from './sigmaQueries';
import { NO_RULE_FILTERS, type RuleUrl, ruleParsers, rulesNarrowed, toRuleFilter } from './sigmaUrl';
import { useSettled } from './useSettled';

const SLOWLY = { limitUrlUpdates: throttle(200) };

/** Rules of all sets: what they are, what they hit, where they are blind, whether they run. */
export function RulesScreen() {
  const [url, setUrl] = useQueryStates(ruleParsers, SLOWLY);
  const search = useRef<HTMLInputElement>(null);
  const pages = useInfiniteQuery(rulePagesQuery(useSettled(toRuleFilter(url))));
  const rules = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const rows = useMemo(() => rules.map(ruleRow), [rules]);
  const total = pages.data?.pages[0]?.total;
  const change = (next: Partial<RuleUrl>) => void setUrl({ rule: null, backtest: null, ...next });
  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Sigma rules" aria-busy={pages.isFetching} className="flex min-w-0 flex-1 flex-col">
        <RulesHeader url={url} total={total} onChange={change} search={search} />
        <SigmaList
          label="Sigma rules"
          what="rule"
          columns={RULE_COLUMNS}
          rows={rows}
          total={total ?? 0}
          pages={pages}
          openKey={url.rule}
          onOpen={(rule) => void setUrl({ rule, backtest: null })}
          search={search}
          empty={<NoRules narrowed={rulesNarrowed(url)} onClear={() => change(NO_RULE_FILTERS)} />}
        />
      </section>
      {url.backtest !== null ? (
        <BacktestDrawer id={url.backtest} onClose={() => void setUrl({ backtest: null })} />
      ) : url.rule !== null ? (
        <RuleDrawer
          id={url.rule}
          onBacktest={(backtest) => void setUrl({ backtest })}
          onClose={() => void setUrl({ rule: null })}
        />
      ) : null}
    </div>
  );
}

function NoRules({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  return narrowed ? (
    <EmptyState title="No such rule" actions={<Button onClick={onClear}>Clear all filters</Button>}>
      <p>No rule of any set is as the search and the filters say.</p>
    </EmptyState>
  ) : (
    <EmptyState
      title="No Sigma rules"
      actions={
        <Link href="/sigma/sets" className={buttonClass({ variant: 'primary' })}>
          Sets of rules
        </Link>
      }
    >
      <p>
        None ships with Sequela. Bring in a folder, a ZIP or a text of rules as a set: each is compiled, and
        what cannot be used is refused with its place and reason.
      </p>
    </EmptyState>
  );
}
