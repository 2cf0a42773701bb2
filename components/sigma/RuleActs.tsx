'use client';

import { useQuery } from '@tanstack/react-query';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { useToast } from '@/components/ui/Toast';
import type { SigmaRuleDetail } from '@/lib/contracts/sigmaRules';
import { setsQuery } from './sigmaQueries';
import { ruleActs, runsText } from './sigmaWords';
import { useAskBacktest, useChangeSet } from './sigmaWrites';

/** Whether a rule runs, what can be said about it in the choice of its set, and the try on what is stored. */
export function RuleActs(props: { rule: SigmaRuleDetail; onBacktest: (id: string) => void }) {
  const { rule } = props;
  const sets = useQuery(setsQuery);
  const set = sets.data?.items.find(({ id }) => id === rule.set.id);
  const toast = useToast();
  const change = useChangeSet();
  const ask = useAskBacktest();
  const noWrite = useRefusal('sigma.write');
  const noTest = useRefusal('sigma.test');
  const refusals = [noWrite, noTest].filter((text) => text !== null);
  return (
    <div className="sticky top-0 z-10 space-y-2 border-b bg-surface-1 px-4 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 basis-24">{capital(runsText(rule, set))}</span>
        {set && noWrite === null
          ? ruleActs(set, rule).map((act) => (
              <Button
                key={act.label}
                size="sm"
                disabled={change.isPending}
                onClick={() =>
                  change.mutate(
                    { id: set.id, revision: set.revision, chosen: act.chosen },
                    {
                      onSuccess: () =>
                        toast.show({
                          text: set.enabled
                            ? `${act.said} What is stored follows in the background.`
                            : act.said,
                        }),
                      // Somebody else may have chosen since: the next press is against what they chose.
                      onError: () => void sets.refetch(),
                    },
                  )
                }
              >
                {act.label}
              </Button>
            ))
          : null}
        {noTest === null && rule.kind === 'detection' ? (
          <Button
            size="sm"
            disabled={ask.isPending}
            onClick={() => ask.mutate({ rules: [rule.id] }, { onSuccess: ({ id }) => props.onBacktest(id) })}
          >
            {ask.isPending ? 'Asking…' : 'Try on stored data'}
          </Button>
        ) : null}
      </div>
      {refusals.length > 0 ? <p className="text-12 text-text-3">{refusals.join(' ')}</p> : null}
      {change.error ? (
        <ProblemNote
          compact
          error={change.error}
          what="The choice was not changed"
          safe="The rules run as before."
        />
      ) : null}
      {ask.error ? <ProblemNote compact error={ask.error} what="It was not tried" /> : null}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
