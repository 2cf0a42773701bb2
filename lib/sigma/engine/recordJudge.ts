import type { Truth } from '../../base/truth';
import type { SigmaRecord } from '../record';
import { type FieldValue, type SigmaNode, type SigmaTest, UNKNOWN } from '../rule';

/** A condition whose tests and fields are numbers. Named parts of more than one test are numbered as well. */
export type NumberedNode =
  | { readonly op: 'test'; readonly test: number }
  | { readonly op: 'all' | 'any'; readonly of: readonly NumberedNode[] }
  | { readonly op: 'not'; readonly of: NumberedNode }
  | { readonly op: 'part'; readonly part: number; readonly of: NumberedNode };

/** How records of one source are read, by number of field: looked up when first needed; null: they cannot have it. */
export type Readers = (((record: SigmaRecord) => FieldValue) | null)[];

/** The tests of all rules, equal ones once, and what the record at hand makes of them. */
export type RecordJudge = {
  readonly number: (condition: SigmaNode) => NumberedNode;
  /** Turns to another record. */
  readonly begin: (record: SigmaRecord, readers: Readers) => void;
  /** Lets go of it: a record held past its batch would keep the whole batch in memory. */
  readonly end: () => void;
  /** Its value, read at most once; of undefined all values of the record. */
  readonly valueIn: (field: string | undefined) => FieldValue;
  /** Whether a condition is true of it: each test and each named part is judged at most once for a record. */
  readonly isTrue: (node: NumberedNode) => boolean;
  /** How many tests were judged so far. */
  readonly judged: () => number;
};

const TRUTHS: readonly Truth[] = [false, true, undefined];

/** Starts without tests; conditions bring them along. */
export function createRecordJudge(): RecordJudge {
  const fields = new Map<string | undefined, number>();
  const names: (string | undefined)[] = [];
  const tests: { readonly test: SigmaTest; readonly field: number }[] = [];
  const numbers = new Map<string, number>();
  const nodes = new Map<SigmaNode, NumberedNode>();
  let parts = 0;

  const fieldNumber = (field: string | undefined): number => {
    const known = fields.get(field);
    if (known !== undefined) return known;
    fields.set(field, names.length);
    return names.push(field) - 1;
  };
  const numberTest = (test: SigmaTest): number => {
    const known = numbers.get(test.key);
    if (known !== undefined) return known;
    numbers.set(test.key, tests.length);
    tests.push({ test, field: fieldNumber(test.field) });
    for (const field of test.others) fieldNumber(field);
    return tests.length - 1;
  };
  const number = (node: SigmaNode): NumberedNode => {
    const known = nodes.get(node);
    if (known !== undefined) return known;
    const made = numberNode(node, number, numberTest, () => parts++);
    nodes.set(node, made);
    return made;
  };

  let record: SigmaRecord | undefined;
  let readers: Readers = [];
  let round = 0;
  let judged = 0;
  const values: FieldValue[] = [];
  let readIn = new Int32Array(0);
  /** By number of test: 1 true, 0 false, 2 unknown. */
  let truths = new Uint8Array(0);
  let judgedIn = new Int32Array(0);
  /** By number of part, twice: whether it is true, whether it is false. */
  let answers = new Uint8Array(0);
  let answeredIn = new Int32Array(0);

  const read = (field: number, from: SigmaRecord): FieldValue => {
    let reader = readers[field];
    if (reader === undefined) {
      const name = names[field];
      reader = name === undefined ? from.source.values : (from.source.reader(name) ?? null);
      readers[field] = reader;
    }
    return reader === null ? UNKNOWN : reader(from);
  };
  const valueAt = (field: number): FieldValue => {
    if (readIn[field] === round) return values[field];
    const value = record === undefined ? UNKNOWN : read(field, record);
    readIn[field] = round;
    values[field] = value;
    return value;
  };
  const valueIn = (field: string | undefined): FieldValue => {
    const known = fields.get(field);
    if (known !== undefined) return valueAt(known);
    // A field that no test announced.
    return field === undefined || record === undefined
      ? UNKNOWN
      : (record.source.reader(field) ?? (() => UNKNOWN))(record);
  };
  const truthOf = (number: number): Truth => {
    if (judgedIn[number] === round) return TRUTHS[truths[number] ?? 2];
    const one = tests[number];
    if (one === undefined) return undefined;
    judged++;
    const truth = one.test.judge(valueAt(one.field), valueIn);
    judgedIn[number] = round;
    truths[number] = truth === undefined ? 2 : Number(truth);
    return truth;
  };
  // Of three-valued logic only two questions are asked, and each ends at the first part that settles it.
  const isTrue = (node: NumberedNode): boolean => {
    switch (node.op) {
      case 'test':
        return truthOf(node.test) === true;
      case 'all':
        return node.of.every(isTrue);
      case 'any':
        return node.of.some(isTrue);
      case 'not':
        return isFalse(node.of);
      case 'part':
        return answerOf(2 * node.part, node.of, isTrue);
    }
  };
  const isFalse = (node: NumberedNode): boolean => {
    switch (node.op) {
      case 'test':
        return truthOf(node.test) === false;
      case 'all':
        return node.of.some(isFalse);
      case 'any':
        return node.of.every(isFalse);
      case 'not':
        return isTrue(node.of);
      case 'part':
        return answerOf(2 * node.part + 1, node.of, isFalse);
    }
  };
  /** What stands in many places of a condition is asked once. */
  const answerOf = (place: number, node: NumberedNode, ask: (node: NumberedNode) => boolean): boolean => {
    if (answeredIn[place] === round) return answers[place] === 1;
    const answer = ask(node);
    answers[place] = Number(answer);
    answeredIn[place] = round;
    return answer;
  };
  return {
    number,
    begin(next, nextReaders) {
      record = next;
      readers = nextReaders;
      round = (round + 1) | 0;
      if (answers.length < 2 * parts) {
        answers = new Uint8Array(2 * parts);
        answeredIn = new Int32Array(2 * parts);
      }
      if (judgedIn.length < tests.length || readIn.length < names.length) {
        truths = new Uint8Array(tests.length);
        judgedIn = new Int32Array(tests.length);
        readIn = new Int32Array(names.length);
      }
    },
    end() {
      record = undefined;
    },
    valueIn,
    isTrue,
    judged: () => judged,
  };
}

/** Exclusions come last among parts that must all hold: what is looked for is rarely there. */
function numberNode(
  node: SigmaNode,
  number: (node: SigmaNode) => NumberedNode,
  numberTest: (test: SigmaTest) => number,
  nextPart: () => number,
): NumberedNode {
  switch (node.op) {
    case 'test':
      return { op: 'test', test: numberTest(node.test) };
    case 'part': {
      const of = number(node.of);
      // Tests are known by themselves, and `not` is only turned round.
      return of.op === 'all' || of.op === 'any' ? { op: 'part', part: nextPart(), of } : of;
    }
    case 'not':
      return { op: 'not', of: number(node.of) };
    case 'any':
      return { op: 'any', of: [...new Set(node.of.map(number))] };
    case 'all': {
      const parts = [...new Set(node.of.map(number))];
      return {
        op: 'all',
        of: [...parts.filter(({ op }) => op !== 'not'), ...parts.filter(({ op }) => op === 'not')],
      };
    }
  }
}
