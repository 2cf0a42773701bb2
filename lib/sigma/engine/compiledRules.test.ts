import { expect, it } from 'vitest';
import { madeUpRules } from '../../../bench/sigmaRules';
import { createRandom } from '../../sample/random';
import { compileRules } from '../compileRules';
import { judgeRule } from '../judge';
import { testsOf } from '../parse/detection';
import { parseSigma } from '../parse/parseSigma';
import { createEngine } from './engine';
import { testSource } from './testRules';

it('finds of rules written in YAML exactly what judging each of them finds, on records made of their own words', () => {
  const documents = madeUpRules(400).flatMap((text, i) => parseSigma(text, `${i}.yml`).documents);
  const { rules } = compileRules(documents);
  expect(rules).toHaveLength(400);
  const engine = createEngine(rules);
  const random = createRandom('records of the test');
  const words = new Map<string, string[]>();
  for (const { condition } of rules)
    for (const { field = '', expected } of testsOf(condition))
      words.set(field, [...(words.get(field) ?? []), ...expected]);
  const madeOf = (texts: readonly string[]): string =>
    Array.from({ length: random.int(1, 6) }, () => texts[random.int(0, texts.length - 1)] ?? '').join('');
  let matched = 0;
  for (let i = 0; i < 300; i++) {
    const lacks = random.chance(0.5) ? ['OriginalFileName'] : [];
    const source = testSource(
      `source ${i % 4}`,
      ({ category }) => i % 4 !== 0 || category !== undefined,
      lacks,
    );
    const record = source.record(
      Object.fromEntries([...words].map(([field, texts]) => [field, madeOf(texts)])),
    );
    const found = engine.match(record).map(({ rule }) => rule.id);
    expect(found).toEqual(rules.filter((rule) => judgeRule(rule, record) === true).map(({ id }) => id));
    matched += found.length;
  }
  expect(matched).toBeGreaterThan(100);
});
