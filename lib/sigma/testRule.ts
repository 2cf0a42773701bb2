import { assert } from '../base/assert';
import { type ParseOptions, parseSigma } from './parse/parseSigma';
import type { SigmaRecord, SigmaSource } from './record';
import { type FieldValue, type SigmaDocument, type SigmaRefusal, type SigmaRule, UNKNOWN } from './rule';

/** A record with these fields, for tests; UNKNOWN for one that its source cannot have. */
export function testRecord(fields: Readonly<Record<string, FieldValue>>): SigmaRecord {
  const source: SigmaSource = {
    key: 'test',
    title: 'test',
    takes: ({ product }) => product === 'windows',
    reader: (field) => (fields[field] === UNKNOWN ? undefined : () => fields[field]),
    values: () =>
      Object.values(fields).flatMap((value) =>
        value === undefined || value === UNKNOWN ? [] : typeof value === 'string' ? [value] : value,
      ),
  };
  return { source };
}

/** A rule's YAML around a detection, whose lines begin at the margin. */
export function testYaml(detection: string, head = 'title: a rule'): string {
  const lines = detection.trim().split('\n');
  return `${head}\nlogsource:\n  product: windows\ndetection:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** The rule of a detection; fails where it is refused. */
export function testRule(detection: string, options: ParseOptions = {}): SigmaRule {
  const { documents, refused } = parseSigma(testYaml(detection), 'test.yml', options);
  const [rule] = documents;
  assert(rule?.kind === 'detection', `refused: ${refused[0]?.reason ?? 'nothing there'}`);
  return rule;
}

/** The one document of a text; fails where it is refused. */
export function testDocument(yaml: string): SigmaDocument {
  const { documents, refused } = parseSigma(yaml, 'test.yml');
  const [document] = documents;
  assert(document !== undefined, `refused: ${refused[0]?.reason ?? 'nothing there'}`);
  return document;
}

/** The first refusal of a text; fails where nothing is refused. */
export function testRefusal(yaml: string, options: ParseOptions = {}): SigmaRefusal {
  const [refusal] = parseSigma(yaml, 'test.yml', options).refused;
  assert(refusal !== undefined, 'nothing was refused');
  return refusal;
}
