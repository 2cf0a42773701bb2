import { negate, type Truth } from '../base/truth';
import { allOf, anyOf } from './modifiers/compileTest';
import type { SigmaRecord } from './record';
import { type FieldValue, type SigmaNode, type SigmaRule, type SigmaTest, UNKNOWN } from './rule';

/**
 * Whether a record satisfies a rule, told test by test: what every faster way must agree with. Unknown where it hangs
 * on a field that no record of the source can have; false for a record of another log source. Never throws.
 */
export function judgeRule(rule: SigmaRule, record: SigmaRecord): Truth {
  return record.source.takes(rule.logsource) ? createNodeJudge(record)(rule.condition) : false;
}

/** The same of nodes of a condition: each is judged once, in however many places it stands. */
export function createNodeJudge(record: SigmaRecord): (node: SigmaNode) => Truth {
  const known = new Map<SigmaNode, Truth>();
  const judge = (node: SigmaNode): Truth => {
    if (known.has(node)) return known.get(node);
    const truth = judgeNode(node, record, judge);
    known.set(node, truth);
    return truth;
  };
  return judge;
}

function judgeNode(node: SigmaNode, record: SigmaRecord, judge: (node: SigmaNode) => Truth): Truth {
  switch (node.op) {
    case 'test':
      return judgeTest(node.test, record);
    case 'not':
      return negate(judge(node.of));
    case 'part':
      return judge(node.of);
    case 'all':
      return allOf(node.of.map(judge));
    case 'any':
      return anyOf(node.of.map(judge));
  }
}

/** The same of one test. */
function judgeTest(test: SigmaTest, record: SigmaRecord): Truth {
  return test.judge(testedValue(test, record), (field) => readField(field, record));
}

/** What a test looks at: its field's value, or every value of the record. */
export function testedValue({ field }: SigmaTest, record: SigmaRecord): FieldValue {
  return field === undefined ? record.source.values(record) : readField(field, record);
}

export function readField(field: string, record: SigmaRecord): FieldValue {
  const read = record.source.reader(field);
  return read === undefined ? UNKNOWN : read(record);
}
