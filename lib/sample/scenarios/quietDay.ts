import { formatMicros, MICROS_PER_HOUR, type Micros, micros } from '../../base/time';
import type { Scenario } from '../../events/story';
import { CHROME, EDGE, homeOf, loginDataOf, POWERSHELL, SYSTEM } from './programs';

/**
 * One round of ordinary acts in every hour from two before `start` to twenty-six after it, so that each kind of event
 * has witnesses past the longest window of an analytic and *absent* can be said. No round is a chain: nothing is
 * run that arrived, and addresses are private. Leaves the clock at `start`.
 */
export function tellQuietDay(s: Scenario, start: Micros): void {
  s.at(formatMicros(micros(start - 3 * MICROS_PER_HOUR)));
  tellSignIn(s);
  for (let hour = -2; hour <= 26; hour++) {
    // Off the full minute, so that no story's event shares its time with a witness.
    s.at(formatMicros(micros(start + hour * MICROS_PER_HOUR + 7_003_000)));
    tellRound(s, hour + 3);
  }
  s.at(formatMicros(start));
}

/** The processes that all others come from, so that every parent is in the data: a recording of a whole day. */
function tellSignIn(s: Scenario): void {
  const { services, svchost, explorer } = s;
  s.tells('process_start', services, { 'process.command_line': services.commandLine });
  s.tells('process_start', svchost, {
    'process.command_line': svchost.commandLine,
    'process.parent.entity_id': services.entityId,
    'process.parent.pid': services.pid,
    'process.parent.executable': services.executable,
  });
  s.tells('process_start', explorer, { 'process.command_line': explorer.commandLine });
}

function tellRound(s: Scenario, round: number): void {
  const edge = s.starts(EDGE);
  s.resolves(edge, 'portal.corp.example', ['10.20.1.15']);
  s.connects(edge, '10.20.1.15', 443, { domain: 'portal.corp.example' });
  const report = `${homeOf(s)}\\Downloads\\report-${round}.pdf`;
  s.writes(edge, report);
  s.marks(edge, report, { hostUrl: `https://portal.corp.example/report-${round}.pdf` });
  s.ends(edge);
  const script = s.starts(POWERSHELL, {
    parent: s.svchost,
    user: SYSTEM,
    commandLine: 'powershell.exe -NoProfile -File C:\\Windows\\Inventory\\collect.ps1',
  });
  s.loads(script, 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll');
  s.runsScript(script, 'Get-CimInstance Win32_OperatingSystem');
  s.connects(script, '10.20.1.22', 443, { domain: 'inventory.corp.example' });
  s.sets(script, 'HKLM\\SOFTWARE\\Inventory\\LastRun', `DWORD (0x0000000${round % 10})`);
  s.ends(script);
  // A browser reads its own store: the witness that such reads are recorded.
  const chrome = s.starts(CHROME, { commandLine: `"${CHROME}" --profile-directory=Default` });
  s.reads(chrome, loginDataOf(s));
  s.ends(chrome);
}
