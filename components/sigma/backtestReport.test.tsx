import { describe, expect, it, vi } from 'vitest';
import type { SigmaBacktestView } from '@/lib/contracts/sigmaBacktests';
import { BacktestReport } from './BacktestReport';
import { sigmaBacktestQuery } from './sigmaQueries';
import { drawn, harmless, MANAGER, STEWARD } from './testScreens';
import { HOSTILE } from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

describe('a back-test', () => {
  const test: SigmaBacktestView = {
    id: '9',
    askedBy: 'lea',
    askedAt: '2026-11-20T10:00:00Z',
    state: 'done',
    progress: null,
    error: null,
    result: {
      records: 1000,
      imports: 2,
      refused: [{ path: 'a.yml', line: 1, column: 1, reason: HOSTILE }],
      rules: [
        {
          ruleId: 'r',
          title: HOSTILE,
          level: 'high',
          hits: 40,
          hosts: [{ host: 'WS-01', hits: 40 }],
          onTruePositives: 3,
          blind: 2,
          examples: [],
        },
        {
          ruleId: 's',
          title: 'Quiet',
          level: 'low',
          hits: 0,
          hosts: [],
          onTruePositives: 0,
          blind: 0,
          examples: [],
        },
      ],
    },
  };
  const shown = (change: Partial<SigmaBacktestView>, permissions = STEWARD) =>
    drawn(
      <BacktestReport id="9" />,
      (client) => client.setQueryData(sigmaBacktestQuery('9').queryKey, { ...test, ...change }),
      { permissions },
    );

  it('tells each rule’s hits, hosts, true positives and blind hosts', () => {
    const page = shown({});
    expect(page).toContain('40 hits, of 1 of 2 rules, in 1,000 records of 2 imports.');
    expect(page).toContain('1 rule without a hit');
    expect(page).toContain('1 document could not be used');
    harmless(page);
  });

  it('is stopped by those who may, and says why it failed', () => {
    const running = { state: 'running' as const, result: null, progress: { imports: 1, of: 4, records: 10 } };
    expect(shown(running)).toContain('>Stop<');
    expect(shown(running, MANAGER)).not.toContain('>Stop<');
    const failed = shown({ state: 'failed', result: null, error: HOSTILE });
    expect(failed).toContain('Nothing was changed.');
    harmless(failed);
  });
});
