import type { TestRecord } from './testRecords';

/** For tests: Sysmon's records at times of one's own, as NXLog writes them. The same words give the same record. */
function sysmon(host: string, time: string, id: number, n: number): TestRecord {
  const utc = time.length === 16 ? `${time}:00` : time.slice(0, 19);
  return {
    EventTime: utc.replace('T', ' '),
    Hostname: host,
    EventID: id,
    SourceName: 'Microsoft-Windows-Sysmon',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    RecordNumber: numberOf(host, time, id, n),
    UtcTime: `${utc.replace('T', ' ')}.000`,
    ProcessGuid: `{11111111-2222-3333-4444-${String(n).padStart(12, '0')}}`,
    ProcessId: 1000 + n,
    Image: 'C:\\Windows\\System32\\mshta.exe',
    User: 'CORP\\anna',
  };
}

/** A process start by Explorer; `n` names the process. */
export function start(host: string, time: string, n: number, image: string, commandLine: string): TestRecord {
  return {
    ...sysmon(host, time, 1, n),
    Image: image,
    CommandLine: commandLine,
    ParentProcessGuid: '{11111111-2222-3333-4444-000000000900}',
    ParentProcessId: 900,
    ParentImage: 'C:\\Windows\\explorer.exe',
  };
}

/** A look-up by process `n`, which is mshta, with one answer. */
export function query(host: string, time: string, n: number, name: string, answer: string): TestRecord {
  return { ...sysmon(host, time, 22, n), QueryName: name, QueryResults: `::ffff:${answer};` };
}

/** A connection by process `n`, which is mshta, out to an address. */
export function connection(host: string, time: string, n: number, ip: string): TestRecord {
  return {
    ...sysmon(host, time, 3, n),
    Protocol: 'tcp',
    Initiated: 'true',
    SourceIp: '10.0.0.5',
    DestinationIp: ip,
    DestinationPort: 443,
  };
}

/** Starts of nothing in particular, five minutes apart: signs of life of the sensor. */
export function quiet(host: string, from: string, count: number): readonly TestRecord[] {
  return Array.from({ length: count }, (_, i) =>
    start(
      host,
      isoAt(Date.parse(`${from}Z`) + i * 300_000),
      100 + Number(from.slice(14, 16)) + i,
      'C:\\Windows\\System32\\conhost.exe',
      'conhost.exe 0x4',
    ),
  );
}

/** `2026-11-20T09:00:00` of milliseconds. */
export function isoAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** A file that process `n`, which is mshta, wrote. */
export function file(host: string, time: string, n: number, path: string): TestRecord {
  return { ...sysmon(host, time, 11, n), TargetFilename: path };
}

/** A record's number, told from its own words, so that it does not hang on the order of telling. */
function numberOf(host: string, time: string, id: number, n: number): number {
  return (
    (Date.parse(`${time.length === 16 ? `${time}:00` : time}Z`) / 1000) * 10 + ((host.length + id + n) % 10)
  );
}
