import { expect, it } from 'vitest';
import { sysmonRecord, testRecord } from '../../sigma/sources/testRecords';
import { createFleet } from './rulesSight';

const SYSMON_1 = sysmonRecord(1, {}).source.key;
const SECURITY_4624 = testRecord('Security', 4624, {}).source.key;
const asks = {
  logsource: { product: 'windows', category: 'process_creation' },
  fields: ['Image', 'Company'],
};

let number = 0;
const host = (
  name: string,
  ...sources: readonly [source: string, records: number, fields: readonly string[]][]
) => ({
  ...{ id: ++number, name },
  sources: sources.map(([source, records, fields]) => ({ source, records, fields: [...fields] })),
});

it('hosts are alike to a rule by the records it is about and the fields it asks for, and by nothing else', () => {
  const fleet = createFleet([
    host('a', [SYSMON_1, 100, ['Image']]),
    host('of another log', [SYSMON_1, 5_000, ['Image', 'User']], [SECURITY_4624, 9, []]),
    host('with another field', [SYSMON_1, 100, ['Image', 'Company']]),
    // So few that a field which none filled may yet be.
    host('few', [SYSMON_1, 3, ['Image']]),
    host('nothing of it', [SECURITY_4624, 9, []]),
    host('what is no class', ['no such class', 9, []]),
  ]);
  expect(fleet.alike(asks).map(({ hosts }) => hosts.map(({ name }) => name))).toEqual([
    ['a', 'of another log'],
    ['with another field'],
    ['few'],
    ['nothing of it', 'what is no class'],
  ]);
  // Worked out once for all rules that ask alike.
  expect(fleet.alike({ ...asks })).toBe(fleet.alike(asks));
  expect(fleet.isEmpty).toBe(false);
  expect(createFleet([]).isEmpty).toBe(true);
});
