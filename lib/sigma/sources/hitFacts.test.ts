import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventId } from '../../events/eventId';
import { windowsFlatJson } from '../../formats/windowsFlatJson';
import { createFieldWatch } from './fieldWatch';
import { fieldsOf, hitFacts, recordKey } from './hitFacts';
import { isForeign, logsourceText } from './logsource';
import { SYSMON, sysmonRecord, testOutcome, testRecord } from './testRecords';
import { testRule } from './testRules';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('hitFacts', () => {
  it('says of an event what the event says', () => {
    const record = sysmonRecord(1, { CommandLine: 'a.exe /x', User: 'CORP\\ana' });
    expect(hitFacts(record)).toEqual({
      host: 'pc1.corp.example',
      time: record.event?.recorded,
      entityId: 'a1b2c3d4-0000-69a5-0a00-000000000700',
      pid: 4242,
      image: 'C:\\Tools\\a.exe',
      commandLine: 'a.exe /x',
      user: 'CORP\\ana',
    });
  });

  it('says of an access which process it was that reached for the other', () => {
    const record = testRecord(SYSMON, 10, {
      SourceProcessGUID: '{A1B2C3D4-0000-69A5-0A00-00000000AA00}',
      SourceProcessId: 11,
      SourceImage: 'C:\\x\0.exe',
      TargetProcessGUID: '{B1B2C3D4-0000-69A5-0A00-00000000AA00}',
      TargetImage: 'C:\\Windows\\System32\\lsass.exe',
    });
    expect(hitFacts(record)).toMatchObject({
      host: 'pc1.corp.example',
      time: Date.UTC(2026, 2, 2, 10, 0, 0, 500) * 1000,
      entityId: 'a1b2c3d4-0000-69a5-0a00-00000000aa00',
      pid: 11,
      image: 'C:\\x\u2400.exe',
    });
  });

  it('reads the pid of a process start of the Security log', () => {
    expect(hitFacts(testRecord('Security', 4688, { NewProcessId: '0x10f4', ProcessId: '0x20' })).pid).toBe(
      4340,
    );
  });
});

describe('fieldsOf', () => {
  it('has what the record has, cut, and leaves out the rest', () => {
    const record = sysmonRecord(1, { CommandLine: 'x'.repeat(5000) });
    const fields = fieldsOf(record, ['Image', 'CommandLine', 'Product', 'NoSuchField', '__proto__']);
    expect(Object.keys(fields)).toEqual(['Image', 'CommandLine']);
    expect(fields.CommandLine).toHaveLength(1000);
  });
});

describe('recordKey', () => {
  const access = (data: Record<string, unknown>, recordId = 7) =>
    testOutcome(SYSMON, 10, { SourceImage: 'C:\\a.exe', ...data }, { recordId });

  it('is the event’s id of an event', () => {
    const outcome = testOutcome('Security', 4688, { NewProcessId: '0x1' });
    expect(outcome.outcome === 'event' && recordKey(outcome, digest) === eventId(outcome.event, digest)).toBe(
      true,
    );
  });

  it('is the same for the same record, in whatever order its data comes, and another for any other', () => {
    const key = recordKey(access({ TargetImage: 'b', GrantedAccess: '0x10' }), digest);
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(recordKey(access({ GrantedAccess: '0x10', TargetImage: 'b' }), digest)).toBe(key);
    expect(recordKey(access({ TargetImage: 'b', GrantedAccess: '0x11' }), digest)).not.toBe(key);
    expect(recordKey(access({ TargetImage: 'b', GrantedAccess: '0x10' }, 8), digest)).not.toBe(key);
  });

  it('is the same whenever the collector received the record, however it writes channels and names without value', () => {
    const received = (time: string) =>
      windowsFlatJson.normalise({
        ...{ SourceModuleType: 'im_msvistalog', Channel: 'Security', EventID: 5145, Hostname: 'PC1' },
        ...{ EventTime: '2026-03-02 10:00:00', RecordNumber: 7, ShareName: 'b' },
        ...{ EventReceivedTime: time, SourceModuleName: time },
      });
    const key = recordKey(received('2026-03-02 10:00:01'), digest);
    expect(recordKey(received('2026-03-02 10:05:00'), digest)).toBe(key);
    const foo = (channel: string, data: Record<string, unknown>) =>
      recordKey(testOutcome(channel, 5, data), digest);
    expect(foo('foo/operational', { a: '1', b: null })).toBe(foo('Foo/Operational', { a: '1' }));
    expect(foo('Foo', { a: { x: '1' } })).not.toBe(foo('Foo', { a: { y: '1' } }));
    expect(foo('Foo', { a: ['1', '2'] })).not.toBe(foo('Foo', { a: ['2', '1'] }));
    const said = (message: string) => recordKey(testOutcome('Foo', 5, {}, { message }), digest);
    expect(said('one')).not.toBe(said('two'));
  });

  it('stands data nested without end', () => {
    let nested: unknown = 'x';
    for (let i = 0; i < 50_000; i++) nested = [nested];
    expect(recordKey(access({ Nested: nested }), digest)).toHaveLength(36);
    const record = testRecord(SYSMON, 10, { Nested: nested });
    expect(record.source.values(record).length).toBeGreaterThan(0);
  });
});

describe('createFieldWatch', () => {
  it('notes by host and class which fields of the rules about it were filled', () => {
    const watch = createFieldWatch([
      testRule('{ category: process_creation }', '  a: { Image: x, Product: y, Company: z }\n  condition: a'),
      testRule('{ category: dns_query }', '  a: { QueryName: x }\n  condition: a'),
    ]);
    watch.see(sysmonRecord(1, { Product: '-' }));
    watch.see(sysmonRecord(1, { Company: 'Contoso' }));
    watch.see(sysmonRecord(11, {}));
    expect(
      watch.seen().map(({ host, source, records, fields }) => [host, source.title, records, [...fields]]),
    ).toEqual([
      ['pc1.corp.example', 'Sysmon 1', 2, ['Image', 'Company']],
      ['pc1.corp.example', 'Sysmon 11', 1, []],
    ]);
  });
});

describe('a hit', () => {
  it('shows that its record has what the rule asked for, though not every record is looked at', () => {
    const watch = createFieldWatch([
      testRule('{ category: process_creation }', '  a: { Product: y }\n  condition: a'),
    ]);
    for (let i = 0; i < 257; i++) watch.see(sysmonRecord(1, {}));
    const found = sysmonRecord(1, { Product: 'y' });
    watch.see(found);
    expect([...(watch.seen()[0]?.fields ?? [])]).toEqual([]);
    watch.hit(found);
    expect([...(watch.seen()[0]?.fields ?? [])]).toEqual(['Product']);
  });
});

describe('isForeign', () => {
  it('is what no format reads', () => {
    expect(
      [
        { product: 'linux', category: 'process_creation' },
        { category: 'webserver' },
        { product: 'windows', service: 'nobody-knows' },
        {},
      ].map(isForeign),
    ).toEqual([true, true, true, true]);
    expect(
      [
        { category: 'process_creation' },
        { category: 'antivirus' },
        { product: 'windows', service: 'security' },
        { product: 'windows', service: 'contoso/operational' },
        { product: 'windows' },
      ].map(isForeign),
    ).toEqual([false, false, false, false, false]);
  });

  it('names log sources shortly', () => {
    expect(logsourceText({ product: 'windows', category: 'process_creation' })).toBe(
      'windows/process_creation',
    );
    expect(logsourceText({})).toBe('any');
  });
});
