import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { MeProvider } from '@/components/shared/me';
import { sigmaCoverageQuery } from '@/components/shared/sigma/sigmaCoverage';
import { ToastProvider } from '@/components/ui/Toast';
import type { HostView } from '@/lib/contracts/hosts';
import type { MeView } from '@/lib/contracts/people';
import type {
  SigmaBacktestView,
  SigmaProgress,
  SigmaRuleDetail,
  SigmaSetDetail,
} from '@/lib/contracts/sigma';
import { BacktestReport } from './BacktestReport';
import { type ChoiceDraft, ChoiceEditor } from './ChoiceEditor';
import { HitsScreen } from './HitsScreen';
import { Checked } from './PasteRules';
import { PreviewNote } from './PreviewNote';
import { ProgressLine } from './ProgressLine';
import { RulesScreen } from './RulesScreen';
import { SetsScreen } from './SetsScreen';
import { SigmaBaselinesScreen } from './SigmaBaselinesScreen';
import {
  correlatedQuery,
  hitGroupsQuery,
  hitPagesQuery,
  hitQuery,
  hostOfQuery,
  progressQuery,
  rulePagesQuery,
  ruleQuery,
  setQuery,
  setsQuery,
  sigmaBacktestQuery,
  sigmaBaselinesQuery,
} from './sigmaQueries';
import {
  CHOICE,
  HOSTILE,
  testGroup,
  testHit,
  testRule,
  testRuleDetail,
  testSet,
  testSetDetail,
} from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

const STEWARD = [
  'sigma.read',
  'sigma.test',
  'sigma.write',
  'cases.write',
  'baselines.read',
  'baselines.propose',
  'baselines.write',
];
const MANAGER = ['sigma.read', 'baselines.read'];

type Fill = (client: QueryClient) => void;

