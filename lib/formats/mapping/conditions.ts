import type { VendorRecord } from '../exportFormat';
import { joined } from '../vendorValues';
import type { Condition, MappedKind, Mapping } from './mapping';
import { leafAt } from './recordPaths';

/** What a mapping says a record is: the kind of the first rule that holds, else the mapping's own, else undefined. */
export function createConditions(mapping: Mapping): (record: VendorRecord) => MappedKind | undefined {
  const rules = mapping.kindRules.map(({ when, kind }) => ({ tests: when.map(createTest), kind }));
  return (record) =>
    rules.find(({ tests }) => tests.every((test) => test(record)))?.kind ?? mapping.otherwise;
}

function createTest({ path, test, values }: Condition): (record: VendorRecord) => boolean {
  const wanted = values.map(fold);
  const compare = COMPARISONS[test];
  return (record) => {
    const value = joined(leafAt(record, path));
    return compare(value === undefined ? undefined : fold(value), wanted);
  };
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

type Compare = (value: string | undefined, wanted: readonly string[]) => boolean;

const same: Compare = (value, wanted) => value !== undefined && wanted.includes(value);

const COMPARISONS: Readonly<Record<Condition['test'], Compare>> = {
  is: same,
  in: same,
  contains: (value, wanted) => value !== undefined && wanted.some((one) => value.includes(one)),
  starts: (value, wanted) => value !== undefined && wanted.some((one) => value.startsWith(one)),
  ends: (value, wanted) => value !== undefined && wanted.some((one) => value.endsWith(one)),
  exists: (value) => value !== undefined,
  missing: (value) => value === undefined,
};
