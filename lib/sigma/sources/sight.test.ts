import { describe, expect, it } from 'vitest';
import type { SigmaRecord } from '../record';
import { sightOfRule } from './sight';
import { SYSMON, sysmonRecord, testRecord } from './testRecords';
import { testRule } from './testRules';

const START = '{ product: windows, category: process_creation }';
const came = (record: SigmaRecord, fields: readonly string[], records = 100) => ({
  source: record.source,
  records,
  fields: new Set(fields),
});
const sysmon = came(sysmonRecord(1, {}), ['Image', 'CommandLine', 'OriginalFileName', 'ParentImage']);
const security = came(testRecord('Security', 4688, { NewProcessId: '0x1' }), [
  'Image',
  'CommandLine',
  'ParentImage',
]);

describe('sightOfRule', () => {
  it('is visible where a source has all that the rule asks for', () => {
    const rule = testRule(START, "  a: { 'Image|endswith': '\\x.exe' }\n  condition: a");
    expect(sightOfRule(rule, [security])).toEqual({
      state: 'visible',
      why: 'Security 4688 records have all that it asks for.',
      missing: [],
    });
  });

  it('is blind where no record of the log source came', () => {
    const rule = testRule(START, '  a: { Image: x }\n  condition: a');
    const sight = sightOfRule(rule, [came(sysmonRecord(3, {}), ['Image'])]);
    expect(sight.state).toBe('blind');
    expect(sight.why).toBe('No process_creation records came from this host.');
    expect(sight.missing).toEqual([{ kind: 'logsource', what: 'windows/process_creation' }]);
    expect(sightOfRule(rule, []).state).toBe('blind');
  });

  it('is blind where the condition hangs on a field that no record can have, partial where only one way does', () => {
    const both = testRule(START, '  a: { Image: x, OriginalFileName: y }\n  condition: a');
    expect(sightOfRule(both, [security])).toMatchObject({
      state: 'blind',
      missing: [{ kind: 'field', what: 'OriginalFileName' }],
    });
    expect(sightOfRule(both, [security]).why).toContain('Security 4688 records have no OriginalFileName');
    const either = testRule(START, '  a:\n    - Image: x\n    - OriginalFileName: y\n  condition: a');
    expect(sightOfRule(either, [security]).state).toBe('partial');
    expect(sightOfRule(either, [security, sysmon]).state).toBe('visible');
  });

  it('tells of the class of records that lacks least', () => {
    const rule = testRule(START, '  a: { ParentCommandLine: x, OriginalFileName: y }\n  condition: a');
    for (const sources of [
      [security, sysmon],
      [sysmon, security],
    ])
      expect(sightOfRule(rule, sources)).toMatchObject({
        state: 'blind',
        missing: [{ kind: 'field', what: 'ParentCommandLine' }],
      });
  });

  it('is blind where an exception cannot be told, since what it excepts is unknown', () => {
    const rule = testRule(START, '  a: { Image: x }\n  f: { Company: y }\n  condition: a and not f');
    expect(sightOfRule(rule, [security]).state).toBe('blind');
    const narrow = testRule(
      START,
      '  a: { Image: x }\n  f: { Company: y, CommandLine: z }\n  condition: a and not f',
    );
    expect(sightOfRule(narrow, [security]).state).toBe('partial');
  });

  it('misses a field that was never filled, once enough records came', () => {
    const rule = testRule(START, '  a: { ParentCommandLine: x }\n  condition: a');
    expect(sightOfRule(rule, [{ ...sysmon, records: 19 }]).state).toBe('visible');
    const sight = sightOfRule(rule, [sysmon]);
    expect(sight.state).toBe('blind');
    expect(sight.why).toContain('ParentCommandLine was never filled in Sysmon 1 records');
  });

  it('judges tests on fields that were never filled as the engine does', () => {
    const sightOf = (detection: string) =>
      sightOfRule(testRule(START, detection), [came(sysmonRecord(1, {}), ['Image'])]);
    const exception = sightOf('  a: { Image: x }\n  f: { Company: y }\n  condition: a and not f');
    expect(exception).toMatchObject({ state: 'visible', missing: [] });
    expect(sightOf('  a: { Image: x, Company: null }\n  condition: a').state).toBe('visible');
    expect(sightOf("  a: { Image: x, Company: '-' }\n  condition: a").state).toBe('visible');
    expect(sightOf("  a: { Image: x, 'Company|neq': y }\n  condition: a").state).toBe('visible');
    expect(sightOf("  a: { Image: x, 'Image|fieldref': Company }\n  condition: a").missing).toEqual([]);
    expect(sightOf('  a: { Image: x, Company: y, Product: z }\n  condition: a')).toMatchObject({
      state: 'blind',
      missing: [
        { kind: 'field', what: 'Company' },
        { kind: 'field', what: 'Product' },
      ],
    });
  });

  it('judges event numbers by what the class is, and asks nothing of other events’ fields', () => {
    const rule = testRule(
      '{ product: windows, service: security }',
      '  a: { EventID: 4688, NewProcessName: x }\n  b: { EventID: 4624, IpAddress: y }\n  condition: 1 of them',
    );
    const started = came(testRecord('Security', 4688, { NewProcessId: '0x1' }), [
      'NewProcessName',
      'EventID',
    ]);
    expect(sightOfRule(rule, [started]).state).toBe('visible');
    const other = came(testRecord('Security', 4634, {}), []);
    const sight = sightOfRule(rule, [other]);
    expect(sight.state).toBe('partial');
    expect(sight.why).toContain('none of event 4688, 4624 yet');
  });

  it('takes keywords as always there', () => {
    const rule = testRule('{ product: windows, service: sysmon }', '  a: [evil]\n  condition: a');
    expect(sightOfRule(rule, [came(testRecord(SYSMON, 10, {}), [])]).state).toBe('visible');
  });
});
