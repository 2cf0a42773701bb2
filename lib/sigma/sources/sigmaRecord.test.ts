import { describe, expect, it } from 'vitest';
import { sigmaRecordOf, sourceOfKey } from './sigmaRecord';
import { readValue, SYSMON, sysmonRecord, testOutcome, testRecord, windows } from './testRecords';

describe('sigmaRecordOf', () => {
  it('gives events and ignored records of Windows logs, and nothing of what was refused', () => {
    expect(sysmonRecord(1, {}).event?.kind).toBe('process_start');
    const ignored = testRecord(SYSMON, 10, { SourceImage: 'C:\\a.exe' });
    expect(ignored.event).toBeUndefined();
    expect(readValue(ignored, 'SourceImage')).toBe('C:\\a.exe');
    expect(sigmaRecordOf({ outcome: 'quarantined', reason: 'no time' })).toBeUndefined();
    expect(sigmaRecordOf({ outcome: 'ignored', type: 'CrowdStrike Heartbeat' })).toBeUndefined();
  });

  it('leaves out ignored records that name no machine or no time', () => {
    expect(sigmaRecordOf(testOutcome('Foo/Operational', 1, {}, { host: '-' }))).toBeUndefined();
    expect(sigmaRecordOf(testOutcome('Foo/Operational', 1, {}, { time: 'never' }))).toBeUndefined();
  });

  it('has one object per class, whatever the case of the channel, and finds it again by its key', () => {
    const { source } = testRecord('powershellcore/operational', 4104, {});
    expect(testRecord('PowerShellCore/Operational', 4104, {}).source).toBe(source);
    expect(sysmonRecord(1, {}).source.title).toBe('Sysmon 1');
    for (const record of [
      sysmonRecord(1, {}),
      sysmonRecord(12, { EventType: 'DeleteValue' }),
      testRecord('Some Vendor 7/Log', 3, {}),
    ])
      expect(sourceOfKey(record.source.key)).toBe(record.source);
    expect(sourceOfKey('nonsense')).toBeUndefined();
  });
});

describe('log sources', () => {
  it('takes categories by event number and services by channel', () => {
    const start = sysmonRecord(1, {}).source;
    expect(start.takes(windows('process_creation'))).toBe(true);
    expect(start.takes({ category: 'process_creation' })).toBe(true);
    expect(start.takes({ product: 'windows', service: 'sysmon' })).toBe(true);
    expect(start.takes({ product: 'windows' })).toBe(true);
    expect(start.takes({ ...windows('process_creation'), service: 'security' })).toBe(false);
    expect(start.takes(windows('image_load'))).toBe(false);
    expect(start.takes({ product: 'linux', category: 'process_creation' })).toBe(false);
    expect(start.takes({})).toBe(false);
  });

  it('takes a service that is a channel by its own name', () => {
    const { source } = testRecord('Contoso-Agent/Operational', 9, {});
    expect(source.takes({ product: 'windows', service: 'contoso-agent/operational' })).toBe(true);
    expect(source.takes({ product: 'windows', service: 'system' })).toBe(false);
  });

  it('tells keys made from keys deleted, and takes both where the record does not say', () => {
    const deleted = sysmonRecord(12, { EventType: 'DeleteKey' }).source;
    const created = sysmonRecord(12, { EventType: 'CreateKey' }).source;
    const silent = sysmonRecord(12, {}).source;
    expect([deleted, created, silent].map((source) => source.takes(windows('registry_delete')))).toEqual([
      true,
      false,
      true,
    ]);
    expect([deleted, created, silent].map((source) => source.takes(windows('registry_add')))).toEqual([
      false,
      true,
      true,
    ]);
    expect(deleted.takes(windows('registry_event'))).toBe(true);
  });
});

describe('a hostile file', () => {
  it('fills no memory and takes nothing from what comes after it', () => {
    for (let i = 0; i < 9_000; i++) testRecord('System', 10_000 + i, {});
    const first = testRecord('Hostile 0', 0, {}).source;
    for (let i = 1; i < 9_000; i++) testRecord(`Hostile ${i}`, i, {});
    // The oldest was let go and is made anew, as what it was.
    const again = testRecord('Hostile 0', 0, {}).source;
    expect(again).not.toBe(first);
    expect(again.key).toBe(first.key);
    const late = testRecord('System', 7036, {});
    expect(late.source.key).toBe('System 7036');
    expect(testRecord('System', 7036, {}).source).toBe(late.source);
    const own = testRecord('Contoso-Agent/Operational', 9, {});
    expect(own.source.takes({ product: 'windows', service: 'contoso-agent/operational' })).toBe(true);
    expect(testRecord('Windows PowerShell', 800, {}).source.takes(windows('ps_classic_script'))).toBe(true);
  });

  it('shares a class among names and numbers that no log has', () => {
    const long = testRecord('X'.repeat(300), 1, { Image: 'C:\\a.exe' });
    expect(long.source.key).toBe('Windows event log (any event)');
    expect(long.source.takes({ product: 'windows' })).toBe(true);
    expect(readValue(long, 'Image')).toBe('C:\\a.exe');
    expect(sourceOfKey(long.source.key)).toBe(long.source);
    expect(testRecord('Y'.repeat(300), 1, {}).source).toBe(long.source);
    expect(testRecord('System', 70_000, {}).source.key).toBe('System (any event)');
  });
});
