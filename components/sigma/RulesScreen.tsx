'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { throttle, useQueryStates } from 'nuqs';
import { useMemo, useRef } from 'react';
import { SigmaMissing } from '@/components/shared/sigma/SigmaMissing';
import { sigmaCoverageQuery } from '@/components/shared/sigma/sigmaCoverage';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import type { SigmaRuleRow } from '@/lib/contracts/sigmaRules';
import { BacktestDrawer } from './BacktestDrawer';
import { RuleDrawer } from './RuleDrawer';
import { RulesHeader } from './RulesHeader';
import { RULE_COLUMNS, ruleKey, ruleRow } from './ruleColumns';
import { SigmaList } from './SigmaList';
import { rulePagesQuery } from './sigmaQueries';
import { NO_RULE_FILTERS, type RuleUrl, ruleParsers, rulesNarrowed, toRuleFilter } from './sigmaUrl';
import { useSettled } from './useSettled';

const SLOWLY = { limitUrlUpdates: throttle(200) };
/** What is opened or closed is a step that one goes back from; what is typed, or gone through by keys, is none. */
const ANEW = { history: 'push' } as const;

/** Rules of all sets: what they are, what they hit, where they are blind, whether they run. */
export function RulesScreen() {
  const [url, setUrl] = useQueryStates(ruleParsers, SLOWLY);
  const search = useRef<HTMLInputElement>(null);
  const pages = useInfiniteQuery(rulePagesQuery(useSettled(toRuleFilter(url))));
  const rules = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  const rows = useMemo(() => rules.map(ruleRow), [rules]);
  const total = pages.data?.pages[0]?.total;
  const opened = url.rule === null ? undefined : rules.find(isOpened(url.rule, url.of));
  const change = (next: Partial<RuleUrl>) => void setUrl({ rule: null, of: null, backtest: null, ...next });
  const open = (key: string | null, following?: boolean) => {
    const row = rules.find((rule) => ruleKey(rule) === key);
    void setUrl(
      { rule: row?.id ?? null, of: row?.set.id ?? null, backtest: null },
      following ? undefined : ANEW,
    );
  };
  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Sigma rules" aria-busy={pages.isFetching} className="flex min-w-0 flex-1 flex-col">
        <RulesHeader url={url} total={total} onChange={change} search={search} />
        {url.state === 'blind' ? <WhatIsMissing /> : null}
        <SigmaList
          label="Sigma rules"
          what="rule"
          columns={RULE_COLUMNS}
          rows={rows}
          total={total ?? 0}
          pages={pages}
          openKey={opened === undefined ? url.rule : ruleKey(opened)}
          onOpen={open}
          search={search}
          empty={<NoRules narrowed={rulesNarrowed(url)} onClear={() => change(NO_RULE_FILTERS)} />}
        />
      </section>
      {url.backtest !== null ? (
        <BacktestDrawer id={url.backtest} onClose={() => void setUrl({ backtest: null }, ANEW)} />
      ) : url.rule !== null ? (
        <RuleDrawer
          id={url.rule}
          of={opened?.set.id ?? url.of}
          row={opened}
          onBacktest={(backtest) => void setUrl({ backtest }, ANEW)}
          onClose={() => open(null)}
        />
      ) : null}
    </div>
  );
}

/** Above the rules that are blind somewhere: what most of them lack. */
function WhatIsMissing() {
  const missing = useQuery(sigmaCoverageQuery).data?.missing ?? [];
  return missing.length === 0 ? null : (
    <div className="max-h-64 shrink-0 overflow-y-auto border-b px-4 py-1.5">
      <SigmaMissing missing={missing} />
    </div>
  );
}

function isOpened(id: string, of: string | null) {
  return (rule: SigmaRuleRow) => rule.id === id && (of === null || rule.set.id === of);
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
