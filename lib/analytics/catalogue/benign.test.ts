import { describe, expect, it } from 'vitest';
import type { Scenario, StoryProcess } from '../../events/story';
import {
  CHROME,
  CMD,
  EDGE,
  findingsOf,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  RUNDLL32,
  SEVEN_ZIP,
  SYSTEM,
  SYSTEM32,
  storyOf,
  WORD,
  WSCRIPT,
} from '../testStory';

const CURL = `${SYSTEM32}\\curl.exe`;
const CODE = 'C:\\Program Files\\Microsoft VS Code\\Code.exe';
const NODE = 'C:\\Program Files\\nodejs\\node.exe';
const PYTHON = 'C:\\Python312\\python.exe';

const talks = (s: Scenario, process: StoryProcess, name = 'packages.vendor.example'): void => {
  s.resolves(process, name, ['198.51.100.80']);
  s.connects(process, '198.51.100.80', 443);
};

/** A file saved by a browser, with its mark. */
const saves = (s: Scenario, browser: StoryProcess, path: string): void => {
  s.writes(browser, path);
  s.marks(browser, path, { hostUrl: 'https://downloads.example/x' });
};

/** Ordinary work that has parts of a chain. None is a complete chain of any analytic. */
const STORIES: readonly (readonly [name: string, tell: (s: Scenario) => void])[] = [
  [
    'a download by certutil, bitsadmin and curl at a prompt the user opened',
    (s) => {
      const prompt = s.starts(CMD);
      for (const [image, line] of [
        ['certutil.exe', 'certutil -urlcache -split -f https://downloads.example/a.exe a.exe'],
        [
          'bitsadmin.exe',
          'bitsadmin /transfer j https://downloads.example/a.exe C:\\Users\\j.doe\\Downloads\\a.exe',
        ],
        ['curl.exe', 'curl -o C:\\Users\\j.doe\\Downloads\\a.exe https://downloads.example/a.exe'],
      ] as const) {
        const tool = s.starts(`${SYSTEM32}\\${image}`, { parent: prompt, commandLine: line });
        talks(s, tool, 'downloads.example');
        s.writes(tool, `${homeOf(s)}\\Downloads\\a.exe`);
      }
      const fetched = s.starts(`${homeOf(s)}\\Downloads\\a.exe`, { parent: prompt });
      talks(s, fetched);
    },
  ],
  [
    'the same prompt while a document was opened a moment before',
    (s) => {
      s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Documents\\plan.docx"` });
      s.after('8s');
      const prompt = s.starts(CMD);
      const curl = s.starts(CURL, {
        parent: prompt,
        commandLine: `curl -o ${homeOf(s)}\\Downloads\\notes.zip https://downloads.example/notes.zip`,
      });
      talks(s, curl, 'downloads.example');
      s.writes(curl, `${homeOf(s)}\\Downloads\\notes.zip`);
    },
  ],
  [
    'lateral movement by WMI: a chain of another kind',
    (s) => {
      const wmi = s.starts(`${SYSTEM32}\\wbem\\WmiPrvSE.exe`, { parent: s.services, user: SYSTEM });
      const shell = s.starts(POWERSHELL, {
        parent: wmi,
        commandLine: 'powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A',
      });
      s.connects(shell, '203.0.113.9', 443);
    },
  ],
  [
    'lateral movement by a service, with a payload copied over the network',
    (s) => {
      const service = s.starts('C:\\Windows\\PSEXESVC.exe', { parent: s.services, user: SYSTEM });
      const shell = s.starts(CMD, { parent: service, user: SYSTEM, commandLine: 'cmd.exe /c whoami' });
      s.writes(service, 'C:\\Windows\\Temp\\update.exe');
      const payload = s.starts('C:\\Windows\\Temp\\update.exe', { parent: shell, user: SYSTEM });
      s.connects(payload, '203.0.113.9', 443);
    },
  ],
  [
    'a meeting joined from the browser after documents and archives were saved',
    (s) => {
      const chrome = s.starts(CHROME, { commandLine: `"${CHROME}" https://mail.example/` });
      saves(s, chrome, `${homeOf(s)}\\Downloads\\agenda.pdf`);
      saves(s, chrome, `${homeOf(s)}\\Downloads\\pictures.zip`);
      s.after('3m');
      const zoom = s.starts(`${homeOf(s)}\\AppData\\Roaming\\Zoom\\bin\\Zoom.exe`, {
        parent: chrome,
        commandLine: 'Zoom.exe "--url=zoommtg://zoom.example/join"',
      });
      s.connects(zoom, '198.51.100.70', 8801);
    },
  ],
  [
    'a game launcher on a second disk, started from a page',
    (s) => {
      const chrome = s.starts(CHROME);
      saves(s, chrome, `${homeOf(s)}\\Downloads\\mods.zip`);
      s.after('2m');
      const steam = s.starts('D:\\Steam\\steam.exe', {
        parent: chrome,
        commandLine: 'steam.exe steam://run/1',
      });
      s.connects(steam, '198.51.100.71', 443);
    },
  ],
  [
    'a developer who unpacks a repository and runs its script at a prompt',
    (s) => {
      const chrome = s.starts(CHROME);
      const zip = `${homeOf(s)}\\Downloads\\repo.zip`;
      saves(s, chrome, zip);
      s.after('1m');
      const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe', {
        commandLine: `"C:\\Program Files\\7-Zip\\7zG.exe" x "${zip}" -o${homeOf(s)}\\Documents\\repo`,
      });
      const script = `${homeOf(s)}\\Documents\\repo\\fetch.py`;
      s.writes(archiver, script);
      s.after('1m');
      const code = s.starts(CODE);
      const shell = s.starts(POWERSHELL, { parent: code });
      const python = s.starts(PYTHON, { parent: shell, commandLine: `python.exe ${script}` });
      talks(s, python);
      const npm = s.starts(NODE, { parent: shell, commandLine: 'node npm-cli.js install' });
      talks(s, npm);
      s.starts(CMD, { parent: npm, commandLine: `${CMD} /d /s /c node postinstall.js` });
    },
  ],
  [
    'a script that draws a chart as SVG and runs a helper',
    (s) => {
      const python = s.starts(PYTHON, { commandLine: 'python.exe report.py' });
      s.writes(python, `${homeOf(s)}\\Documents\\chart.svg`);
      s.starts(CMD, { parent: python, commandLine: `${CMD} /c ver` });
      const shell = s.starts(POWERSHELL, { commandLine: 'powershell.exe -File C:\\Scripts\\report.ps1' });
      s.writes(shell, `${homeOf(s)}\\Downloads\\report.svg`);
      const child = s.starts(CMD, { parent: shell, commandLine: `${CMD} /c hostname` });
      talks(s, child);
    },
  ],
  [
    'downloaded icons that a batch file moves, packs and opens',
    (s) => {
      const edge = s.starts(EDGE);
      const svg = `${homeOf(s)}\\Downloads\\icon.svg`;
      saves(s, edge, svg);
      s.after('5m');
      s.starts(CMD, { commandLine: `cmd.exe /c move "${svg}" D:\\assets\\` });
      s.starts(POWERSHELL, { commandLine: `powershell -c "Compress-Archive '${svg}' D:\\icons.zip"` });
      s.starts(CMD, { commandLine: `cmd.exe /c start "" "${svg}"` });
    },
  ],
  [
    'an SVG looked at, then a sign-in at an ordinary service and new sites',
    (s) => {
      const edge = s.starts(EDGE);
      const svg = `${homeOf(s)}\\Downloads\\floorplan.svg`;
      saves(s, edge, svg);
      s.after('20s');
      s.starts(EDGE, { commandLine: `"${EDGE}" --single-argument ${svg}` });
      for (const name of [
        'login.vendor.example',
        'accounts.vendor.example',
        'secure.images.example',
        'auth.service.example',
        'login.microsoftonline.com',
        'adobe.com',
        'static.verify.example',
      ]) {
        s.resolves(edge, name, ['198.51.100.21']);
        s.connects(edge, '198.51.100.21', 443, { domain: name });
      }
    },
  ],
  [
    'sync, search and security software reading browser profiles after an SVG was saved',
    (s) => {
      const edge = s.starts(EDGE);
      saves(s, edge, `${homeOf(s)}\\Downloads\\logo.svg`);
      s.after('2m');
      const store = `${homeOf(s)}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data`;
      for (const image of [
        'C:\\Program Files\\Backup\\agent.exe',
        'C:\\Windows\\explorer.exe',
        `${SYSTEM32}\\SearchProtocolHost.exe`,
        'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18\\MsMpEng.exe',
      ])
        s.reads(s.starts(image), store);
    },
  ],
  [
    'test automation that drives a browser after an SVG was saved',
    (s) => {
      const edge = s.starts(EDGE);
      saves(s, edge, `${homeOf(s)}\\Downloads\\logo.svg`);
      s.after('2m');
      const driver = s.starts('C:\\Tools\\chromedriver.exe');
      s.starts(CHROME, { parent: driver, commandLine: `"${CHROME}" --headless --remote-debugging-port=0` });
    },
  ],
  [
    "an installer of the company's own, pushed by software distribution",
    (s) => {
      const agent = s.starts('C:\\Windows\\CCM\\CcmExec.exe', { parent: s.services, user: SYSTEM });
      const setup = s.starts('C:\\Windows\\ccmcache\\1a\\setup.exe', { parent: agent, user: SYSTEM });
      const msi = s.starts(`${SYSTEM32}\\msiexec.exe`, {
        parent: setup,
        user: SYSTEM,
        commandLine: 'msiexec /i app.msi /qn',
      });
      talks(s, msi);
    },
  ],
  [
    'updaters of programs installed per user',
    (s) => {
      const local = `${homeOf(s)}\\AppData\\Local`;
      const slack = s.starts(`${local}\\slack\\app-4\\slack.exe`);
      const update = s.starts(`${local}\\slack\\Update.exe`, {
        parent: slack,
        commandLine: 'Update.exe --update https://updates.vendor.example',
      });
      talks(s, update);
      const drive = s.starts(`${local}\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe`);
      talks(s, drive);
      const teams = s.starts(`${local}\\Microsoft\\Teams\\current\\Teams.exe`);
      s.starts(`${SYSTEM32}\\reg.exe`, {
        parent: teams,
        commandLine: 'reg.exe query HKCU\\Software\\Classes\\msteams',
      });
    },
  ],
  [
    'an attachment of a kind Windows does not know, opened with a browser',
    (s) => {
      const outlook = s.starts(OUTLOOK);
      const file = `${mailCacheOf(s)}\\export.dat`;
      s.writes(outlook, file);
      s.marks(outlook, file);
      const dialog = s.starts(RUNDLL32, {
        parent: outlook,
        commandLine: `"${RUNDLL32}" ${SYSTEM32}\\shell32.dll,OpenAs_RunDLL ${file}`,
      });
      const edge = s.starts(EDGE, { parent: dialog, commandLine: `"${EDGE}" ${file}` });
      talks(s, edge, 'news.example');
    },
  ],
  [
    'an office suite with an interpreter of its own',
    (s) => {
      const outlook = s.starts(OUTLOOK);
      const file = `${mailCacheOf(s)}\\table.ods`;
      s.writes(outlook, file);
      const office = s.starts('C:\\Program Files\\LibreOffice\\program\\soffice.bin', {
        parent: outlook,
        commandLine: `soffice.bin "${file}"`,
      });
      const python = s.starts('C:\\Program Files\\LibreOffice\\program\\python.exe', {
        parent: office,
        commandLine: 'python.exe share\\update_check.py',
      });
      talks(s, python, 'update.vendor.example');
    },
  ],
  [
    'an administrator’s log-on script and inventory, as the system and as the user',
    (s) => {
      const policy = s.starts(`${SYSTEM32}\\gpscript.exe`, { parent: s.services, user: SYSTEM });
      const script = s.starts(WSCRIPT, {
        parent: policy,
        commandLine: `${WSCRIPT} \\\\dc01.corp.local\\netlogon\\map.vbs`,
      });
      s.connects(script, '10.20.1.5', 445);
      const shell = s.starts(POWERSHELL, {
        parent: s.svchost,
        user: SYSTEM,
        commandLine: 'powershell -ep bypass -File C:\\ProgramData\\Corp\\inventory.ps1',
      });
      talks(s, shell, 'inventory.corp.example');
    },
  ],
  [
    'an Excel started over DCOM, which talks to its vendor',
    (s) => {
      const dcom = s.starts(`${SYSTEM32}\\svchost.exe`, {
        parent: s.services,
        user: SYSTEM,
        commandLine: 'svchost.exe -k DcomLaunch',
      });
      const excel = s.starts('C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE', {
        parent: dcom,
        commandLine: 'EXCEL.EXE /automation -Embedding',
      });
      talks(s, excel, 'config.vendor.example');
      s.starts(`${SYSTEM32}\\splwow64.exe`, { parent: excel });
    },
  ],
  [
    'a PDF read in its reader, whose parts talk',
    (s) => {
      const chrome = s.starts(CHROME);
      saves(s, chrome, `${homeOf(s)}\\Downloads\\offer.pdf`);
      const folder = 'C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat';
      const reader = s.starts(`${folder}\\Acrobat.exe`, {
        commandLine: `"${folder}\\Acrobat.exe" "${homeOf(s)}\\Downloads\\offer.pdf"`,
      });
      const part = s.starts(`${folder}\\acrocef_1\\AcroCEF.exe`, { parent: reader });
      talks(s, part, 'acroipm.vendor.example');
      const arm = s.starts('C:\\Program Files (x86)\\Common Files\\Adobe\\ARM\\1.0\\AdobeARM.exe', {
        parent: reader,
      });
      talks(s, arm, 'ardownload.vendor.example');
    },
  ],
  [
    'marked icons unpacked by Explorer, one looked at, and a prompt opened from the Start menu',
    (s) => {
      for (const name of ['home', 'back', 'next']) {
        const icon = `${homeOf(s)}\\Downloads\\icons\\${name}.svg`;
        s.writes(s.explorer, icon);
        s.marks(s.explorer, icon, { hostUrl: 'https://icons.example/icons.zip' });
      }
      s.after('20s');
      s.starts(EDGE, {
        commandLine: `"${EDGE}" --single-argument ${homeOf(s)}\\Downloads\\icons\\home.svg`,
      });
      s.after('30s');
      talks(s, s.starts(CURL, { parent: s.starts(CMD) }));
    },
  ],
  [
    'a downloaded SVG changed in an editor and a design tool, which look for updates and run their own interpreters',
    (s) => {
      const svg = `${homeOf(s)}\\Downloads\\logo.svg`;
      saves(s, s.starts(CHROME), svg);
      s.after('10s');
      talks(
        s,
        s.starts('C:\\Program Files\\Notepad++\\notepad++.exe', { commandLine: `notepad++ "${svg}"` }),
      );
      const tool = s.starts('C:\\Program Files\\Inkscape\\bin\\inkscape.exe', {
        commandLine: `inkscape "${svg}"`,
      });
      talks(s, tool);
      s.starts('C:\\Program Files\\Inkscape\\bin\\pythonw.exe', {
        parent: tool,
        commandLine: `pythonw.exe "C:\\Program Files\\Inkscape\\share\\x.py" ${homeOf(s)}\\AppData\\Local\\Temp\\ink.svg`,
      });
    },
  ],
  [
    'chat programs and browsers that update themselves out of the profile',
    (s) => {
      const roaming = `${homeOf(s)}\\AppData\\Roaming\\Zoom`;
      const zoom = s.starts(`${roaming}\\bin\\Zoom.exe`);
      s.writes(zoom, `${roaming}\\ZoomDownload\\Installer.exe`);
      talks(s, s.starts(`${roaming}\\ZoomDownload\\Installer.exe`, { parent: zoom }));
      const whatsapp = s.starts(`${homeOf(s)}\\AppData\\Local\\WhatsApp\\app-2.1\\WhatsApp.exe`);
      talks(s, s.starts(`${homeOf(s)}\\AppData\\Local\\WhatsApp\\Update.exe`, { parent: whatsapp }));
    },
  ],
  [
    'a shortcut saved by the browser, and then a prompt and a script of one’s own',
    (s) => {
      saves(s, s.starts(EDGE), `${homeOf(s)}\\Downloads\\share.lnk`);
      s.after('30s');
      talks(s, s.starts(POWERSHELL));
      talks(s, s.starts(POWERSHELL, { commandLine: 'powershell.exe -File C:\\Scripts\\inventory.ps1' }));
    },
  ],
  [
    'HTAs of vendors and administrators that only show a form',
    (s) => {
      s.starts(MSHTA, { commandLine: `"${MSHTA}" "C:\\Program Files\\HP\\Bin\\HPSolutionsPortal.hta"` });
      s.starts(MSHTA, { commandLine: `"${MSHTA}" "C:\\Windows\\CCM\\Corp\\message.hta"` });
      s.starts(MSHTA, { commandLine: `"${MSHTA}" "D:\\Apps\\menu.hta"` });
    },
  ],
  [
    'an archive unpacked, its documents read, and a shell for something else',
    (s) => {
      const edge = s.starts(EDGE);
      const zip = `${homeOf(s)}\\Downloads\\minutes.zip`;
      saves(s, edge, zip);
      const archiver = s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" "${zip}"` });
      const document = `${homeOf(s)}\\AppData\\Local\\Temp\\7zO11\\minutes.docx`;
      s.writes(archiver, document);
      s.starts(WORD, { parent: archiver, commandLine: `"${WORD}" "${document}"` });
      s.after('1m');
      const shell = s.starts(POWERSHELL);
      talks(s, shell, 'dashboard.corp.example');
    },
  ],
];

describe('ordinary work', () => {
  it.each(STORIES)('is no complete chain of any analytic: %s', (_name, tell) => {
    const { s } = storyOf();
    tell(s);
    const complete = findingsOf(s.events()).filter(
      ({ status, suppressed }) => status === 'complete' && !suppressed,
    );
    expect(complete.map(({ analytic, score, headline }) => `${analytic} ${score} ${headline}`)).toEqual([]);
  });

  it('of a day with nothing but its background is no finding at all', () => {
    expect(findingsOf(storyOf().s.events())).toEqual([]);
  });
});
