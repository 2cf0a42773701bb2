import { describe, expect, test } from 'vitest';
import { compileRules } from './compileRules';
import { judgeRule } from './judge';
import { parseSigma } from './parse/parseSigma';
import type { SigmaDocument } from './rule';
import { testDocument, testRecord, testRefusal, testYaml } from './testRule';

const documentsOf = (...texts: string[]): readonly SigmaDocument[] => texts.map(testDocument);
const ruleText = (title: string, head = ''): string =>
  testYaml("s: {A: 'x'}\ncondition: s", `title: ${title}${head}`);
const correlation = (title: string, section: string, head = ''): string =>
  `title: ${title}\n${head}correlation:\n${section
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n`;
const filterText = (section: string, logsource = 'product: windows'): string =>
  `title: a filter\nlogsource: {${logsource}}\nfilter:\n${section
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n`;

describe('a set of documents', () => {
  test('keeps its order and refuses the second of one id, naming the first', () => {
    const id = '\nid: 20000000-0000-4000-8000-000000000001';
    const { rules, refused } = compileRules(
      documentsOf(ruleText('one', id), ruleText('two'), ruleText('three', id)),
    );
    expect(rules.map(({ title }) => title)).toEqual(['one', 'two']);
    expect(refused).toMatchObject([
      { title: 'three', reason: expect.stringContaining('belongs to "one" in test.yml') },
    ]);
  });
});

describe('a set of many regular expressions', () => {
  test('refuses the rules beyond what it may come to, in words', () => {
    const patterns = (n: number): string =>
      Array.from({ length: 14 }, (_, i) => `'${n}[a-z]{990}[b-z]{990}${i}[a-z]{990}'`).join(', ');
    const documents = documentsOf(
      ...Array.from({ length: 5 }, (_, n) =>
        testYaml(`s: {'A|re': [${patterns(n)}]}\ncondition: s`, `title: rule ${n}`),
      ),
    );
    const { rules, refused } = compileRules(documents);
    expect(rules.map(({ title }) => title)).toEqual(['rule 0', 'rule 1', 'rule 2', 'rule 3']);
    expect(refused).toMatchObject([
      { title: 'rule 4', reason: expect.stringContaining('more than 200,000 steps with this one') },
    ]);
  });
});

describe('Sigma filters', () => {
  const judged = (
    filter: string,
    user: string,
    rule = ruleText('one', '\nname: rule_one'),
  ): boolean | undefined => {
    const { rules } = compileRules(documentsOf(rule, filter));
    const [only] = rules;
    return only && judgeRule(only, testRecord({ A: 'x', User: user }));
  };

  test('suppress what their condition selects, in the rules they name', () => {
    const filter = filterText(
      "rules: [rule_one]\nselection:\n  User|startswith: 'adm_'\ncondition: selection",
    );
    expect(judged(filter, 'adm_1')).toBe(false);
    expect(judged(filter, 'user')).toBe(true);
    expect(judged(filter, 'adm_1', ruleText('two'))).toBe(true);
  });

  test('or keep what their condition leaves, where it is made of "not"', () => {
    const filter = filterText("rules: any\nselection:\n  User|startswith: 'adm_'\ncondition: not selection");
    expect(judged(filter, 'adm_1')).toBe(false);
    expect(judged(filter, 'user')).toBe(true);
  });

  test('concern rules of their log source only', () => {
    const section = "selection:\n  User: 'adm'\ncondition: selection";
    expect(judged(filterText(section, 'product: linux'), 'adm')).toBe(true);
    expect(judged(filterText(section, 'product: windows, category: process_creation'), 'adm')).toBe(true);
    expect(judged(filterText(section), 'adm')).toBe(false);
  });

  test('bring their fields to the rule', () => {
    const filter = filterText("rules: all\nselection:\n  User: 'adm'\ncondition: selection");
    const { rules, filters } = compileRules(documentsOf(ruleText('one'), filter));
    expect(rules[0]?.fields).toEqual(['A', 'User']);
    expect(filters).toMatchObject([{ kind: 'filter', rules: [], fields: ['User'] }]);
  });

  test('without a condition or a log source are refused', () => {
    expect(testRefusal(filterText("rules: any\nselection: {User: 'x'}")).reason).toContain('no condition');
    expect(testRefusal("title: f\nfilter: {rules: any, s: {User: 'x'}, condition: s}").reason).toContain(
      'no logsource',
    );
  });
});

