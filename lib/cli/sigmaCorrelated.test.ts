import { describe, expect, it } from 'vitest';
import { correlation, SECOND } from '../sigma/correlation/testCorrelations';
import type { SigmaCorrelation } from '../sigma/rule';
import { correlateSeen } from './sigmaCorrelated';
import type { SeenHit, SigmaWatch } from './sigmaWatch';

/** As many logons that failed within 10 seconds. */
const failed = (gte: number): SigmaCorrelation =>
  correlation({ type: 'event_count', conditions: [{ op: 'gte', value: gte }] });

const seen = (eventId: string, second: number, host = 'pc1'): SeenHit => ({
  ...{ ruleId: 'logon_failed', title: 'Logon failed', level: 'low', eventId, time: second * SECOND, host },
  correlated: { name: undefined, fields: {} },
});

function watched(correlations: readonly SigmaCorrelation[], hits: readonly SeenHit[]): SigmaWatch {
  return {
    given: { rules: [], runs: [], filters: [], refused: [], correlations },
    take: () => undefined,
    sources: () => [],
    names: () => new Set(),
    byHost: () => () => ({ enabled: new Set(), hits: [] }),
    byRule: () => [],
    seen: () => hits,
    problems: () => [],
  };
}
const asRecorded = ({ time }: { readonly time: number }) => ({ time, entityId: undefined });

describe('correlations on the command line', () => {
  it('go by the times that correlation of the host settled, not by those recorded', () => {
    const watch = watched([failed(2)], [seen('a', 0), seen('b', 3_600)]);
    expect(correlateSeen(watch, (name) => name, asRecorded).correlated).toEqual([]);
    const settled = correlateSeen(
      watch,
      (name) => name,
      ({ eventId, time }) => ({ time: eventId === 'b' ? SECOND : time, entityId: undefined }),
    );
    expect(settled.correlated).toMatchObject([
      { hits: 2, from: '1970-01-01T00:00:00.000000Z', to: '1970-01-01T00:00:01.000000Z' },
    ]);
  });

  it('take the names of one host as that host', () => {
    const watch = watched([failed(2)], [seen('a', 0, 'pc1'), seen('b', 1, 'pc1.corp.example')]);
    expect(correlateSeen(watch, () => 'pc1.corp.example', asRecorded).correlated).toMatchObject([
      { hosts: ['pc1.corp.example'] },
    ]);
  });

  it('say what they had no room for', () => {
    const hits = Array.from({ length: 10_500 }, (_, n) => seen(`e${n}`, n / 10_000));
    const { problems } = correlateSeen(watched([failed(2)], hits), (name) => name, asRecorded);
    expect(problems).toEqual([
      expect.stringMatching(/^the Sigma correlation "Correlation" .* \d+ hits were let go$/),
    ]);
    expect(
      correlateSeen(watched([failed(2)], hits.slice(0, 2)), (name) => name, asRecorded).problems,
    ).toEqual([]);
  });
});
