import { MICROS_PER_HOUR, MICROS_PER_SECOND, type Micros, micros } from '../base/time';
import type { Account, Machine } from './machine';
import { createRandom, type Random } from './random';

/** One record before a collector gives it its shape. */
export type LogRecord = {
  /** True UTC time of what happened. */
  readonly time: Micros;
  /** True UTC time at which the log took it. */
  readonly logged: Micros;
  readonly log: LogName;
  readonly eventId: number;
  /** EventData: every value is text, as in the log. */
  readonly data: Readonly<Record<string, string>>;
};

export type LogName = 'sysmon' | 'security' | 'powershell';

/** A process of the day, as later events of it must name it. */
export type Running = {
  readonly guid: string;
  readonly pid: number;
  readonly image: string;
  readonly commandLine: string;
  readonly account: Account;
  readonly startedAt: Micros;
};

export type Launch = {
  /** Absent: a parent that the record does not know (`?`, zero GUID), as at boot. */
  readonly parent?: Running;
  readonly commandLine?: string;
  readonly account?: Account;
  /** Sysmon's word: `Medium` by default, `System` for SYSTEM. */
  readonly integrity?: string;
  readonly directory?: string;
  readonly originalFileName?: string;
  readonly company?: string;
  /** Takes the pid of a process that has ended: pids are used again. */
  readonly reuse?: Running;
};

export const SYSTEM: Account = { domain: 'NT AUTHORITY', name: 'SYSTEM', sid: 'S-1-5-18', logonId: '0x3e7' };

/**
 * Turns what happens on a machine into what its logs record: every act names its time, acts may come in
 * any order, and an act that the machine's telemetry does not cover leaves no record.
 */
export type Sensor = {
  readonly starts: (at: Micros, image: string, launch?: Launch) => Running;
  /** A process that began before the recording: known by its identity only. */
  readonly knows: (image: string, account: Account, commandLine?: string) => Running;
  readonly ends: (at: Micros, process: Running) => void;
  readonly writes: (at: Micros, process: Running, path: string) => void;
  /** The mark of the web of a file, with whatever the program knew of its origin. */
  readonly marks: (
    at: Micros,
    process: Running,
    path: string,
    origin?: { readonly host?: string; readonly referrer?: string },
  ) => void;
  readonly deletes: (at: Micros, process: Running, path: string) => void;
  readonly resolves: (at: Micros, process: Running, name: string, address: string) => void;
  readonly connects: (at: Micros, process: Running, address: string, port: number) => void;
  /** Loads modules, some milliseconds apart. */
  readonly loads: (at: Micros, process: Running, dlls: readonly string[], signed?: boolean) => void;
  readonly sets: (at: Micros, process: Running, key: string, details: string) => void;
  readonly runsScript: (at: Micros, process: Running, text: string) => void;
  readonly logsOn: (at: Micros, account: Account, type: number) => void;
  /** Records of kinds that an importer has no use for: Sysmon 10 and Security 4658. */
  readonly touches: (at: Micros, process: Running, target: Running) => void;
  readonly records: () => readonly LogRecord[];
};