function drawn(screen: ReactNode, fill: Fill, { permissions = STEWARD, search = '' } = {}): string {
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

function harmless(page: string): void {
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u202e');
}

const one = <T,>(items: T[]) => ({
  pages: [{ items, nextCursor: null, total: items.length }],
  pageParams: [null],
});
const OPEN = { baseline: 'open' as const };
const hostileHit = testHit({
  rule: { ...testHit().rule, title: HOSTILE, author: HOSTILE },
  process: { ...testHit().process, commandLine: `cmd ${HOSTILE}` },
  matched: [
    ...testHit().matched,
    { selection: HOSTILE, field: null, modifiers: [], expected: HOSTILE, value: `x${HOSTILE}y` },
  ],
});

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

const IDLE: SigmaProgress = {
  rules: 3,
  waiting: 0,
  running: 0,
  done: 12,
  failed: [],
  hits: 5,
  correlating: false,
};

describe('the progress of rules', () => {
  const line = (progress: SigmaProgress, permissions = STEWARD) =>
    drawn(<ProgressLine />, (client) => client.setQueryData(progressQuery.queryKey, progress), {
      permissions,
    });

  it('is told while they run, and not otherwise', () => {
    const page = line({ ...IDLE, waiting: 9, done: 3 });
    expect(page).toContain('Rules run over 3 of 12 imports. 5 hits so far.');
    expect(page).toMatch(/<progress[^>]*max="12"[^>]*value="3"/);
    expect(line(IDLE)).not.toContain('Rules run');
  });

  it('names what failed, and lets those who may run it again', () => {
    const failed = [{ importId: '5', name: HOSTILE, error: 'The file is gone.' }];
    expect(line({ ...IDLE, failed })).toContain('Run them again');
    const page = line({ ...IDLE, failed }, MANAGER);
    expect(page).toContain('The file is gone.');
    expect(page).not.toContain('Run them again');
    harmless(page);
  });
});

const withRules: Fill = (client) => {
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

describe('rules', () => {
  it('are listed with author, log source, hits and where they are blind', () => {
    const page = drawn(<RulesScreen />, withRules);
    for (const words of [
      '2 Sigma rules',
      'windows/process_creation',
      'author not stated',
      'blind on 5 of 47',
    ])
      expect(page, words).toContain(words);
    harmless(page);
  });

  it('are told whole: licence, references under https only, false positives with a remark, blind hosts, text', () => {
    const page = drawn(<RulesScreen />, withRules, { search: '?rule=11' });
    for (const words of [
      'licence not stated',
      'Such lists are rarely of use',
      'SRV-02',
      'No process starts are recorded.',
      'Leave it out',
      'Try on stored data',
      'Runs',
    ])
      expect(page, words).toContain(words);
    expect(page.match(/rel="noopener noreferrer nofollow"/g)).toHaveLength(1);
    expect(page).toContain('href="https://example.org/a"');
    expect(page).not.toContain('href="javascript:');
    expect(page).not.toContain('href="http://example.org');
    expect(page).toContain('\n<bdi>level: high');
    harmless(page);
  });

  it('are not to be changed or tried by whom may only look', () => {
    const page = drawn(<RulesScreen />, withRules, { search: '?rule=11', permissions: MANAGER });
    expect(page).toContain('Managers cannot decide which Sigma rules run. Managers cannot try Sigma rules.');
    expect(page).not.toMatch(/Leave it out|Try on stored data/);
  });

  it('that stand in two sets are two rows, each told and chosen as its own set’s', () => {
    const fill: Fill = (client) => {
      withRules(client);
      const other = { set: { id: '2', name: 'Other rules' }, path: 'other/shell.yml', enabled: false };
      client.setQueryData(
        rulePagesQuery({ sort: 'level' }).queryKey,
        one([testRule(), testRule(other), testRule({ id: '12' })]),
      );
      client.setQueryData(setsQuery.queryKey, {
        items: [testSet(), testSet({ id: '2', name: 'Other rules', enabled: false })],
      });
    };
    const page = drawn(<RulesScreen />, fill, { search: '?rule=11&of=2' });
    expect(page.match(/aria-selected="true"/g)).toHaveLength(1);
    expect(page).toContain('other/shell.yml');
    expect(page).toContain('Its set is off');
    const first = drawn(<RulesScreen />, fill, { search: '?rule=11' });
    expect(first).toContain('rules/shell.yml');
    expect(first).not.toContain('Its set is off');
  });

  it('of correlations lead to what those found, filters to nothing; neither is said to know no host', () => {
    const drawer = (change: Partial<SigmaRuleDetail>) =>
      drawn(
        <RulesScreen />,
        (client) => {
          withRules(client);
          const nowhere = { hits: 0, hosts: { visible: 0, partial: 0, blind: 0 }, sight: [] };
          client.setQueryData(ruleQuery('13').queryKey, testRuleDetail({ id: '13', ...nowhere, ...change }));
        },
        { search: '?rule=13' },
      );
    const correlation = drawer({ kind: 'correlation', logsource: '' });
    expect(correlation).toContain('href="/sigma?by=correlation"');
    const filter = drawer({ kind: 'filter' });
    expect(filter).toContain('A filter has no hits');
    for (const page of [correlation, filter]) {
      expect(page).not.toContain('No host is known yet.');
      expect(page).not.toContain('No hit that is open.');
    }
  });

  it('of endless text are drawn so far, with how much more there is', () => {
    const page = drawn(
      <RulesScreen />,
      (client) => {
        withRules(client);
        client.setQueryData(ruleQuery('11').queryKey, testRuleDetail({ yaml: 'a: b\n'.repeat(50_000) }));
      },
      { search: '?rule=11' },
    );
    expect(page).toContain('and 48,001 more lines');
    expect(page.length).toBeLessThan(400_000);
  });

  it('that are blind somewhere stand below what most of them lack', () => {
    const page = drawn(
      <RulesScreen />,
      (client) => {
        client.setQueryData(rulePagesQuery({ sort: 'level', state: 'blind' }).queryKey, one([testRule()]));
        client.setQueryData(sigmaCoverageQuery.queryKey, {
          ...{ rules: 3, visible: 1, partial: 0, blind: 2, hosts: [] },
          missing: Array.from({ length: 12 }, (_, place) => ({
            kind: 'field' as const,
            what: place === 0 ? HOSTILE : `Field${place}`,
            rules: 40 - place,
            hosts: 2,
            fix: place === 0 ? 'Record command lines.' : null,
          })),
        });
      },
      { search: '?state=blind' },
    );
    expect(page).toContain('What would make most rules decidable');
    expect(page).toContain('Record command lines.');
    expect(page).toContain('40 rules, 2 hosts');
    expect(page).toContain('The first 10 of 12.');
    expect(page).not.toContain('Field10');
    harmless(page);
  });

  it('of no set lead to the sets', () => {
    const page = drawn(<RulesScreen />, (client) =>
      client.setQueryData(rulePagesQuery({ sort: 'level' }).queryKey, one([])),
    );
    expect(page).toContain('None ships with Sequela.');
  });
});

describe('sets', () => {
  it('say what they hold and whether they run, with their acts', () => {
    const page = drawn(<SetsScreen />, withRules);
    for (const words of ['Own rules', '1,204 chosen', '4 refused', 'Switch off…', 'Add rules…'])
      expect(page, words).toContain(words);
    const looked = drawn(<SetsScreen />, withRules, { permissions: MANAGER });
    expect(looked).toContain('1,204 chosen');
    expect(looked).not.toMatch(/Switch off…|Add rules…|Try on stored data/);
  });

  it('may be tried with a rule of one’s own by whom may not take any in', () => {
    const page = drawn(<SetsScreen />, withRules, { permissions: ['sigma.read', 'sigma.test'] });
    expect(page).toContain('Try a rule…');
    expect(page).not.toContain('Add rules…');
  });

  it('are chosen from with counts, and list refusals by place and versions by what changed', () => {
    expect(drawn(<SetsScreen />, withRules, { search: '?set=1&part=refused' })).toContain('target="_blank"');
    const choice = drawn(<SetsScreen />, withRules, { search: '?set=1' });
    expect(choice).toMatch(/aria-pressed="true"[^>]*>.*?High/);
    expect(choice).toContain('Log sources: every log source');
    const refused = drawn(<SetsScreen />, withRules, { search: '?set=1&part=refused' });
    expect(refused).toContain('.yml:12:3');
    expect(refused).toContain('The modifier “foo” is not known.');
    expect(refused).toContain('/api/v1/sigma/sets/1');
    harmless(refused);
    expect(drawn(<SetsScreen />, withRules, { search: '?set=1&part=versions' })).toContain(
      '12 new, 1 gone, 30 changed',
    );
  });

  it('go on with a choice that was begun, though the set was read again meanwhile; once saved, with what is stored', () => {
    const begun = { start: testSetDetail(), chosen: { ...CHOICE, excluded: ['left-out'] } };
    const editor = (set: SigmaSetDetail, draft: ChoiceDraft | null) =>
      drawn(
        <ChoiceEditor set={set} draft={draft} onDraft={() => undefined} onTakeTheirs={() => undefined} />,
        () => undefined,
      );
    const newer = testSetDetail({ revision: 5, chosen: { ...CHOICE, included: ['taken-in'] } });
    const unsaved = editor(newer, begun);
    expect(unsaved).toContain('Not saved yet.');
    expect(unsaved).toContain('left-out');
    expect(unsaved).not.toContain('taken-in');
    const saved = { start: testSetDetail({ revision: 5, chosen: begun.chosen }), chosen: begun.chosen };
    expect(editor(testSetDetail(), saved)).toContain('left-out');
    expect(editor(newer, { ...saved, start: { ...saved.start, revision: 4 } })).toContain('taken-in');
    expect(editor(newer, null)).toContain('taken-in');
  });

  it('show a choice without controls to whom may not change it', () => {
    const set = testSetDetail({ chosen: { ...CHOICE, excluded: [HOSTILE] } });
    const page = drawn(
      <ChoiceEditor set={set} draft={null} onDraft={() => undefined} onTakeTheirs={() => undefined} />,
      () => undefined,
      {
        permissions: MANAGER,
      },
    );
    expect(page).toContain('High');
    expect(page).not.toMatch(/aria-pressed|Save the choice|Take off/);
    harmless(page);
  });
});

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

it('a text that is checked shows what can be used and what cannot', () => {
  const rule = {
    ruleId: 'r',
    kind: 'detection' as const,
    title: HOSTILE,
    level: 'high' as const,
    status: 'test' as const,
  };
  const page = drawn(
    <Checked
      current
      found={{
        rules: [{ ...rule, logsource: 'linux/auditd', foreign: true, line: 1 }],
        refused: [{ path: 'pasted.yml', line: 9, column: 2, reason: 'No condition.' }],
      }}
    />,
    () => undefined,
  );
  expect(page).toContain('1 rule can be used, 1 cannot.');
  expect(page).toContain('no format reads such records');
  expect(page).toContain('pasted.yml:9:2');
  harmless(page);
});

describe('what a baseline would cover', () => {
  const note = (losesTruePositives: number, isOfThis = true) =>
    drawn(
      <PreviewNote
        preview={{
          data: { covers: 12, of: 40, hosts: 2, losesTruePositives, examples: [hostileHit] },
          error: null,
          isOfThis,
          retry: () => undefined,
        }}
        accepted={false}
        onAccept={() => undefined}
      />,
      () => undefined,
    );

  it('is told in hits, and true positives among it are to be accepted', () => {
    expect(note(0)).toContain('It covers 12 of 40 open hits of this rule, on 2 hosts.');
    expect(note(0)).not.toContain('true positives');
    expect(note(3)).toContain('3 hits on processes that people called true positives');
    expect(note(3)).toContain('Cover them all the same');
    expect(note(3, false)).not.toContain('Cover them all the same');
    harmless(note(3));
  });
});

describe('baselines of hits', () => {
  const baseline = {
    id: '2',
    ruleId: 'r',
    rule: { title: HOSTILE },
    host: null,
    hostName: null,
    fields: { Image: [HOSTILE] },
    title: HOSTILE,
    reason: 'It is ours.',
    owner: 'lea',
    createdBy: 'lea',
    createdAt: '2026-11-20T10:00:00Z',
    expiresAt: '2027-02-20T00:00:00Z',
    state: 'active' as const,
    revokedBy: null,
    revokedReason: null,
    hits: 12,
  };
  const fill: Fill = (client) =>
    client.setQueryData(sigmaBaselinesQuery.queryKey, {
      items: [
        baseline,
        {
          ...baseline,
          id: '3',
          title: 'Gone',
          state: 'revoked' as const,
          revokedBy: 'lea',
          revokedReason: 'Wrong.',
        },
      ],
    });

  it('are listed by state, to be revoked by those who may', () => {
    const page = drawn(<SigmaBaselinesScreen />, fill);
    expect(page).toContain('on every host');
    expect(page).toContain('12 hits');
    expect(page).toContain('Revoke');
    expect(page).not.toContain('Gone');
    harmless(page);
    const revoked = drawn(<SigmaBaselinesScreen />, fill, { search: '?state=revoked' });
    expect(revoked).toContain('Wrong.');
    expect(revoked).not.toContain('>Revoke<');
    expect(drawn(<SigmaBaselinesScreen />, fill, { permissions: MANAGER })).not.toContain('>Revoke<');
  });
});
