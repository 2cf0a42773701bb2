import { describe, expect, it } from 'vitest';
import { readValue, testRecord } from './testRecords';

describe('the logon of a process start of the Security log', () => {
  const data = {
    NewProcessId: '0x10',
    NewProcessName: 'C:\\a.exe',
    SubjectUserName: 'ana',
    SubjectDomainName: 'CORP',
    SubjectLogonId: '0x3e7',
    TargetLogonId: '0x5f00',
  };
  const logonOf = (more: Record<string, string>) =>
    readValue(testRecord('Security', 4688, { ...data, ...more }), 'LogonId');

  it('is that of the account it runs as, as its user is', () => {
    expect(logonOf({ TargetUserName: 'bea', TargetDomainName: 'CORP' })).toBe('0x5f00');
  });

  it('is that of the account that started it where no other is named', () => {
    expect(logonOf({ TargetUserName: '-', TargetDomainName: '-' })).toBe('0x3e7');
    expect(logonOf({})).toBe('0x3e7');
  });
});

describe('a line of a record of Windows PowerShell', () => {
  it('is found by its whole name, not by the end of another', () => {
    const record = testRecord('Windows PowerShell', 400, {
      Data: ['Available', 'OtherHostName=no', 'HostName=ConsoleHost\r\n\tHostVersion=5.1'],
    });
    expect(readValue(record, 'HostName')).toBe('ConsoleHost');
    expect(readValue(record, 'HostVersion')).toBe('5.1');
    expect(
      readValue(testRecord('Windows PowerShell', 400, { Data: 'OtherHostName=no' }), 'HostName'),
    ).toBeUndefined();
  });
});
