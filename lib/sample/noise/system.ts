import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { type Running, SYSTEM } from '../sensor';
import { CONHOST, type Desk, POWERSHELL } from './desk';

/** What Windows does by itself: short-lived hosts, updaters, tasks, handles, registry, prefetch. */
export function tellSystem(day: Day, desk: Desk): void {
  tellBackgroundTasks(day, desk);
  tellUpdaters(day, desk);
  tellInventory(day, desk);
  tellHousekeeping(day, desk);
}

/** Programs that come and go in seconds; Windows gives their pids out again. */
function tellBackgroundTasks(day: Day, desk: Desk): void {
  const { sensor, random, machine } = day;
  let previous: { readonly process: Running; readonly endedAt: Micros } | undefined;
  for (const at of day.times('background', 140, 7.7, 18.2)) {
    const [image, commandLine, asSystem] = random.pick(TASKS);
    const process = sensor.starts(at, image, {
      parent: asSystem ? desk.schedule : desk.dcom,
      account: asSystem ? SYSTEM : machine.owner,
      commandLine,
      ...(previous !== undefined && previous.endedAt < at && random.chance(0.08)
        ? { reuse: previous.process }
        : {}),
    });
    sensor.loads(later(at, 15), process, [random.pick(MODULES), random.pick(MODULES), random.pick(MODULES)]);
    if (random.chance(0.5)) sensor.touches(later(at, 60), desk.dcom, process);
    if (random.chance(0.4)) {
      const name = image.slice(image.lastIndexOf('\\') + 1).toUpperCase();
      sensor.writes(
        later(at, 9000),
        desk.schedule,
        `C:\\Windows\\Prefetch\\${name}-${random.hex(8).toUpperCase()}.pf`,
      );
    }
    const endedAt = later(at, random.int(400, 9500));
    sensor.ends(endedAt, process);
    previous = { process, endedAt };
  }
}

function tellUpdaters(day: Day, desk: Desk): void {
  const { sensor, random } = day;
  for (const at of day.times('updaters', 14, 7.9, 18)) {
    const [image, args, name] = random.pick(UPDATERS);
    const process = sensor.starts(at, image, {
      parent: desk.schedule,
      account: SYSTEM,
      commandLine: `"${image}" ${args}`,
    });
    sensor.resolves(later(at, 900), process, name, `192.0.2.${20 + random.int(0, 9)}`);
    sensor.connects(later(at, 980), process, `192.0.2.${20 + random.int(0, 9)}`, 443);
    sensor.writes(later(at, 2400), process, `C:\\Windows\\Temp\\upd${random.hex(6)}.tmp`);
    sensor.ends(later(at, 7000), process);
  }
}

/** The administrators' scheduled script: a script engine with network and files, every two hours, as SYSTEM. */
function tellInventory(day: Day, desk: Desk): void {
  const { sensor, random } = day;
  for (const hour of [8, 10, 12, 14, 16]) {
    const at = later(day.at(`${String(hour).padStart(2, '0')}:20:00`), random.int(0, 90_000));
    const script = sensor.starts(at, POWERSHELL, {
      parent: desk.schedule,
      account: SYSTEM,
      commandLine: `${POWERSHELL} -NoProfile -NonInteractive -File C:\\Windows\\CorpIT\\inventory.ps1`,
    });
    const console = sensor.starts(later(at, 30), CONHOST, {
      parent: script,
      commandLine: '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
    });
    sensor.loads(later(at, 200), script, [
      'C:\\Windows\\System32\\amsi.dll',
      'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll',
    ]);
    sensor.runsScript(later(at, 800), script, 'Get-CimInstance Win32_Product | Select-Object Name, Version');
    sensor.runsScript(
      later(at, 1100),
      script,
      "Invoke-RestMethod -Uri 'https://inventory.corp.example/api/hosts' -Method Post -Body $body",
    );
    sensor.writes(later(at, 1200), script, `C:\\Windows\\Temp\\__PSScriptPolicyTest_${random.hex(8)}.ps1`);
    sensor.resolves(later(at, 1500), script, 'inventory.corp.example', '10.20.1.22');
    sensor.connects(later(at, 1600), script, '10.20.1.22', 443);
    sensor.ends(later(at, 6000), script);
    sensor.ends(later(at, 6010), console);
  }
}

