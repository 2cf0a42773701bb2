import { describe, expect, it } from 'vitest';
import { judgeRule } from '../judge';
import { UNKNOWN } from '../rule';
import { readValue, SYSMON, sysmonRecord, testRecord } from './testRecords';
import { testRule } from './testRules';

describe('fields of Windows records', () => {
  it('are EventData’s own names, as text; lists are several texts, objects none', () => {
    const record = testRecord('Foo/Operational', 5, {
      Number: 5,
      Flag: true,
      List: ['a', 1, { b: 2 }],
      Object: { inner: 'x' },
      Empty: '',
      Nothing: null,
    });
    expect(
      ['Number', 'Flag', 'List', 'Object', 'Empty', 'Nothing', 'Absent'].map((f) => readValue(record, f)),
    ).toEqual(['5', 'true', ['a', '1'], undefined, '', undefined, undefined]);
    expect(record.source.values(record)).toContain('x');
  });

  it('are found in another spelling where the exact name is not there', () => {
    const record = testRecord('Foo/Operational', 5, { commandLine: 'a.exe', Threat_Name: 'Evil' });
    expect(readValue(record, 'CommandLine')).toBe('a.exe');
    expect(readValue(record, 'ThreatName')).toBe('Evil');
    expect(
      readValue(testRecord('Foo/Operational', 5, { CommandLine: 'b', commandline: 'c' }), 'CommandLine'),
    ).toBe('b');
  });

  it('has the System part under Sigma’s names, and does not know what the collector did not keep', () => {
    const record = testRecord('System', 7036, {}, { provider: 'Service Control Manager' });
    expect(readValue(record, 'EventID')).toBe('7036');
    expect(readValue(record, 'Provider_Name')).toBe('Service Control Manager');
    expect(readValue(record, 'Channel')).toBe('System');
    expect(readValue(record, 'Computer')).toBe('PC1.Corp.Example');
    expect(readValue(record, 'Level')).toBe(UNKNOWN);
    expect(readValue(testRecord('System', 7036, {}), 'Provider_Name')).toBe(UNKNOWN);
  });

  it('of Sysmon are those of its schema: no record can have another', () => {
    expect(readValue(sysmonRecord(3, {}), 'ParentImage')).toBe('never');
    expect(readValue(sysmonRecord(1, {}), 'OriginalFileName')).toBeUndefined();
    expect(readValue(testRecord(SYSMON, 99, {}), 'Anything')).toBeUndefined();
  });

  it('has digests by their own names', () => {
    const record = sysmonRecord(1, { Hashes: 'SHA1=AA,MD5=BB,IMPHASH=CC' });
    expect(['sha1', 'md5', 'Imphash', 'sha256'].map((field) => readValue(record, field))).toEqual([
      'AA',
      'BB',
      'CC',
      UNKNOWN,
    ]);
    expect(readValue(sysmonRecord(15, { Hash: 'MD5=BB' }), 'Hashes')).toBe('MD5=BB');
    for (const field of ['Hashes', 'md5', 'Imphash'])
      expect(readValue(sysmonRecord(11, {}), field)).toBe('never');
  });

  it('does not decide a test on a digest that the sensor did not compute', () => {
    const not = testRule(
      '{ category: process_creation }',
      "  a: { 'Image|endswith': .exe }\n  f: { 'Hashes|contains': ['IMPHASH=AB', 'MD5=CD'] }\n  condition: a and not f",
    );
    const truths = ['MD5=BB,IMPHASH=CC', 'MD5=BB', 'MD5=CD'].map((Hashes) =>
      judgeRule(not, sysmonRecord(1, { Hashes })),
    );
    expect(truths).toEqual([true, undefined, false]);
  });

  it('are never what every object has', () => {
    for (const record of [testRecord('Security', 4624, { a: 'b' }), sysmonRecord(1, {})])
      for (const field of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
        expect([undefined, 'never']).toContain(readValue(record, field));
    const named = testRecord('Security', 4624, JSON.parse('{"__proto__":"x","constructor":"y"}'));
    expect(['__proto__', 'constructor'].map((field) => readValue(named, field))).toEqual(['x', 'y']);
    expect(readValue(testRecord('Security', 4624, { Constructor: 'z' }), 'constructor')).toBe('z');
  });

  it('are found by their spelling whatever other records wrote', () => {
    for (let i = 0; i < 64; i++)
      testRecord('Foo/Operational', 5, { [`${'_'.repeat(i)}TargetThing`]: 'x' }).source.reader('targetthing');
    const record = testRecord('Foo/Operational', 5, { Empty: null, Target_Thing: 'mine' });
    expect(readValue(record, 'TargetThing')).toBe('mine');
  });

  it('has the time of the System part in UTC', () => {
    const record = testRecord('Security', 4624, { TimeCreated: 'anything' });
    for (const field of ['TimeCreated', 'SystemTime'])
      expect(readValue(record, field)).toBe('2026-03-02T10:00:00.500000Z');
  });

  it('of the resolver’s own log are those of the query: it does not say who asked', () => {
    const record = testRecord('Microsoft-Windows-DNS-Client/Operational', 3008, { QueryName: 'x.example' });
    expect(readValue(record, 'QueryName')).toBe('x.example');
    expect(readValue(record, 'QueryResults')).toBeUndefined();
    for (const field of ['Image', 'User', 'CommandLine']) expect(readValue(record, field)).toBe('never');
  });

  it('are what keywords search, not what the collector put beside them', () => {
    const { source, ...record } = testRecord(
      'Security',
      4624,
      { SourceModuleType: 'im_msvistalog', TargetUserName: 'ana' },
      { envelope: new Set(['SourceModuleType']) },
    );
    expect(source.values({ source, ...record })).toContain('ana');
    expect(source.values({ source, ...record })).not.toContain('im_msvistalog');
  });

  it('shows a stream’s lines as Sysmon does', () => {
    const record = sysmonRecord(15, { Contents: '[ZoneTransfer]\r\nZoneId=3' });
    expect(readValue(record, 'Contents')).toBe('[ZoneTransfer]  ZoneId=3');
  });
});
