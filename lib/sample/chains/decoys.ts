import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { CMD, CONHOST, type Desk, openInBrowser, POWERSHELL, WINWORD } from '../noise/desk';
import { MAIL_CACHE } from '../noise/office';
import { type Running, SYSTEM } from '../sensor';
import type { Decoy } from '../truth';

/** One look-alike: plays it at a time and says what must not come of it. */
export type DecoyTeller = (day: Day, desk: Desk, at: Micros) => Decoy;

/** An SVG from a colleague's site, downloaded and looked at in the browser; nothing follows. */
export const tellSvgViewed: DecoyTeller = (day, desk, at) => {
  const { sensor, machine } = day;
  const svg = `${machine.home}\\Downloads\\floorplan.svg`;
  sensor.writes(at, desk.edge, svg);
  sensor.marks(later(at, 6), desk.edge, svg, {
    host: 'https://intranet.corp.example/plans/floorplan.svg',
    referrer: 'https://intranet.corp.example/plans/',
  });
  const visitor = openInBrowser(day, later(at, 24_000), desk.explorer, svg);
  return decoy(
    day,
    'AN1407',
    visitor,
    'nothing',
    'a downloaded SVG was opened in the browser and nothing followed',
  );
};

/** The picture in a mail's signature: Outlook writes it, nobody opens it. */
export const tellSignatureImage: DecoyTeller = (day, desk, at) => {
  day.sensor.writes(at, desk.outlook, `${day.machine.home}\\${MAIL_CACHE}\\image001.svg`);
  day.sensor.marks(later(at, 5), desk.outlook, `${day.machine.home}\\${MAIL_CACHE}\\image001.svg`);
  return decoy(day, 'AN1407', desk.outlook, 'nothing', 'an inline signature image, never opened');
};

/** npm install: hundreds of SVG icons, script-like children and network within half a minute. */
export const tellPackageInstall: DecoyTeller = (day, desk, at) => {
  const { sensor, random } = day;
  const node = 'C:\\Program Files\\nodejs\\node.exe';
  const shell = sensor.starts(at, CMD, { parent: desk.explorer, commandLine: `"${CMD}" ` });
  const console = sensor.starts(later(at, 30), CONHOST, {
    parent: shell,
    commandLine: '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
  });
  const npm = sensor.starts(later(at, 9000), node, {
    parent: shell,
    commandLine: `"${node}" "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js" install`,
    company: 'Node.js',
    directory: 'C:\\src\\gauge\\',
  });
  sensor.resolves(later(at, 9400), npm, 'packages.vendor.example', '192.0.2.80');
  for (let i = 0; i < 6; i++) sensor.connects(later(at, 9500 + i * 70), npm, '192.0.2.80', 443);
  const icons = Math.round(260 * Math.min(1, day.activity));
  for (let i = 0; i < icons; i++) {
    sensor.writes(
      later(at, 12_000 + i * 60),
      npm,
      `C:\\src\\gauge\\node_modules\\@outline\\icons\\svg\\icon-${random.hex(6)}.svg`,
    );
  }
  const hook = sensor.starts(later(at, 29_000), CMD, { parent: npm, commandLine: `${CMD} /d /s /c husky` });
  sensor.ends(later(at, 30_000), hook);
  sensor.ends(later(at, 31_000), npm);
  sensor.ends(later(at, 200_000), shell);
  sensor.ends(later(at, 200_020), console);
  return decoy(day, 'AN1407', npm, 'nothing', 'a package manager wrote its icons and ran a hook');
};

/** A pack of icons unpacked with 7-Zip; twenty minutes later Windows runs a script of its own as SYSTEM. */
export const tellIconPack: DecoyTeller = (day, desk, at) => {
  const { sensor, machine, random } = day;
  const zip = `${machine.home}\\Downloads\\icons-pack.zip`;
  sensor.writes(at, desk.edge, zip);
  sensor.marks(later(at, 6), desk.edge, zip, {
    host: 'https://icons.example/icons-pack.zip',
    referrer: 'https://icons.example/',
  });
  const image = 'C:\\Program Files\\7-Zip\\7zG.exe';
  const archiver = sensor.starts(later(at, 60_000), image, {
    parent: desk.explorer,
    commandLine: `"${image}" x -o"${machine.home}\\Pictures\\icons-pack\\" -slp- -an -ai#7zMap8803:104:7zEvent1205`,
    company: 'Igor Pavlov',
  });
  for (let i = 0; i < 40; i++) {
    sensor.writes(
      later(at, 60_500 + i * 11),
      archiver,
      `${machine.home}\\Pictures\\icons-pack\\${random.hex(5)}.svg`,
    );
  }
  sensor.ends(later(at, 61_800), archiver);
  const task = sensor.starts(later(at, 1_260_000), 'C:\\Windows\\System32\\wscript.exe', {
    parent: desk.schedule,
    account: SYSTEM,
    commandLine: 'C:\\Windows\\System32\\wscript.exe C:\\Windows\\System32\\gatherNetworkInfo.vbs',
  });
  sensor.ends(later(at, 1_275_000), task);
  return decoy(
    day,
    'AN1407',
    task,
    'nothing',
    'an unrelated script under SYSTEM, long after icons were unpacked',
  );
};

