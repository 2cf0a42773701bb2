import { cutText } from '../base/cutText';
import type { Truth } from '../base/truth';
import type { MatchedPart } from './hit';
import { createNodeJudge, readField, testedValue } from './judge';
import type { SigmaRecord } from './record';
import type { SigmaNode, SigmaRule, SigmaTest } from './rule';

/** Characters of a record's or a rule's value that are told. */
const TOLD_VALUE_MAX = 1_000;
/** Tests that are told of one hit. */
const TOLD_PARTS_MAX = 50;

/**
 * Why a record satisfies a rule: the tests that held, in the order of the condition, each with the rule's value that
 * matched and the record's. Where the rule only rules out, that is told instead, under `not NAME`. Empty when the
 * record does not satisfy it.
 */
export function explainRule(rule: SigmaRule, record: SigmaRecord): readonly MatchedPart[] {
  const judge = createNodeJudge(record);
  if (!record.source.takes(rule.logsource) || judge(rule.condition) !== true) return [];
  const telling: Telling = { record, judge, held: [], ruledOut: [], told: new Set(), walked: new Set() };
  tell(rule.condition, true, 'condition', telling);
  return [...telling.held, ...(telling.held.length === 0 ? telling.ruledOut : [])].slice(0, TOLD_PARTS_MAX);
}

type Telling = {
  readonly record: SigmaRecord;
  readonly judge: (node: SigmaNode) => Truth;
  readonly held: MatchedPart[];
  readonly ruledOut: MatchedPart[];
  /** A part that several places name is told once. */
  readonly told: Set<SigmaTest>;
  readonly walked: Set<SigmaNode>;
};

/** Tells what makes a node come out as `wanted`. */
function tell(node: SigmaNode, wanted: boolean, selection: string, telling: Telling): void {
  if (telling.held.length >= TOLD_PARTS_MAX || telling.judge(node) !== wanted) return;
  // What a node comes to is one thing, so that it is wanted in one way only.
  if (telling.walked.has(node)) return;
  telling.walked.add(node);
  switch (node.op) {
    case 'test':
      tellTest(node.test, wanted, selection, telling);
      return;
    case 'not':
      tell(node.of, !wanted, selection, telling);
      return;
    case 'part':
      tell(node.of, wanted, node.name, telling);
      return;
    default:
      for (const one of node.of) tell(one, wanted, selection, telling);
  }
}

function tellTest(test: SigmaTest, wanted: boolean, selection: string, telling: Telling): void {
  if (telling.told.has(test)) return;
  telling.told.add(test);
  const { record } = telling;
  const value = testedValue(test, record);
  const found = test.found?.(value, (field) => readField(field, record));
  const text =
    typeof value === 'string' ? value : Array.isArray(value) ? (value as readonly string[])[0] : undefined;
  const part: MatchedPart = {
    selection: wanted ? selection : `not ${selection}`,
    field: test.field,
    modifiers: test.modifiers,
    expected: cutText(found?.expected ?? test.expected[0] ?? '', TOLD_VALUE_MAX),
    value: cutText(found?.value ?? text ?? '', TOLD_VALUE_MAX),
  };
  (wanted ? telling.held : telling.ruledOut).push(part);
}
