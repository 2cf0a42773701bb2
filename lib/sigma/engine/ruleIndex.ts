import type { FieldValue } from '../rule';
import { UNKNOWN } from '../rule';
import type { Clause, Necessary } from './clauses';
import { createFieldFinder, type FieldLiterals, noLiterals } from './fieldFinder';

/** Rules of one class of records, and which of them a record could satisfy. */
export type RuleIndex = {
  /** Rules that this record could satisfy, by number, none left out; in no order, valid until the next call. */
  readonly candidates: (valueIn: (field: string | undefined) => FieldValue) => readonly number[];
  /** Memory its tables take. */
  readonly bytes: number;
  /** Of all its literals. */
  readonly characters: number;
  readonly rules: number;
  /** Rules that nothing is known of: tried on every record. */
  readonly always: number;
};

/** Of one index: a rule that goes beyond it is tried on every record, so that memory stays in bounds. */
const MOST_CHARACTERS = 500_000;
/** A second clause is looked for only where it leaves out most records. */
const WORTH_A_LOOK = 0.25;
/** Bits of an owner that tell which of its rule's clauses a literal meets. */
const CLAUSE_BITS = 2;

/**
 * Builds the index of rules by what each needs; rules that cannot come true are left out of it. `room`: characters of
 * literals that may still be taken.
 */
export function createRuleIndex(
  rules: readonly { readonly rule: number; readonly necessary: Necessary }[],
  room: number,
): RuleIndex {
  const always: number[] = [];
  const gathered = gather(Math.min(room, MOST_CHARACTERS));
  for (const { rule, necessary } of rules) {
    if (necessary === 'never') continue;
    const clauses = necessary.filter((clause, i) => i === 0 || clause.share <= WORTH_A_LOOK);
    if (clauses.length === 0 || !gathered.add(rule, clauses)) always.push(rule);
  }
  const { fields, owners, numbers, masks } = gathered;
  const { start, codes } = flatten(owners);

  const met = new Uint8Array(numbers.length);
  const metIn = new Int32Array(numbers.length);
  const foundIn = new Int32Array(owners.length);
  let round = 0;
  let candidates: number[] = [];

  const found = (literal: number): void => {
    if (foundIn[literal] === round) return;
    foundIn[literal] = round;
    const end = start[literal + 1] as number;
    for (let i = start[literal] as number; i < end; i++) {
      const code = codes[i] as number;
      const slot = code >> CLAUSE_BITS;
      const before = metIn[slot] === round ? (met[slot] as number) : 0;
      const after = before | (1 << (code & ((1 << CLAUSE_BITS) - 1)));
      met[slot] = after;
      metIn[slot] = round;
      if (after !== before && after === masks[slot]) candidates.push(numbers[slot] as number);
    }
  };
  const finders = [...fields].map(([field, literals]) => ({
    field,
    ...createFieldFinder(literals, found),
  }));

  return {
    candidates(valueIn) {
      round = (round + 1) | 0;
      candidates = always.slice();
      for (const { field, find } of finders) {
        const value = valueIn(field);
        if (typeof value === 'string') find(value);
        else if (value !== undefined && value !== UNKNOWN) findEach(value, find);
      }
      return candidates;
    },
    bytes: finders.reduce((sum, { bytes }) => sum + bytes, 4 * codes.length),
    rules: numbers.length + always.length,
    always: always.length,
    characters: gathered.characters(),
  };
}

/** Some collectors keep a record's message twice: what has just been searched is not searched again. */
function findEach(values: readonly string[], find: (value: string) => void): void {
  let last: string | undefined;
  for (const value of values) {
    if (value !== last) find(value);
    last = value;
  }
}

/** Numbers literals over all fields, and notes whose clause each meets. */
function gather(mostCharacters: number) {
  const fields = new Map<string | undefined, FieldLiterals>();
  const owners: number[][] = [];
  /** Rule, and the clauses it needs, by slot. */
  const numbers: number[] = [];
  const masks: number[] = [];
  let characters = 0;

  const numberOf = (field: string | undefined, place: keyof FieldLiterals, text: string): number => {
    const literals = fields.get(field) ?? noLiterals();
    fields.set(field, literals);
    const known = literals[place].get(text);
    if (known !== undefined) return known;
    literals[place].set(text, owners.length);
    characters += text.length;
    owners.push([]);
    return owners.length - 1;
  };
  return {
    fields,
    owners,
    numbers,
    masks,
    characters: () => characters,
    /** False when there is no room for it. */
    add(rule: number, clauses: readonly Clause[]): boolean {
      let length = 0;
      for (const { literals } of clauses) for (const { text } of literals) length += text.length;
      if (characters + length > mostCharacters) return false;
      const slot = numbers.length;
      numbers.push(rule);
      masks.push((1 << clauses.length) - 1);
      clauses.forEach(({ literals }, clause) => {
        for (const { field, place, text } of literals)
          owners[numberOf(field, place, text)]?.push((slot << CLAUSE_BITS) | clause);
      });
      return true;
    },
  };
}

function flatten(owners: readonly (readonly number[])[]): { start: Int32Array; codes: Int32Array } {
  const start = new Int32Array(owners.length + 1);
  owners.forEach((codes, i) => {
    start[i + 1] = (start[i] ?? 0) + codes.length;
  });
  const codes = new Int32Array(start[owners.length] ?? 0);
  owners.forEach((list, i) => {
    codes.set(list, start[i]);
  });
  return { start, codes };
}