/** A printer's driver package shows its HTA, as that vendor's installers do. */
export const tellPrinterDriver: DecoyTeller = (day, desk, at) => {
  const { sensor } = day;
  const image = 'C:\\Program Files\\HP\\HP OfficeJet 9010 series\\Bin\\HPSetup.exe';
  const setup = sensor.starts(at, image, { parent: desk.services, account: SYSTEM, company: 'HP Inc.' });
  const mshta = sensor.starts(later(at, 4000), MSHTA, {
    parent: setup,
    commandLine: `"${MSHTA}" "C:\\Program Files\\HP\\HP OfficeJet 9010 series\\Bin\\hpsolutionsportal.hta"`,
  });
  sensor.ends(later(at, 50_000), mshta);
  sensor.ends(later(at, 61_000), setup);
  return decoy(
    day,
    'AN1397',
    mshta,
    'informational',
    'a driver installer shows its own HTA; nothing follows',
  );
};

/** Software distribution asks its question by HTA: a local file, a management parent, no follow-on. */
export const tellManagedHta: DecoyTeller = (day, desk, at) => {
  const { sensor } = day;
  const agent = sensor.starts(at, 'C:\\Windows\\CCM\\Microsoft.ConfigurationManagement.exe', {
    parent: desk.services,
    account: SYSTEM,
  });
  const mshta = sensor.starts(later(at, 1500), MSHTA, {
    parent: agent,
    account: SYSTEM,
    commandLine: `"${MSHTA}" "C:\\Windows\\CCM\\CorpIT\\restart-notice.hta"`,
  });
  sensor.ends(later(at, 90_000), mshta);
  sensor.ends(later(at, 95_000), agent);
  return decoy(day, 'AN1397', mshta, 'informational', 'an allowed HTA, started by software distribution');
};

/** Word prints: the print helper is a child of Word and nothing more. */
export const tellPrinting: DecoyTeller = (day, desk, at) => {
  const { sensor, machine } = day;
  const word = sensor.starts(at, WINWORD, {
    parent: desk.explorer,
    commandLine: `"${WINWORD}" /n "${machine.home}\\Documents\\Offer.docx"`,
  });
  const helper = sensor.starts(later(at, 30_000), 'C:\\Windows\\splwow64.exe', {
    parent: word,
    commandLine: 'C:\\Windows\\splwow64.exe 12288',
  });
  sensor.ends(later(at, 70_000), helper);
  sensor.ends(later(at, 90_000), word);
  return decoy(day, 'AN1314', helper, 'nothing', 'the print helper of Word');
};

/** The owner opens PowerShell from the Start menu and asks about network cards. */
export const tellAdminShell: DecoyTeller = (day, desk, at) => {
  const { sensor } = day;
  const shell = sensor.starts(at, POWERSHELL, {
    parent: desk.explorer,
    commandLine: `"${POWERSHELL}" `,
    integrity: 'High',
  });
  sensor.runsScript(later(at, 8000), shell, 'Get-NetAdapter | Sort-Object Name');
  sensor.resolves(later(at, 15_000), shell, 'files.corp.example', '10.20.1.30');
  sensor.connects(later(at, 15_100), shell, '10.20.1.30', 445);
  sensor.ends(later(at, 120_000), shell);
  return decoy(day, 'AN1314', shell, 'nothing', 'a shell opened from the Start menu, with no file behind it');
};

/** A signed installer, downloaded and run by its reader: a complete chain of honest steps. */
export const tellInstaller: DecoyTeller = (day, desk, at) => {
  const { sensor, machine } = day;
  const path = `${machine.home}\\Downloads\\notepad-setup-8.8.exe`;
  sensor.writes(at, desk.edge, path);
  sensor.marks(later(at, 6), desk.edge, path, {
    host: 'https://editor.vendor.example/notepad-setup-8.8.exe',
    referrer: 'https://editor.vendor.example/',
  });
  const installer = sensor.starts(later(at, 26_000), path, {
    parent: desk.explorer,
    integrity: 'High',
    company: 'Notepad Project',
  });
  sensor.loads(later(at, 26_050), installer, [path, 'C:\\Windows\\System32\\msi.dll']);
  sensor.resolves(later(at, 61_000), installer, 'editor.vendor.example', '192.0.2.90');
  sensor.connects(later(at, 61_200), installer, '192.0.2.90', 443);
  for (const file of ['notepad.exe', 'license.txt', 'lang\\english.xml']) {
    sensor.writes(later(at, 63_000), installer, `C:\\Program Files\\Notepad\\${file}`);
  }
  sensor.ends(later(at, 90_000), installer);
  return decoy(
    day,
    'AN1314',
    installer,
    'medium',
    'a signed installer from its vendor; lower once the publisher is allowed',
  );
};

const MSHTA = 'C:\\Windows\\System32\\mshta.exe';

function decoy(
  day: Day,
  analytic: Decoy['analytic'],
  process: Running,
  ceiling: Decoy['ceiling'],
  why: string,
): Decoy {
  return { analytic, host: day.machine.host.toLowerCase(), process: day.named(process), ceiling, why };
}
