import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { EventDraft } from '../../events/record';
import { judgeRule } from '../judge';
import { UNKNOWN } from '../rule';
import { sigmaRecordOf, sourceOfKey } from './sigmaRecord';
import { readValue, SYSMON, sysmonRecord, testOutcome, testRecord } from './testRecords';
import { testRule } from './testRules';

const windows = (category: string) => ({ product: 'windows', category });

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

describe('a process start of the Security log', () => {
  const data = {
    SubjectUserName: 'PC1$',
    SubjectDomainName: 'CORP',
    NewProcessId: '0x10f4',
    NewProcessName: 'C:\\Windows\\System32\\mshta.exe',
    ParentProcessName: 'C:\\Windows\\explorer.exe',
    ProcessId: '0x20',
    CommandLine: 'mshta a.hta',
    TargetUserName: 'ana',
    TargetDomainName: 'CORP',
    MandatoryLabel: 'S-1-16-12288',
  };
  const record = testRecord('Security', 4688, data);

  it('has Sysmon’s names beside its own', () => {
    expect(
      ['Image', 'NewProcessName', 'ParentImage', 'CommandLine', 'User', 'ProcessId', 'ParentProcessId'].map(
        (f) => readValue(record, f),
      ),
    ).toEqual([
      data.NewProcessName,
      data.NewProcessName,
      data.ParentProcessName,
      'mshta a.hta',
      'CORP\\ana',
      '0x20',
      '0x20',
    ]);
    expect(readValue(record, 'IntegrityLevel')).toEqual(['High', 'S-1-16-12288']);
  });

  it('cannot have what Sysmon alone records, but any other name may be there', () => {
    for (const field of [
      'OriginalFileName',
      'Hashes',
      'ParentCommandLine',
      'Description',
      'Company',
      'CurrentDirectory',
    ])
      expect(readValue(record, field)).toBe('never');
    expect(readValue(record, 'IpAddress')).toBeUndefined();
  });

  it('does not know the command line where the policy leaves it out', () => {
    expect(readValue(testRecord('Security', 4688, { ...data, CommandLine: '' }), 'CommandLine')).toBe(
      UNKNOWN,
    );
    const bare = testRecord('Security', 4688, { NewProcessId: '0x10', NewProcessName: 'C:\\a.exe' });
    for (const field of ['IntegrityLevel', 'User', 'ParentUser', 'ParentImage'])
      expect(readValue(bare, field)).toBe(UNKNOWN);
  });
});

describe('other records of the Security log', () => {
  it('5156 is a connection', () => {
    const record = testRecord('Security', 5156, {
      ProcessID: '77',
      Application: '\\device\\harddiskvolume3\\windows\\system32\\mshta.exe',
      Direction: '%%14593',
      SourceAddress: '192.0.2.1',
      SourcePort: '50000',
      DestAddress: '198.51.100.7',
      DestPort: '443',
      Protocol: '6',
    });
    expect(record.source.takes(windows('network_connection'))).toBe(true);
    expect(readValue(record, 'Image')).toContain('C:\\windows\\system32\\mshta.exe');
    expect(['Initiated', 'DestinationIp', 'DestinationPort'].map((f) => readValue(record, f))).toEqual([
      'true',
      '198.51.100.7',
      '443',
    ]);
    expect(readValue(record, 'Protocol')).toContain('tcp');
    expect(readValue(record, 'DestinationHostname')).toBe('never');
  });

  it('4657 is a registry value as Sysmon writes it', () => {
    const record = testRecord('Security', 4657, {
      ObjectName: '\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\x',
      ObjectValueName: 'Start',
      OperationType: '%%1905',
      NewValueType: '%%1876',
      NewValue: '4',
      ProcessName: 'C:\\Windows\\regedit.exe',
    });
    expect(record.source.takes(windows('registry_set'))).toBe(true);
    expect(record.source.takes(windows('registry_delete'))).toBe(false);
    expect(readValue(record, 'TargetObject')).toBe('HKLM\\System\\CurrentControlSet\\Services\\x\\Start');
    expect(readValue(record, 'Details')).toBe('DWORD (0x00000004)');
    expect(readValue(record, 'Image')).toBe('C:\\Windows\\regedit.exe');
  });

  it('4663 on a file is an access to it, on a key it is not', () => {
    const file = testRecord('Security', 4663, { ObjectType: 'File', ObjectName: 'C:\\secret.txt' });
    expect(file.source.takes(windows('file_access'))).toBe(true);
    expect(readValue(file, 'FileName')).toBe('C:\\secret.txt');
    const key = testRecord('Security', 4663, { ObjectType: 'Key', ObjectName: '\\REGISTRY\\MACHINE\\SAM' });
    expect(key.source.takes(windows('file_access'))).toBe(false);
    expect(key.source.takes({ product: 'windows', service: 'security' })).toBe(true);
  });
});

describe('Windows PowerShell', () => {
  it('has its parts as Data, whatever the collector calls them, and its lines by name', () => {
    const text = 'NewEngineState=Available\r\n\tHostApplication=powershell -enc AA\r\n\tEngineVersion=2.0';
    for (const data of [{ Data: ['Available', 'None', text] }, { param1: 'Available', param3: text }]) {
      const record = testRecord('Windows PowerShell', 400, data);
      expect(readValue(record, 'Data')).toContain(text);
      expect(readValue(record, 'HostApplication')).toBe('powershell -enc AA');
    }
    const lines = 'HostName=ConsoleHost\r\n\tProviderName=Registry\r\n';
    const record = testRecord('Windows PowerShell', 600, { Data: lines }, { provider: 'PowerShell' });
    expect(['HostName', 'ProviderName', 'Provider_Name'].map((field) => readValue(record, field))).toEqual([
      'ConsoleHost',
      'Registry',
      'PowerShell',
    ]);
  });
});

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
