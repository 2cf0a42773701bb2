import { describe, expect, it, vi } from 'vitest';
import type { HostView } from '@/lib/contracts/hosts';
import type { SigmaProgress } from '@/lib/contracts/sigmaProgress';
import { HitsScreen } from './HitsScreen';
import {
  correlatedQuery,
  hitGroupsQuery,
  hitPagesQuery,
  hitQuery,
  hostOfQuery,
  progressQuery,
} from './sigmaQueries';
import { drawn, type Fill, harmless, hostileHit, IDLE, MANAGER, OPEN, one } from './testScreens';
import { HOSTILE, testGroup, testHit } from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

const withGroups: Fill = (client) => {
  client.setQueryData(
    hitGroupsQuery('rule', OPEN).queryKey,
    one([testGroup(), testGroup({ key: '12', title: HOSTILE, hits: 1, level: 'low' })]),
  );
  client.setQueryData(hitPagesQuery({ ...OPEN, rule: '11' }).queryKey, one([hostileHit]));
  client.setQueryData(hitQuery('h1').queryKey, hostileHit);
};

describe('hits', () => {
  it('are grouped by rule, and say how many of how many', () => {
    const page = drawn(<HitsScreen />, withGroups);
    for (const words of [
      '2 rules with hits, 1,205 hits',
      'Shell out of an office program',
      'by Nobody',
      '1,204',
    ])
      expect(page, words).toContain(words);
    expect(page).toMatch(/role="grid"[^>]*aria-rowcount="3"/);
    harmless(page);
  });

  it('of a group are opened beside the list', () => {
    const page = drawn(<HitsScreen />, withGroups, { search: '?open=11' });
    expect(page).toContain('1 hit, newest first');
    expect(page).toContain('cmd.exe (pid 4711)');
    expect(page).toContain('/sigma/rules?rule=11');
    harmless(page);
  });

  it('tell why they hold, whose rule it is, and where to go on; also when only a link names them', () => {
    const page = drawn(<HitsScreen />, withGroups, { search: '?hit=h1' });
    for (const words of [
      'licence not stated',
      'Image|endswith',
      'selection_img',
      'any field (keyword)',
      'record 1,234 of',
      '/imports?import=5',
      '/hosts/3?tab=lineage&amp;sel=p%3A%7Bp1%7D',
      'event=77',
      'Make a case…',
      'Normal here…',
    ])
      expect(page, words).toContain(words);
    harmless(page);
  });

  it('offer nothing to whom may only look, and say so; what is done already is not offered', () => {
    const page = drawn(<HitsScreen />, withGroups, { search: '?hit=h1', permissions: MANAGER });
    expect(page).toContain('Managers cannot work on cases.');
    expect(page).toContain('Managers cannot decide on baselines.');
    expect(page).not.toMatch(/Make a case…|Normal here…/);
    const decided = testHit({
      case: { id: 7, title: HOSTILE },
      baseline: { id: '2', title: 'Deployment' },
    });
    const done = drawn(<HitsScreen />, (client) => client.setQueryData(hitQuery('h1').queryKey, decided), {
      search: '?by=hit&hit=h1',
    });
    expect(done).toContain('It is in a case and covered by a baseline.');
    expect(done).toContain('/cases/7');
  });

  it('on a host that a link names by its id are narrowed to it by name', () => {
    const page = drawn(
      <HitsScreen />,
      (client) => {
        withGroups(client);
        client.setQueryData(hostOfQuery('3').queryKey, { id: '3', name: 'WS-01' } as HostView);
      },
      { search: '?host=3&process=' },
    );
    expect(page).toContain('value="WS-01"');
    expect(page).toContain('No process');
  });

  it('say that the record is no event where it is none', () => {
    const hit = testHit({ eventId: null, kind: null, process: { ...testHit().process, entityId: null } });
    const page = drawn(<HitsScreen />, (client) => client.setQueryData(hitQuery('h1').queryKey, hit), {
      search: '?by=hit&hit=h1',
    });
    expect(page).toContain('The record is no event of ours');
    expect(page).not.toContain('tab=lineage');
  });

  it('are none for a reason: no rule runs, rules are at work, the filter', () => {
    const none =
      (progress: Partial<SigmaProgress>): Fill =>
      (client) => {
        client.setQueryData(hitGroupsQuery('rule', OPEN).queryKey, one([]));
        client.setQueryData(hitGroupsQuery('rule', { ...OPEN, q: 'x' }).queryKey, one([]));
        client.setQueryData(progressQuery.queryKey, { ...IDLE, ...progress });
      };
    expect(drawn(<HitsScreen />, none({ rules: 0 }))).toContain('No Sigma rule runs');
    expect(drawn(<HitsScreen />, none({ waiting: 3 }))).toContain('No hit yet');
    expect(drawn(<HitsScreen />, none({}))).toContain('Rules that are blind somewhere');
    expect(drawn(<HitsScreen />, none({}), { search: '?q=x' })).toContain('No such hit');
  });

  it('of correlations stand with what they group by and the hits they rest on', () => {
    const page = drawn(
      <HitsScreen />,
      (client) =>
        client.setQueryData(correlatedQuery.queryKey, {
          items: [
            {
              id: 'c1',
              rule: { ...testHit().rule, title: 'Many at once' },
              type: 'event_count',
              group: [{ field: 'TargetUserName', value: HOSTILE }],
              hits: 40,
              hosts: [{ id: '3', name: 'WS-01' }],
              from: '2026-11-20T09:00:00Z',
              to: '2026-11-20T10:00:00Z',
              events: [
                {
                  ref: 'h1',
                  title: 'Logon failed',
                  host: 'WS-01',
                  eventId: '5',
                  time: '2026-11-20T09:00:00Z',
                },
              ],
            },
          ],
          total: 1,
        }),
      { search: '?by=correlation&open=c1' },
    );
    for (const words of [
      '1 correlation',
      'event_count',
      'TargetUserName',
      '1 of 40',
      '/sigma?by=hit&amp;hit=h1',
    ])
      expect(page, words).toContain(words);
    harmless(page);
  });
});