describe('Correlation rules', () => {
  const count =
    'type: event_count\nrules: [rule_one]\ngroup-by: [Computer]\ntimespan: 1h\ncondition: {gte: 10}';

  test('are read whole', () => {
    const id = '20000000-0000-4000-8000-00000000000A';
    expect(
      testDocument(
        correlation(
          'many',
          `type: value_count
rules: [${id}, rule_one]
group-by: [ip, User]
timespan: 90m
condition: {field: [Target, Domain], gt: 100, lte: 200}
aliases:
  ip:
    ${id}: SourceIp
    rule_one: DestinationIp
generate: true`,
          'level: high\n',
        ),
      ),
    ).toMatchObject({
      kind: 'correlation',
      level: 'high',
      type: 'value_count',
      rules: [id.toLowerCase(), 'rule_one'],
      groupBy: ['ip', 'User'],
      timespan: 5_400_000_000,
      conditions: [
        { op: 'gt', value: 100 },
        { op: 'lte', value: 200 },
      ],
      fields: ['Target', 'Domain'],
      aliases: { ip: { [id.toLowerCase()]: 'SourceIp', rule_one: 'DestinationIp' } },
      generate: true,
    });
    expect(testDocument(correlation('c', count))).toMatchObject({ generate: false, aliases: {}, fields: [] });
  });

  test.each([
    ['15s', 15],
    ['10m', 600],
    ['2h', 7_200],
    ['1d', 86_400],
  ])('a timespan of %s', (text, seconds) => {
    expect(testDocument(correlation('c', count.replace('1h', text)))).toMatchObject({
      timespan: seconds * 1_000_000,
    });
  });

  test.each([
    [count.replace('type: event_count', 'type: sum'), '"sum" is not a type of correlation'],
    [count.replace('type: event_count\n', ''), 'this correlation has no type'],
    [count.replace('rules: [rule_one]\n', ''), 'names no rules'],
    [count.replace('timespan: 1h\n', ''), 'has no timespan'],
    [count.replace('1h', '1H'), '"1H" is not a timespan'],
    [count.replace('1h', '0s'), 'is not a timespan'],
    [count.replace('1h', '9999999d'), 'at most 366d'],
    [count.replace('condition: {gte: 10}', ''), 'no condition'],
    [count.replace('{gte: 10}', '{atleast: 10}'), '"atleast" is no part of a condition'],
    [count.replace('{gte: 10}', '{field: A}'), 'compares with nothing'],
    [count.replace('{gte: 10}', '{gte: many}'), '"gte" takes a number'],
    [count.replace('event_count', 'value_count'), 'needs "field"'],
    [count.replace('event_count', 'value_sum').replace('{', '{field: [A, B], '), 'takes one field'],
    [count.replace('event_count', 'value_percentile').replace('{', '{field: A, '), 'needs "percentile"'],
    [count.replace('event_count', 'temporal'), 'can never hold: the correlation has 1 rules'],
    [
      count.replace('event_count', 'temporal').replace('gte: 10', 'gte: 1, field: A'),
      'asks for all of its rules',
    ],
    [`${count}\naliases: {a: b}`, 'aliases are a map'],
  ])('%j is refused: %s', (section, reason) => {
    expect(testRefusal(correlation('c', section)).reason).toContain(reason);
  });

  test('a temporal one needs no condition, or one that asks for all of its rules', () => {
    const temporal = 'type: temporal_ordered\nrules: [a, b]\ngroup-by: [Computer]\ntimespan: 5m';
    for (const condition of ['', '\ncondition: a AND b', '\ncondition: {gte: 2}'])
      expect(testDocument(correlation('c', `${temporal}${condition}`))).toMatchObject({
        conditions: [],
        rules: ['a', 'b'],
      });
    expect(testRefusal(correlation('c', `${temporal}\ncondition: a or b`)).reason).toContain('asks for all');
    expect(testRefusal(correlation('c', `${temporal}\ncondition: {gte: 1}`)).reason).toContain(
      'one after the other',
    );
  });

  test('a temporal one in any order may ask for some of its rules', () => {
    const temporal = 'type: temporal\nrules: [a, b, c]\ntimespan: 5m\ncondition: ';
    const conditionsOf = (condition: string) => testDocument(correlation('c', `${temporal}${condition}`));
    expect(conditionsOf('{gte: 2}')).toMatchObject({ conditions: [{ op: 'gte', value: 2 }] });
    expect(conditionsOf('{eq: 1}')).toMatchObject({ conditions: [{ op: 'eq', value: 1 }] });
    expect(conditionsOf('{gt: 2}')).toMatchObject({ conditions: [] });
    expect(conditionsOf('A and B and C')).toMatchObject({ conditions: [] });
  });

  test('names its rules whatever the case, also in aliases and filters', () => {
    const { rules, correlations, refused } = compileRules(
      documentsOf(
        ruleText('one', '\nid: MyRule-1\nname: Rule_One'),
        correlation(
          'c',
          'type: event_count\nrules: [MyRule-1, RULE_one]\ntimespan: 1h\ncondition: {gte: 1}\naliases: {u: {MYRULE-1: User}}',
        ),
        filterText("rules: [MyRULE-1]\ns: {User: 'x'}\ncondition: s"),
      ),
    );
    expect(refused).toEqual([]);
    expect(correlations).toMatchObject([
      { rules: ['myrule-1', 'Rule_One'], aliases: { u: { 'myrule-1': 'User' } } },
    ]);
    expect(rules[0]?.fields).toEqual(['A', 'User']);
  });

  test('value_percentile has its percentile, value_median is the 50th', () => {
    const value = count.replace('{gte', '{field: Size, percentile: 95, gte');
    expect(testDocument(correlation('c', value.replace('event_count', 'value_percentile')))).toMatchObject({
      type: 'value_percentile',
      percentile: 95,
      fields: ['Size'],
    });
    expect(testDocument(correlation('c', value.replace('event_count', 'value_median')))).toMatchObject({
      percentile: 50,
    });
  });

  const over = (title: string, ...rules: string[]): string =>
    correlation(title, `type: temporal\nrules: [${rules.join(', ')}]\ntimespan: 1h`, `name: ${title}\n`);
  const compiled = (...texts: string[]): ReturnType<typeof compileRules> =>
    compileRules(documentsOf(...texts));

  test('name rules by id or name, and other correlations, in any order', () => {
    const id = '20000000-0000-4000-8000-00000000000a';
    const one = ruleText('one', `\nid: ${id}\nname: rule_one`);
    const { correlations, refused } = compiled(
      over('c3', 'c1', 'c2'),
      over('c1', id.toUpperCase()),
      over('c2', 'rule_one'),
      one,
    );
    expect(refused).toEqual([]);
    expect(correlations.map(({ title }) => title)).toEqual(['c3', 'c1', 'c2']);
  });

  test('that name what is not there are refused, and those that hang on them', () => {
    const { correlations, refused } = compiled(
      over('c2', 'c1'),
      over('c1', 'absent'),
      over('c3', 'one'),
      ruleText('one'),
    );
    expect(correlations.map(({ title }) => title)).toEqual(['c3']);
    expect(refused.map(({ title, reason }) => [title, reason])).toEqual([
      ['c2', expect.stringContaining('names the correlation "c1", which cannot be used')],
      ['c1', expect.stringContaining('names the rule "absent", which is not in this set')],
    ]);
  });

  test('that go in a circle are refused, and those that hang on the circle', () => {
    const { correlations, refused } = compiled(
      over('a', 'b'),
      over('b', 'a'),
      over('c', 'c'),
      over('d', 'a', 'one'),
      ruleText('one'),
    );
    expect(correlations).toEqual([]);
    expect(refused.map(({ title }) => title)).toEqual(['a', 'b', 'c', 'd']);
    expect(refused[0]?.reason).toContain('in a circle');
  });

  test('a long chain of correlations is read without end of the stack', () => {
    const chain = Array.from({ length: 1_900 }, (_, i) =>
      over(`c${i}`, i === 0 ? 'one' : `c${i - 1}`),
    ).reverse();
    const { documents } = parseSigma([...chain, ruleText('one')].join('---\n'), 'f');
    expect(compileRules(documents).correlations).toHaveLength(1_900);
  });
});
