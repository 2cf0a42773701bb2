import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MeProvider } from '@/components/shared/me';
import { ToastProvider } from '@/components/ui/Toast';
import type { MeView } from '@/lib/contracts/people';
import type { ValidationReport, ValidationRunSummary, ValidationRunView } from '@/lib/contracts/validation';
import { RunScreen } from './RunScreen';
import { ValidationScreen } from './ValidationScreen';
import { recordingsQuery, runQuery, runsQuery } from './validationQueries';

const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp';
const of = (right: number, all: number) => ({ share: all === 0 ? null : right / all, right, of: all });
const done: ValidationRunSummary = {
  id: '7',
  cause: 'schedule',
  askedBy: null,
  state: 'done',
  ablation: true,
  done: 3,
  total: 3,
  createdAt: '2026-11-20T10:00:00.000Z',
  endedAt: '2026-11-20T10:01:00.000Z',
  regressed: true,
  numbers: { recordings: 2, cases: 2, wrong: 1, recall: of(1, 2), precision: of(1, 1), quiet: of(0, 0) },
  sha256: 'ab'.repeat(32),
  error: null,
};
const running: ValidationRunSummary = {
  ...done,
  id: '8',
  askedBy: 'lea',
  state: 'running',
  done: 4,
  total: 90,
  regressed: null,
  numbers: null,
  sha256: null,
  endedAt: null,
};
const labelled: ValidationReport['cases'][number] = {
  recording: HOSTILE,
  title: null,
  sha256: 'cd'.repeat(32),
  origin: 'uploaded',
  sources: ['Sysmon'],
  analytic: 'AN1397',
  expected: 'complete',
  acceptable: ['complete'],
  found: 'none',
  ok: false,
  error: 'miss',
  differences: [`Nothing was raised: ${HOSTILE}`],
  stages: [{ stage: 'execution', expected: 'matched', found: null, ok: false }],
};
const report: ValidationReport = {
  format: 'sequela-validation/1',
  run: 7,
  at: '2026-11-20T10:01:00.000Z',
  cause: 'schedule',
  engine: { version: '0.1.0', catalogue: 'ef'.repeat(32) },
  definitions: [{ analytic: 'AN1397', version: '1.2', sha256: '12'.repeat(32) }],
  recordings: 2,
  analytics: [
    {
      analytic: 'AN1397',
      version: '1.2',
      recall: of(1, 2),
      precision: of(1, 1),
      quiet: of(0, 0),
      stages: [{ stage: 'execution', title: 'Execution', recall: of(1, 2), precision: of(1, 1), blind: 3 }],
    },
  ],
  cases: [labelled, { ...labelled, sha256: '34'.repeat(32), recording: 'right.evtx', ok: true, error: null }],
  unusable: [{ recording: 'broken.evtx', sha256: '56'.repeat(32), reason: 'It is cut off.' }],
  ablation: [
    {
      without: 'command lines',
      recordings: 2,
      recall: of(0, 2),
      lost: 1,
      weakened: 0,
      blindStages: 0,
      partialStages: 2,
      analytics: [{ analytic: 'AN1397', recall: of(0, 2) }],
      examples: [`x: ${HOSTILE}`],
    },
  ],
  comparison: {
    previous: 6,
    previousSha256: '78'.repeat(32),
    regressed: true,
    added: ['new.evtx'],
    removed: [],
    worse: [{ recording: HOSTILE, analytic: 'AN1397', sentence: 'It was found and is not.' }],
    better: [],
  },
};
const view: ValidationRunView = {
  ...done,
  report,
  signature: 'c2ln',
  publicKey: '-----BEGIN PUBLIC KEY-----',
};

function drawn(
  screen: ReactNode,
  fill: (client: QueryClient) => void,
  { permissions = ['validation.read', 'validation.run'], search = '' } = {},
): string {
  const client = new QueryClient();
  fill(client);
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NuqsTestingAdapter searchParams={search}>
        <MeProvider me={{ handle: 'lea', name: 'Lea', role: 'lead', permissions } as unknown as MeView}>
          <ToastProvider>{screen}</ToastProvider>
        </MeProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
}

const withRuns =
  (...runs: readonly ValidationRunSummary[]) =>
  (client: QueryClient) => {
    client.setQueryData(runsQuery.queryKey, {
      pages: [{ items: [...runs], nextCursor: null }],
      pageParams: [null],
    });
    client.setQueryData(recordingsQuery.queryKey, {
      shipped: 54,
      items: [
        {
          id: '1',
          name: HOSTILE,
          sha256: 'aa'.repeat(32),
          bytes: 4_200_000,
          addedBy: 'lea',
          addedAt: '2026-11-20T10:00:00.000Z',
          expects: [{ analytic: 'AN1314', verdict: 'none', stages: 0 }],
          title: null,
        },
      ],
    });
  };
const withRun = (run: ValidationRunView) => (client: QueryClient) =>
  void client.setQueryData(runQuery(run.id).queryKey, run);

describe('the runs', () => {
  it('tell a regression in words, how far a run is, and what is replayed', () => {
    const page = drawn(<ValidationScreen />, withRuns(running, done));
    expect(page).toContain('worse than the run before');
    expect(page).toContain('replays 4 of 90');
    expect(page).toMatch(/<progress[^>]*aria-label="Progress of run 8"[^>]*max="90"[^>]*value="4"/);
    expect(page).toContain('54 recordings ship with Sequela');
    expect(page).toContain('A run is at work');
    expect(page).toContain('AN1314</bdi>: nothing');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
  });

  it('say what none means, and offer nothing to whom may not start one', () => {
    const page = drawn(<ValidationScreen />, withRuns(), { permissions: ['validation.read'] });
    expect(page).toContain('Nothing has been validated yet');
    expect(page).not.toMatch(/Validate now|Upload a recording…|>Remove/);
    expect(drawn(<ValidationScreen />, withRuns(done), { permissions: [] })).not.toContain('run before');
  });
});

describe('a run', () => {
  it('tells what is worse, scores, wrong cases, what a source is worth, and how to verify it', () => {
    const page = drawn(<RunScreen id="7" />, withRun(view));
    for (const words of [
      '1 case worse',
      'It was found and is not.',
      '50 %',
      '1 of 2',
      '1 chain lost, 2 stages partial',
      'broken.evtx',
      'version <bdi>1.2</bdi>',
      'validation:verify -- validation-7.json --signature c2ln',
      '/api/v1/validation/runs/7/report',
    ])
      expect(page, words).toContain(words);
    expect(page).not.toContain('right.evtx');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
  });

  it('opens the case that the address names to its reasons and stages', () => {
    const closed = drawn(<RunScreen id="7" />, withRun(view), { search: '?show=all' });
    expect(closed).toContain('right.evtx');
    expect(closed).not.toContain('in no finding');
    const open = drawn(<RunScreen id="7" />, withRun(view), { search: `?case=AN1397~${'cd'.repeat(8)}` });
    expect(open).toContain('Nothing was raised');
    expect(open).toContain('in no finding');
    expect(open).toContain('cd'.repeat(32));
  });

  it('that failed says why, what is safe and what to do; one without a report shows none', () => {
    const failed = {
      ...view,
      state: 'failed' as const,
      error: 'A recording is gone.',
      report: null,
      numbers: null,
    };
    const page = drawn(<RunScreen id="7" />, withRun(failed));
    expect(page).toContain('A recording is gone.');
    expect(page).toContain('stays proven for 90 days');
    expect(page).not.toContain('Signed report');
  });
});
