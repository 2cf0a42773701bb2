import { parseSigma } from '../parse/parseSigma';
import type { SigmaRule } from '../rule';

/** A rule of a test: its log source as YAML's inline map, its detection as indented YAML. */
export function testRule(logsource: string, detection: string): SigmaRule {
  const text = `title: A test's rule\nid: 11111111-2222-4333-8444-555555555555\nlogsource: ${logsource}\ndetection:\n${detection}\nlevel: medium\n`;
  const { documents, refused } = parseSigma(text, 'test.yml');
  const [rule] = documents;
  if (rule?.kind !== 'detection') throw new Error(refused[0]?.reason ?? 'no detection rule');
  return rule;
}
