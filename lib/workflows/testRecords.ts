/** Small records as NXLog writes Sysmon's, for tests: one JSON object per line. */
export type TestRecord = Readonly<Record<string, string | number>>;

/** A process start number `n` on a host, one second apart from its neighbours, child of number `n - 1`. */
export function processStart(host: string, n: number, extra: TestRecord = {}): TestRecord {
  return {
    ...sysmon(host, n, 1),
    ProcessGuid: guid(n),
    ProcessId: 1000 + n,
    Image: `C:\\Windows\\System32\\tool${n % 7}.exe`,
    CommandLine: `tool${n % 7}.exe --run ${n}`,
    User: 'CORP\\anna',
    ParentProcessGuid: guid(n - 1),
    ParentProcessId: 999 + n,
    ParentImage: `C:\\Windows\\System32\\tool${(n - 1) % 7}.exe`,
    ...extra,
  };
}

/** A file written by process number `n`. */
export function fileCreate(host: string, n: number, path: string): TestRecord {
  return {
    ...sysmon(host, n, 11),
    ProcessGuid: guid(n),
    ProcessId: 1000 + n,
    Image: 'C:\\a.exe',
    TargetFilename: path,
  };
}

/** A record of a type the product does not use (Sysmon 24, a change of the clipboard). */
export function unusedRecord(host: string, n: number): TestRecord {
  return sysmon(host, n, 24);
}

/** Records as an export file. */
export function toLines(records: readonly TestRecord[]): Buffer {
  return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** Bytes as they stream in, cut at odd places. */
export async function* inPieces(bytes: Buffer, size = 70_001): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const START = Date.UTC(2026, 10, 20, 9, 0, 0);

function sysmon(host: string, n: number, id: number): TestRecord {
  const time = new Date(START + n * 1000).toISOString();
  return {
    EventTime: time.slice(0, 19).replace('T', ' '),
    Hostname: host,
    EventID: id,
    SourceName: 'Microsoft-Windows-Sysmon',
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    RecordNumber: n,
    UtcTime: time.slice(0, 23).replace('T', ' '),
  };
}

function guid(n: number): string {
  return `{11111111-2222-3333-4444-${String(n).padStart(12, '0')}}`;
}