/** A sensor of one machine on the day that begins at `start`. */
export function createSensor(machine: Machine, start: Micros, random: Random): Sensor {
  const records: LogRecord[] = [];
  const hashes = new Map<string, string>();
  const machineId = createRandom(machine.host).hex(8);
  let sequence = random.int(0x100, 0x900);
  let pid = random.int(600, 900) * 4;

  const add = (log: LogName, eventId: number, time: Micros, data: Record<string, string>): void => {
    const hour = (time - start) / MICROS_PER_HOUR;
    if (log === 'sysmon' && !machine.telemetry.sysmon(eventId, hour)) return;
    // Real logs lag by milliseconds, network events by about a second (ANALYTICS B.3).
    const lag =
      log === 'sysmon' && (eventId === 3 || eventId === 22) ? random.int(300, 1900) : random.int(2, 40);
    records.push({ time, logged: micros(time + lag * 1000), log, eventId, data });
  };

  const sysmon = (
    eventId: number,
    time: Micros,
    process: Running | undefined,
    data: Record<string, string>,
  ): void => {
    const error = eventId === 3 || eventId === 22 ? machine.networkClockError : 0;
    const actor = process === undefined ? {} : actorData(process);
    add('sysmon', eventId, time, {
      RuleName: '-',
      UtcTime: sysmonTime(micros(time + error)),
      ...actor,
      ...data,
    });
  };

  const hashOf = (path: string): string => {
    const known = hashes.get(path);
    if (known !== undefined) return known;
    // The same program has the same hash on every host, as in life: seeded by the path alone.
    const bytes = createRandom(path.toLowerCase());
    const hash = `SHA1=${bytes.hex(40)},MD5=${bytes.hex(32)},SHA256=${bytes.hex(64)},IMPHASH=${bytes.hex(32)}`;
    hashes.set(path, hash.toUpperCase());
    return hash.toUpperCase();
  };

  const guid = (at: Micros): string => {
    sequence += 1;
    const seconds = Math.floor(at / MICROS_PER_SECOND)
      .toString(16)
      .padStart(8, '0');
    const count = sequence.toString(16).padStart(4, '0');
    const bare = `${machineId}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${count.slice(-4)}-000000000700`;
    return machine.bareGuids ? bare.toUpperCase() : `{${bare}}`;
  };

  const identify = (at: Micros, image: string, launch: Launch): Running => {
    pid += random.int(1, 12) * 4;
    return {
      guid: guid(at),
      pid: launch.reuse?.pid ?? pid,
      image,
      commandLine: launch.commandLine ?? `"${image}"`,
      account: launch.account ?? launch.parent?.account ?? machine.owner,
      startedAt: at,
    };
  };

  return {
    starts(at, image, launch = {}) {
      const child = identify(at, image, launch);
      const { parent } = launch;
      const integrity = launch.integrity ?? (child.account === SYSTEM ? 'System' : 'Medium');
      sysmon(1, at, child, {
        FileVersion: '10.0.19041.1 (WinBuild.160101.0800)',
        Description: fileName(image).replace(/\.exe$/i, ''),
        Product: launch.company === undefined ? 'Microsoft Windows Operating System' : fileName(image),
        Company: launch.company ?? 'Microsoft Corporation',
        OriginalFileName: launch.originalFileName ?? originalFileName(image),
        CommandLine: child.commandLine,
        CurrentDirectory:
          launch.directory ?? (child.account === SYSTEM ? 'C:\\Windows\\system32\\' : `${machine.home}\\`),
        LogonGuid: machine.bareGuids ? ZERO_GUID.slice(1, -1) : ZERO_GUID,
        LogonId: child.account.logonId,
        TerminalSessionId: child.account === SYSTEM ? '0' : '1',
        IntegrityLevel: integrity,
        Hashes: hashOf(image),
        ParentProcessGuid: parent?.guid ?? ZERO_GUID,
        ParentProcessId: String(parent?.pid ?? 0),
        ParentImage: parent?.image ?? '?',
        ParentCommandLine: parent?.commandLine ?? '?',
        ParentUser: parent === undefined ? '-' : accountName(parent.account),
      });
      add('security', 4688, micros(at + 1000), {
        SubjectUserSid: child.account.sid,
        SubjectUserName: child.account === SYSTEM ? `${shortName(machine.host)}$` : child.account.name,
        SubjectDomainName: child.account === SYSTEM ? machine.owner.domain : child.account.domain,
        SubjectLogonId: child.account.logonId,
        NewProcessId: hexPid(child.pid),
        NewProcessName: image,
        TokenElevationType: child.account === SYSTEM ? '%%1936' : '%%1938',
        ProcessId: hexPid(parent?.pid ?? 4),
        ...(machine.telemetry.commandLinesIn4688 ? { CommandLine: child.commandLine } : {}),
        TargetUserSid: 'S-1-0-0',
        TargetUserName: '-',
        TargetDomainName: '-',
        TargetLogonId: '0x0',
        ParentProcessName: parent?.image ?? '',
        MandatoryLabel: MANDATORY_LABELS[integrity] ?? 'S-1-16-8192',
      });
      return child;
    },
    knows: (image, account, commandLine) =>
      identify(micros(start - 40 * MICROS_PER_HOUR), image, {
        account,
        ...(commandLine === undefined ? {} : { commandLine }),
      }),
    ends(at, process) {
      sysmon(5, at, process, {});
      add('security', 4689, at, {
        SubjectUserSid: process.account.sid,
        SubjectUserName: process.account.name,
        SubjectDomainName: process.account.domain,
        SubjectLogonId: process.account.logonId,
        Status: '0x0',
        ProcessId: hexPid(process.pid),
        ProcessName: process.image,
      });
    },
    writes(at, process, path) {
      sysmon(11, at, process, { TargetFilename: path, CreationUtcTime: sysmonTime(at) });
    },
    marks(at, process, path, origin = {}) {
      const referrer = origin.referrer === undefined ? '' : `  ReferrerUrl=${origin.referrer}`;
      const host = origin.host === undefined ? '' : `  HostUrl=${origin.host}`;
      sysmon(15, at, process, {
        TargetFilename: `${path}:Zone.Identifier`,
        CreationUtcTime: sysmonTime(at),
        Hash: hashOf(`${path}:Zone.Identifier`),
        Contents: `[ZoneTransfer]  ZoneId=3${referrer}${host}`,
      });
    },
    deletes(at, process, path) {
      sysmon(23, at, process, {
        TargetFilename: path,
        Hashes: hashOf(path),
        IsExecutable: 'false',
        Archived: 'true',
      });
    },
    resolves(at, process, name, address) {
      sysmon(22, at, process, { QueryName: name, QueryStatus: '0', QueryResults: `::ffff:${address};` });
    },
    connects(at, process, address, port) {
      sysmon(3, at, process, {
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIsIpv6: 'false',
        SourceIp: machine.ip,
        SourceHostname: machine.host,
        SourcePort: String(random.int(49_152, 65_500)),
        SourcePortName: '-',
        DestinationIsIpv6: 'false',
        DestinationIp: address,
        DestinationHostname: '-',
        DestinationPort: String(port),
        DestinationPortName: port === 443 ? 'https' : port === 80 ? 'http' : '-',
      });
    },
    loads(at, process, dlls, signed = true) {
      dlls.forEach((dll, i) => {
        sysmon(7, micros(at + i * 3000), process, {
          ImageLoaded: dll,
          Hashes: hashOf(dll),
          OriginalFileName: fileName(dll),
          Signed: String(signed),
          Signature: signed ? 'Microsoft Windows' : '-',
          SignatureStatus: signed ? 'Valid' : 'Unavailable',
        });
      });
    },
    sets(at, process, key, details) {
      sysmon(13, at, process, { EventType: 'SetValue', TargetObject: key, Details: details });
    },
    runsScript(at, process, text) {
      if (!machine.telemetry.scriptBlocks) return;
      add('powershell', 4104, at, {
        MessageNumber: '1',
        MessageTotal: '1',
        ScriptBlockText: text,
        ScriptBlockId: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
        Path: '',
        // Not EventData: the header's pid, which the shapes below move to where it belongs.
        ExecutionProcessID: String(process.pid),
        UserID: process.account.sid,
      });
    },
    logsOn(at, account, type) {
      const subject = { SubjectUserSid: 'S-1-5-18', SubjectUserName: `${shortName(machine.host)}$` };
      add('security', 4624, at, {
        ...subject,
        SubjectDomainName: machine.owner.domain,
        SubjectLogonId: '0x3e7',
        TargetUserSid: account.sid,
        TargetUserName: account.name,
        TargetDomainName: account.domain,
        TargetLogonId: account.logonId,
        LogonType: String(type),
        LogonProcessName: type === 5 ? 'Advapi' : 'User32',
        AuthenticationPackageName: 'Negotiate',
        WorkstationName: shortName(machine.host),
        ProcessId: '0x2f4',
        ProcessName: 'C:\\Windows\\System32\\services.exe',
        IpAddress: '-',
        IpPort: '-',
      });
      if (account !== SYSTEM) return;
      add('security', 4672, micros(at + 1000), {
        SubjectUserSid: account.sid,
        SubjectUserName: account.name,
        SubjectDomainName: account.domain,
        SubjectLogonId: account.logonId,
        PrivilegeList: 'SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege',
      });
    },
    touches(at, process, target) {
      sysmon(10, at, undefined, {
        SourceProcessGUID: process.guid,
        SourceProcessId: String(process.pid),
        SourceThreadId: String(random.int(900, 9000)),
        SourceImage: process.image,
        TargetProcessGUID: target.guid,
        TargetProcessId: String(target.pid),
        TargetImage: target.image,
        GrantedAccess: '0x1000',
        CallTrace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9c584|C:\\Windows\\System32\\KERNELBASE.dll+305fe',
      });
      add('security', 4658, micros(at + 4000), {
        SubjectUserSid: process.account.sid,
        SubjectUserName: process.account.name,
        SubjectDomainName: process.account.domain,
        SubjectLogonId: process.account.logonId,
        ObjectServer: 'Security',
        HandleId: `0x${random.hex(4)}`,
        ProcessId: hexPid(process.pid),
        ProcessName: process.image,
      });
    },
    records: () => records,
  };
}

