import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { EventDraft } from '../../events/record';
import { UNKNOWN } from '../rule';
import { sigmaRecordOf, sourceOfKey } from './sigmaRecord';
import { readValue, windows } from './testRecords';

describe('fields of product events', () => {
  const draft: EventDraft = {
    kind: 'process_start',
    recorded: micros(1),
    host: 'pc1',
    channel: 'CrowdStrike Falcon',
    code: 'ProcessRollup2',
    'process.executable': 'C:\\a.exe',
    'process.hash.md5': 'ab',
    'process.hash.sha256': 'cd',
    'user.name': 'ana',
    'user.domain': 'CORP',
  };
  const record = (change: Partial<EventDraft>) =>
    sigmaRecordOf({ outcome: 'event', event: { ...draft, ...change } }) ?? expect.fail();

  it('are Sigma’s names of ECS fields; what no ECS field stands for cannot be known', () => {
    const start = record({});
    expect(start.source.key).toBe('CrowdStrike Falcon process_start');
    expect(sourceOfKey(start.source.key)).toBe(start.source);
    expect(start.source.takes(windows('process_creation'))).toBe(true);
    expect(start.source.takes({ product: 'windows' })).toBe(false);
    expect(
      ['Image', 'User', 'Hashes', 'OriginalFileName', 'Description', 'EventID'].map((f) =>
        readValue(start, f),
      ),
    ).toEqual(['C:\\a.exe', 'CORP\\ana', 'MD5=AB,SHA256=CD', UNKNOWN, 'never', 'never']);
    expect(start.source.values(start)).toContain('ana');
  });

  it('shows paths as rules ask for them, where a product writes them by device or keeps the name only', () => {
    const start = record({
      'process.executable': '\\Device\\HarddiskVolume3\\Windows\\a.exe',
      'process.parent.executable': 'explorer.exe',
    });
    expect(readValue(start, 'Image')).toContain('C:\\Windows\\a.exe');
    expect(readValue(start, 'ParentImage')).toEqual(['explorer.exe', '\\explorer.exe']);
  });

  it('names the system account as Windows does', () => {
    const { 'user.domain': _, ...rest } = draft;
    const start = sigmaRecordOf({
      outcome: 'event',
      event: { ...rest, 'user.name': 'SYSTEM', 'user.id': 'S-1-5-18' },
    });
    expect(start === undefined ? undefined : readValue(start, 'User')).toEqual([
      'SYSTEM',
      'NT AUTHORITY\\SYSTEM',
    ]);
    const bare = sigmaRecordOf({ outcome: 'event', event: { ...rest, 'user.name': 'Local Service' } });
    expect(bare === undefined ? undefined : readValue(bare, 'User')).toEqual([
      'Local Service',
      'NT AUTHORITY\\LOCAL SERVICE',
    ]);
    expect(readValue(record({ 'user.name': 'system' }), 'User')).toBe('CORP\\system');
  });

  it('writes registry paths, numbers, pipes and marks as Sysmon does', () => {
    const set = record({
      kind: 'registry_set',
      'registry.path': 'HKEY_LOCAL_MACHINE\\SOFTWARE\\x',
      'registry.data': '1',
    });
    expect(readValue(set, 'TargetObject')).toBe('HKLM\\SOFTWARE\\x');
    expect(readValue(set, 'Details')).toEqual(['1', 'DWORD (0x00000001)']);
    expect(
      readValue(record({ kind: 'pipe_create', 'pipe.name': '\\Device\\NamedPipe\\evil' }), 'PipeName'),
    ).toBe('\\evil');
    const stream = record({
      kind: 'file_stream',
      'file.path': 'C:\\a.svg',
      'file.zone_identifier': 3,
      'file.origin_url': 'https://x.example/a.svg',
    });
    expect(readValue(stream, 'TargetFilename')).toBe('C:\\a.svg:Zone.Identifier');
    expect(readValue(stream, 'Contents')).toBe('[ZoneTransfer]  ZoneId=3  HostUrl=https://x.example/a.svg');
  });
});