function tellHousekeeping(day: Day, desk: Desk): void {
  const { sensor, random, machine } = day;
  for (const at of day.times('registry', 420, 7.7, 18.2)) {
    const [key, details] = random.pick(REGISTRY);
    sensor.sets(
      at,
      random.pick([desk.explorer, desk.schedule, desk.defender]),
      key.replace('%sid%', machine.owner.sid),
      details,
    );
  }
  for (const at of day.times('handles', 160, 7.7, 18.2))
    sensor.touches(at, desk.defender, random.pick([desk.edge, desk.outlook, desk.teams, desk.explorer]));
  for (const at of day.times('service logons', 60, 7.7, 18.2)) sensor.logsOn(at, SYSTEM, 5);
  for (const at of day.times('defender', 40, 7.8, 18)) {
    sensor.resolves(at, desk.defender, 'cloud.protection.example', '192.0.2.12');
    sensor.connects(later(at, 80), desk.defender, '192.0.2.12', 443);
  }
  for (const at of day.times('temp', 90, 7.8, 18)) {
    const path = `${machine.home}\\AppData\\Local\\Temp\\${random.hex(8)}.tmp`;
    sensor.writes(at, desk.explorer, path);
    if (random.chance(0.5)) sensor.deletes(later(at, 30_000), desk.explorer, path);
  }
}

const TASKS: readonly [TaskRow, ...TaskRow[]] = [
  [
    'C:\\Windows\\System32\\backgroundTaskHost.exe',
    '"C:\\Windows\\system32\\backgroundTaskHost.exe" -ServerName:App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca',
    false,
  ],
  ['C:\\Windows\\System32\\RuntimeBroker.exe', 'C:\\Windows\\System32\\RuntimeBroker.exe -Embedding', false],
  [
    'C:\\Windows\\System32\\dllhost.exe',
    'C:\\Windows\\system32\\DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}',
    false,
  ],
  ['C:\\Windows\\System32\\taskhostw.exe', 'taskhostw.exe', true],
  [
    'C:\\Windows\\System32\\SearchProtocolHost.exe',
    '"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe3_',
    true,
  ],
  [
    'C:\\Windows\\System32\\SearchFilterHost.exe',
    '"C:\\Windows\\system32\\SearchFilterHost.exe" 0 820 824 832 8192 828',
    true,
  ],
  [
    'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
    'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    true,
  ],
  ['C:\\Windows\\System32\\smartscreen.exe', 'C:\\Windows\\System32\\smartscreen.exe -Embedding', false],
  ['C:\\Windows\\System32\\sppsvc.exe', 'C:\\Windows\\system32\\sppsvc.exe', true],
];

type TaskRow = readonly [image: string, commandLine: string, asSystem: boolean];

const UPDATERS: readonly [UpdaterRow, ...UpdaterRow[]] = [
  [
    'C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe',
    '/ua /installsource scheduler',
    'edge-update.vendor.example',
  ],
  [
    'C:\\Program Files\\Microsoft OneDrive\\OneDriveStandaloneUpdater.exe',
    '/reporting',
    'drive-update.vendor.example',
  ],
  [
    'C:\\Program Files\\Common Files\\Microsoft Shared\\ClickToRun\\OfficeC2RClient.exe',
    '/update SCHEDULEDTASK displaylevel=False',
    'office-update.vendor.example',
  ],
];

type UpdaterRow = readonly [image: string, args: string, name: string];

const MODULES = [
  'C:\\Windows\\System32\\kernel.appcore.dll',
  'C:\\Windows\\System32\\combase.dll',
  'C:\\Windows\\System32\\propsys.dll',
  'C:\\Windows\\System32\\wintypes.dll',
  'C:\\Windows\\System32\\edputil.dll',
  'C:\\Windows\\System32\\wldp.dll',
] as const;

const REGISTRY: readonly [RegistryRow, ...RegistryRow[]] = [
  [
    'HKU\\%sid%\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\FeatureUsage\\AppSwitched\\MSEdge',
    'DWORD (0x000000a4)',
  ],
  [
    'HKU\\%sid%\\Software\\Microsoft\\Windows\\CurrentVersion\\Search\\RecentApps\\Count',
    'DWORD (0x00000012)',
  ],
  [
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Diagnostics\\LastHeartbeat',
    'QWORD (0x01dbf1aa-0x4c1f9e00)',
  ],
  ['HKLM\\SYSTEM\\CurrentControlSet\\Services\\bam\\State\\UserSettings\\%sid%\\explorer.exe', 'Binary Data'],
  ['HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Diagnostics\\CloudBadListVersion', 'Binary Data'],
];

type RegistryRow = readonly [key: string, details: string];