const ZERO_GUID = '{00000000-0000-0000-0000-000000000000}';

const MANDATORY_LABELS: Readonly<Record<string, string>> = {
  Low: 'S-1-16-4096',
  Medium: 'S-1-16-8192',
  High: 'S-1-16-12288',
  System: 'S-1-16-16384',
};

/** Names as the version resource has them, where they differ from the image's name. */
const ORIGINAL_NAMES: Readonly<Record<string, string>> = {
  'mshta.exe': 'MSHTA.EXE',
  'powershell.exe': 'PowerShell.EXE',
  'cmd.exe': 'Cmd.Exe',
  'winword.exe': 'WinWord.exe',
  'outlook.exe': 'Outlook.exe',
  'excel.exe': 'Excel.exe',
  'conhost.exe': 'CONHOST.EXE',
  'explorer.exe': 'EXPLORER.EXE',
};

function originalFileName(image: string): string {
  const name = fileName(image);
  return ORIGINAL_NAMES[name.toLowerCase()] ?? name;
}

function actorData(process: Running): Record<string, string> {
  return {
    ProcessGuid: process.guid,
    ProcessId: String(process.pid),
    Image: process.image,
    User: accountName(process.account),
  };
}

function accountName(account: Account): string {
  return `${account.domain}\\${account.name}`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

function shortName(host: string): string {
  return host.slice(0, host.indexOf('.'));
}

function hexPid(pid: number): string {
  return `0x${pid.toString(16)}`;
}

/** `2026-03-02 09:14:02.118`: Sysmon writes UTC without saying so. */
function sysmonTime(time: Micros): string {
  return new Date(Math.floor(time / 1000)).toISOString().replace('T', ' ').slice(0, -1);
}
