'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Allowed, useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { onDemand } from '@/components/ui/onDemand';
import { BacktestDrawer } from './BacktestDrawer';
import { type ChoiceDraft, isChanged } from './ChoiceEditor';
import { SetDrawer } from './SetDrawer';
import { SetRow, setButtonId } from './SetRow';
import { SigmaSkeleton } from './SigmaSkeleton';
import { setsQuery } from './sigmaQueries';
import { setParsers } from './sigmaUrl';
import { type Drop, useRuleDrop } from './useRuleDrop';

const AddRulesDialog = onDemand(
  async () => (await import('./AddRulesDialog')).AddRulesDialog,
  (props) => props.onClose(),
);

/** What is opened or closed is a step that one goes back from. */
const ANEW = { history: 'push' } as const;

type Adding = { readonly dropped?: Drop };

/** Sets of rules that people brought in: how many of each can be used, whether they run, and the way to more. */
export function SetsScreen() {
  const [url, setUrl] = useQueryStates(setParsers);
  const [adding, setAdding] = useState<Adding | null>(null);
  // By set: a choice that was begun stays while another part, or another set, is looked at.
  const [drafts, setDrafts] = useState<Readonly<Record<string, ChoiceDraft | null>>>({});
  useLeaveWarning(Object.values(drafts).some(isChanged));
  const query = useQuery(setsQuery);
  const sets = query.data?.items ?? [];
  const showBacktest = (backtest: string) => void setUrl({ backtest, set: null }, ANEW);
  const mayWrite = useMay('sigma.write');
  const add = (
    <Allowed to="sigma.test" told>
      <Button variant={mayWrite ? 'primary' : 'default'} onClick={() => setAdding({})}>
        {mayWrite ? 'Add rules…' : 'Try a rule…'}
      </Button>
    </Allowed>
  );
  const { over, failed, handlers } = useRuleDrop((dropped) => setAdding({ dropped }));
  const openId = url.set ?? '';
  const leave = (back: string | null) => {
    void setUrl({ set: null, part: null, backtest: null }, ANEW);
    document.getElementById(back === null ? 'main' : setButtonId(back))?.focus({ preventScroll: true });
  };
  return (
    <div className="flex h-full min-h-0">
      <section
        aria-label="Sets of Sigma rules"
        className={clsx('min-w-0 flex-1 overflow-y-auto pb-8', over && 'bg-accent-soft')}
        {...(mayWrite ? handlers : {})}
      >
        <header className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 pb-3 pt-3.5">
          <div className="min-w-0 flex-1 basis-72">
            <h1 className="text-15">Sets of rules</h1>
            <p className="max-w-[76ch] text-text-2">
              Rules of the Sigma community as you bring them in. A set is off at first; switched on, the rules
              it chooses run over everything stored. Author, licence and id of each rule are shown wherever it
              hits.
            </p>
          </div>
          {sets.length > 0 ? add : null}
        </header>
        {failed ? (
          <p role="alert" className="px-4 pb-2 text-danger">
            What was dropped could not be read. Choose it with the button instead.
          </p>
        ) : null}
        {query.error && !query.data ? (
          <ProblemNote
            error={query.error}
            what="The sets could not be read"
            safe="Rules that are on run as before."
            onRetry={() => void query.refetch()}
          />
        ) : !query.data ? (
          <SigmaSkeleton label="Reading the sets" />
        ) : sets.length === 0 ? (
          <EmptyState title="No set yet" actions={add}>
            <p>
              Choose a folder of rules, such as a copy of a rule repository, a ZIP of one, single files, or
              paste a rule. Each is compiled at once; what cannot be used is listed with file, line and
              reason.
            </p>
          </EmptyState>
        ) : (
          <ul className="border-t">
            {sets.map((set) => (
              <SetRow
                key={set.id}
                set={set}
                open={url.set === set.id}
                onOpen={() => void setUrl({ set: set.id, backtest: null, part: null }, ANEW)}
                onBacktest={showBacktest}
              />
            ))}
          </ul>
        )}
      </section>
      {url.backtest !== null ? (
        <BacktestDrawer id={url.backtest} onClose={() => leave(null)} />
      ) : url.set !== null ? (
        <SetDrawer
          key={url.set}
          id={url.set}
          part={url.part}
          draft={drafts[openId] ?? null}
          onDraft={(draft) => setDrafts((before) => ({ ...before, [openId]: draft }))}
          onPart={(part) => void setUrl({ part })}
          onClose={() => leave(url.set)}
        />
      ) : null}
      {adding ? (
        <AddRulesDialog
          into={null}
          dropped={adding.dropped}
          onClose={() => setAdding(null)}
          onTaken={(id) => {
            setAdding(null);
            void setUrl({ set: id, part: null, backtest: null }, ANEW);
          }}
        />
      ) : null}
    </div>
  );
}
