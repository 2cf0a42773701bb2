import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect } from 'vitest';
import { MeProvider } from '@/components/shared/me';
import { ToastProvider } from '@/components/ui/Toast';
import type { MeView } from '@/lib/contracts/people';
import type { SigmaProgress } from '@/lib/contracts/sigmaProgress';
import { rulePagesQuery, ruleQuery, setQuery, setsQuery } from './sigmaQueries';
import { HOSTILE, testHit, testRule, testRuleDetail, testSet, testSetDetail } from './testSigma';

/** The permissions of somebody who decides on rules, cases and baselines. */
export const STEWARD = [
  'sigma.read',
  'sigma.test',
  'sigma.write',
  'cases.write',
  'baselines.read',
  'baselines.propose',
  'baselines.write',
];

/** The permissions of somebody who may only look. */
export const MANAGER = ['sigma.read', 'baselines.read'];

/** Puts into the cache what a screen would have read. */
export type Fill = (client: QueryClient) => void;

/**
 * The HTML of a screen as it is first drawn, over what was read, for a person with `permissions` (without: a
 * steward’s), at an address with `search`.
 */
export function drawn(screen: ReactNode, fill: Fill, { permissions = STEWARD, search = '' } = {}): string {
  const client = new QueryClient();
  fill(client);
  const role = permissions === MANAGER ? 'manager' : 'lead';
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NuqsTestingAdapter searchParams={search}>
        <MeProvider me={{ handle: 'lea', name: 'Lea', role, permissions } as unknown as MeView}>
          <ToastProvider>{screen}</ToastProvider>
        </MeProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
}

/** Fails where what others wrote stands in the page as markup or turns its text around. */
export function harmless(page: string): void {
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u202e');
}

/** What a list read by pages holds after its first and only page. */
export const one = <T,>(items: T[]) => ({
  pages: [{ items, nextCursor: null, total: items.length }],
  pageParams: [null],
});
/** The filter of hits that no baseline covers. */
export const OPEN = { baseline: 'open' as const };
/** A hit whose rule, process and matched values hold markup. */
export const hostileHit = testHit({
  rule: { ...testHit().rule, title: HOSTILE, author: HOSTILE },
  process: { ...testHit().process, commandLine: `cmd ${HOSTILE}` },
  matched: [
    ...testHit().matched,
    { selection: HOSTILE, field: null, modifiers: [], expected: HOSTILE, value: `x${HOSTILE}y` },
  ],
});

/** Three rules that ran over all imports there are. */
export const IDLE: SigmaProgress = {
  rules: 3,
  waiting: 0,
  running: 0,
  done: 12,
  failed: [],
  hits: 5,
  correlating: false,
};

/** A set with two rules, one of them told whole and with markup in it. */
export const withRules: Fill = (client) => {
  client.setQueryData(
    rulePagesQuery({ sort: 'level' }).queryKey,
    one([testRule(), testRule({ id: '12', title: HOSTILE, author: '', enabled: false })]),
  );
  client.setQueryData(
    ruleQuery('11').queryKey,
    testRuleDetail({
      description: HOSTILE,
      falsePositives: [HOSTILE],
      yaml: `title: ${HOSTILE}\nlevel: high\n`,
    }),
  );
  client.setQueryData(setsQuery.queryKey, { items: [testSet()] });
  client.setQueryData(setQuery('1').queryKey, testSetDetail());
};
