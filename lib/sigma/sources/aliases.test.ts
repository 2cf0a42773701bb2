import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../rule';
import { readValue, testRecord, windows } from './testRecords';

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
