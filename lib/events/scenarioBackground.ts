import { formatMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros, micros } from '../base/time';
import type { Background, Scenario } from './story';

/**
 * Ordinary events around a story. They witness each thing an analytic asks for (network and DNS by browser,
 * Office and script engine, files in Downloads, the mail cache and Temp, an .svg, stream, module, registry)
 * without forming a chain: nothing here starts a script engine from a user's program, the only .svg is a
 * program's own resource, and addresses are private or resolved.
 */
export function tellBackground(s: Scenario, start: Micros, background: Background): void {
  const { hoursBefore = 2, hoursAfter = 8, everyMinutes = 20, fileReads = false } = background;
  const home = `C:\\Users\\${s.user.slice(s.user.indexOf('\\') + 1)}`;
  const from = start - hoursBefore * MICROS_PER_HOUR;
  const to = start + hoursAfter * MICROS_PER_HOUR;
  let round = 0;
  for (let time = from; time <= to; time += everyMinutes * MICROS_PER_MINUTE) {
    // Off the full minute, so that no story's event shares its time with a witness.
    s.at(formatMicros(micros(time + 7_003_000)));
    round += 1;
    tellBrowsing(s, home, round);
    tellOffice(s, home, round);
    tellMaintenance(s, round);
    if (fileReads) s.reads(s.explorer, `${home}\\Documents\\plan-${round}.docx`);
  }
}

function tellBrowsing(s: Scenario, home: string, round: number): void {
  const edge = s.starts('C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe');
  s.resolves(edge, 'portal.corp.example', ['10.20.1.15']);
  s.connects(edge, '10.20.1.15', 443, { domain: 'portal.corp.example' });
  const report = `${home}\\Downloads\\report-${round}.pdf`;
  s.writes(edge, report);
  s.marks(edge, report, { hostUrl: `https://portal.corp.example/report-${round}.pdf` });
  s.ends(edge);
}

function tellOffice(s: Scenario, home: string, round: number): void {
  const outlook = s.starts('C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE');
  s.writes(
    outlook,
    `${home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7QX1M3ZB\\photo-${round}.png`,
  );
  s.connects(outlook, '10.20.1.40', 443, { domain: 'mail.corp.example' });
  s.ends(outlook);
  const letter = `${home}\\Documents\\letter-${round}.docx`;
  const word = s.starts('C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE', {
    commandLine: `"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" /n "${letter}"`,
  });
  s.writes(word, letter);
  s.resolves(word, 'mail.corp.example', ['10.20.1.40']);
  s.connects(word, '10.20.1.40', 443, { domain: 'mail.corp.example' });
  s.ends(word);
}

function tellMaintenance(s: Scenario, round: number): void {
  const system = 'NT AUTHORITY\\SYSTEM';
  const script = s.starts('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', {
    parent: s.svchost,
    user: system,
    commandLine: 'powershell.exe -NoProfile -File C:\\Windows\\Inventory\\collect.ps1',
  });
  s.loads(script, 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll');
  s.runsScript(script, 'Get-CimInstance Win32_OperatingSystem');
  s.writes(script, `C:\\Windows\\Temp\\__PSScriptPolicyTest_${round}.ps1`);
  s.resolves(script, 'inventory.corp.example', ['10.20.1.22']);
  s.connects(script, '10.20.1.22', 443, { domain: 'inventory.corp.example' });
  s.sets(script, 'HKLM\\SOFTWARE\\Inventory\\LastRun', `DWORD (0x0000000${round % 10})`);
  s.ends(script);
  const update = s.starts('C:\\Program Files\\Atlas\\updater.exe', { parent: s.services, user: system });
  s.writes(update, `C:\\Program Files\\Atlas\\resources\\app\\icons\\icon-${round}.svg`);
  s.ends(update);
}
