import { describe, expect, it, vi } from 'vitest';
import { sigmaCoverageQuery } from '@/components/shared/sigma/sigmaCoverage';
import type { SigmaRuleDetail } from '@/lib/contracts/sigmaRules';
import { RulesScreen } from './RulesScreen';
import { rulePagesQuery, ruleQuery, setsQuery } from './sigmaQueries';
import { drawn, type Fill, harmless, MANAGER, one, withRules } from './testScreens';
import { HOSTILE, testRule, testRuleDetail, testSet } from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

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
