import { describe, expect, it } from 'vitest';
import type { ScenarioOptions } from '../../events/story';
import { describeAnalytic, type LookAlike, type SampleStory } from '../testContract';
import {
  CHROME,
  CMD,
  callsOut,
  EDGE,
  findingOf,
  findingsOf,
  homeOf,
  MSHTA,
  mailCacheOf,
  OUTLOOK,
  POWERSHELL,
  pointsOf,
  RUNDLL32,
  SEVEN_ZIP,
  SYSTEM,
  SYSTEM32,
  statesOf,
  storyOf,
  type ToldStory,
  verdictOf,
  WSCRIPT,
} from '../testStory';

type Smuggling = ScenarioOptions & {
  readonly name?: string;
  /** Started out of the mail client instead of by Explorer. */
  readonly fromMail?: boolean;
  readonly ordinary?: boolean;
};

/** Mail → SVG → browser → a ZIP that the page made → a script run out of it → callback. */
function smuggling({
  name = 'Factura_88213',
  fromMail = false,
  ordinary = false,
  ...rest
}: Smuggling = {}): ToldStory {
  const story = storyOf(rest);
  const { s, as } = story;
  const outlook = s.starts(OUTLOOK);
  s.after('2m');
  const svg = `${mailCacheOf(s)}\\${name}.svg`;
  as('svg_arrival', () => {
    s.writes(outlook, svg);
    s.marks(outlook, svg);
  });
  s.after('2s');
  const edge = as('svg_open', () =>
    s.starts(EDGE, {
      commandLine: `"${EDGE}" --single-argument ${svg}`,
      ...(fromMail ? { parent: outlook } : {}),
    }),
  );
  s.after('5s');
  const zip = `${homeOf(s)}\\Downloads\\${name}.zip`;
  s.writes(edge, `${homeOf(s)}\\Downloads\\Unconfirmed 511723.crdownload`);
  s.writes(edge, zip);
  s.marks(edge, zip, { hostUrl: 'about:internet', referrerUrl: `file:///${svg.replaceAll('\\', '/')}` });
  s.after('26s');
  const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_${name}.zip\\${name}.js`;
  s.writes(s.explorer, script);
  const host = as('script_engine', () => s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}" ` }));
  s.after('1s');
  as('callback', () => {
    if (ordinary) s.connects(host, '10.20.1.99', 443);
    else callsOut(s, host);
  });
  return story;
}

/** SVG opened out of the mail in a viewer that itself starts a script engine: only lineage ties them. */
function lineageOnly(): ToldStory {
  const story = storyOf();
  const { s, as } = story;
  const outlook = s.starts(OUTLOOK);
  const svg = `${mailCacheOf(s)}\\plan.svg`;
  as('svg_arrival', () => {
    s.writes(outlook, svg);
    s.marks(outlook, svg);
  });
  s.after('4s');
  const edge = as('svg_open', () => s.starts(EDGE, { parent: outlook, commandLine: `"${EDGE}" ${svg}` }));
  s.after('9s');
  as('script_engine', () => s.starts(POWERSHELL, { parent: edge, commandLine: 'powershell.exe -nop' }));
  return story;
}

const samples: readonly SampleStory[] = [
  {
    name: 'a ZIP smuggled in an SVG and a script out of it',
    tell: smuggling,
    points: { V1: 15, V2: 8, O1: 10, S2: 30, K1: 15 },
    verdict: ['complete', 78, 'high'],
    lineage: [],
    tooLate: { script_engine: 35 },
    partialWithout: ['svg_arrival'],
  },
  {
    name: 'a script engine below the browser that showed the SVG',
    tell: lineageOnly,
    points: { V1: 15, O1: 10, O2: 5, S3: 25 },
    verdict: ['complete', 55, 'medium'],
    lineage: ['script_engine'],
    tooLate: { script_engine: 6 },
    partialWithout: ['svg_arrival'],
  },
];

/** A browser saves an SVG with its mark. */
function saves(story: ToldStory, path: string, browser = EDGE, hostUrl = 'https://cdn.example/x.svg') {
  const process = story.s.starts(browser);
  story.s.writes(process, path);
  story.s.marks(process, path, { hostUrl });
  return process;
}

const telling = (tell: (story: ToldStory) => void): (() => ToldStory) => {
  return () => {
    const story = storyOf();
    tell(story);
    return story;
  };
};

const lookAlikes: readonly LookAlike[] = [
  {
    name: 'a design tool that opens a marked SVG is lowered',
    for: 'N1',
    expect: { atMost: 39 },
    tell: telling((story) => {
      const { s } = story;
      const svg = `${homeOf(s)}\\Downloads\\logo.svg`;
      saves(story, svg);
      s.after('10s');
      const tool = s.starts('C:\\Program Files\\Inkscape\\bin\\inkscape.exe', {
        commandLine: `inkscape.exe "${svg}"`,
      });
      s.starts('C:\\Python312\\python.exe', { parent: tool, commandLine: 'python.exe extension.py' });
    }),
  },
  {
    name: 'a domain declared as allowed is lowered',
    for: 'N2',
    tuned: { AllowedDomains: ['assets.corp.example'] },
    expect: { atMost: 39 },
    tell: telling((story) => {
      const { s } = story;
      const svg = `${homeOf(s)}\\Downloads\\icon.svg`;
      const edge = saves(story, svg, EDGE, 'https://assets.corp.example/icon.svg');
      s.after('10s');
      s.starts(EDGE, { commandLine: `"${EDGE}" ${svg}` });
      s.starts(POWERSHELL, { parent: edge });
    }),
  },
  {
    name: 'the picture of a signature is lowered',
    for: 'N3',
    expect: { atMost: 39 },
    tell: telling(({ s }) => {
      const outlook = s.starts(OUTLOOK);
      const svg = `${mailCacheOf(s)}\\image001.svg`;
      s.writes(outlook, svg);
      s.marks(outlook, svg);
      s.after('20s');
      s.starts(CMD, { parent: outlook, commandLine: `${CMD} /c ver` });
    }),
  },
  {
    name: 'B1: a design tool saves its work and looks for updates',
    expect: 'nothing',
    tell: telling(({ s }) => {
      for (const image of ['inkscape.exe', 'Illustrator.exe', 'Figma.exe']) {
        const tool = s.starts(`C:\\Program Files\\Design\\${image}`);
        s.writes(tool, `${homeOf(s)}\\Documents\\logo_v7.svg`);
        s.resolves(tool, 'updates.vendor.example', ['192.0.2.10']);
        s.connects(tool, '192.0.2.10', 443);
      }
    }),
  },
  {
    name: 'B2: a browser fills its cache and talks',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const edge = s.starts(EDGE);
      const cache = `${homeOf(s)}\\AppData\\Local\\Microsoft\\Edge\\User Data\\Default\\Cache\\Cache_Data`;
      const old = `${homeOf(s)}\\AppData\\Local\\Packages\\Microsoft.MicrosoftEdge_8wekyb3d8bbwe\\AC\\MicrosoftEdge\\Cache\\AB12`;
      for (let i = 0; i < 40; i++) {
        s.writes(edge, `${cache}\\f_00a1${i}`);
        s.writes(edge, `${old}\\icon[${i}].svg`);
        s.connects(edge, '198.51.100.90', 443);
      }
    }),
  },
  {
    name: 'B3: a package manager writes its icons and runs a hook',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const code = s.starts('C:\\Program Files\\Microsoft VS Code\\Code.exe');
      const shell = s.starts(CMD, { parent: code });
      const npm = s.starts('C:\\Program Files\\nodejs\\node.exe', {
        parent: shell,
        commandLine: 'node npm-cli.js install',
      });
      for (let i = 0; i < 300; i++) s.writes(npm, `C:\\src\\app\\node_modules\\icons\\svg\\icon-${i}.svg`);
      s.starts(CMD, { parent: npm, commandLine: `${CMD} /d /s /c husky` });
      s.resolves(npm, 'packages.vendor.example', ['192.0.2.80']);
      s.connects(npm, '192.0.2.80', 443);
      s.starts(POWERSHELL, { parent: shell, commandLine: 'powershell -c build' });
    }),
  },
  {
    name: 'B4: an icon pack, one icon looked at, and an unrelated task as the system',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const edge = s.starts(EDGE);
      const zip = `${homeOf(s)}\\Downloads\\icons-pack.zip`;
      s.writes(edge, zip);
      s.marks(edge, zip, { hostUrl: 'https://icons.example/icons-pack.zip' });
      s.after('1m');
      const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe', {
        commandLine: `"C:\\Program Files\\7-Zip\\7zG.exe" x "${zip}"`,
      });
      for (let i = 0; i < 300; i++) s.writes(archiver, `${homeOf(s)}\\Downloads\\icons-pack\\icon-${i}.svg`);
      s.starts(EDGE, {
        commandLine: `"${EDGE}" --single-argument ${homeOf(s)}\\Downloads\\icons-pack\\icon-7.svg`,
      });
      s.connects(edge, '198.51.100.91', 443);
      s.after('20m');
      s.starts(WSCRIPT, {
        parent: s.svchost,
        user: SYSTEM,
        commandLine: `${WSCRIPT} ${SYSTEM32}\\gatherNetworkInfo.vbs`,
      });
    }),
  },
  {
    name: 'an icon pack unpacked, then a shell from the Start menu',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const archiver = s.starts(SEVEN_ZIP, {
        commandLine: `"${SEVEN_ZIP}" ${homeOf(s)}\\Downloads\\icons.zip`,
      });
      for (let i = 0; i < 30; i++) s.writes(archiver, `${homeOf(s)}\\Pictures\\icons\\icon-${i}.svg`);
      s.after('5s');
      s.starts(CMD);
    }),
  },
  {
    name: 'an SVG of the intranet, looked at, and the intranet after it',
    expect: 'nothing',
    tell: telling((story) => {
      const { s } = story;
      const svg = `${homeOf(s)}\\Downloads\\floorplan.svg`;
      const edge = saves(story, svg);
      s.after('20s');
      s.starts(EDGE, { commandLine: `"${EDGE}" --single-argument ${svg}` });
      s.resolves(edge, 'portal.corp.example', ['10.20.1.15']);
      s.connects(edge, '10.20.1.15', 443, { domain: 'portal.corp.example' });
      s.resolves(edge, 'login.microsoftonline.com', ['198.51.100.20']);
      s.connects(edge, '198.51.100.20', 443, { domain: 'login.microsoftonline.com' });
    }),
  },
  {
    name: 'a web developer who optimises a downloaded icon',
    expect: 'nothing',
    tell: telling((story) => {
      const { s } = story;
      const svg = `${homeOf(s)}\\Downloads\\icon.svg`;
      saves(story, svg);
      s.after('10m');
      const code = s.starts('C:\\Program Files\\Microsoft VS Code\\Code.exe', {
        commandLine: `Code.exe "${svg}"`,
      });
      const shell = s.starts(POWERSHELL, { parent: code });
      s.after('6m');
      s.starts('C:\\Program Files\\nodejs\\node.exe', {
        parent: shell,
        commandLine: `node C:\\tools\\svgo.js ${svg} -o out.svg`,
      });
      s.starts('C:\\Python312\\python.exe', { parent: shell, commandLine: `python convert.py "${svg}"` });
    }),
  },
  {
    name: 'Windows asks what to open the SVG with',
    expect: 'nothing',
    tell: telling((story) => {
      const { s } = story;
      const svg = `${homeOf(s)}\\Downloads\\logo.svg`;
      saves(story, svg);
      s.after('10s');
      s.starts(RUNDLL32, { commandLine: `"${RUNDLL32}" shell32.dll,OpenAs_RunDLL ${svg}` });
    }),
  },
  {
    name: 'an editor saves an SVG outside the places where things arrive',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const editor = s.starts('C:\\Program Files\\Editor\\editor.exe');
      s.writes(editor, 'C:\\work\\drawing.svg');
      s.after('3s');
      s.starts(CMD, { commandLine: `${CMD} /c ${homeOf(s)}\\Desktop\\build.bat` });
    }),
  },
  {
    name: "a browser's password manager host after an SVG was saved",
    expect: 'nothing',
    tell: telling((story) => {
      const { s } = story;
      const chrome = saves(story, `${homeOf(s)}\\Downloads\\chart.svg`, CHROME);
      s.after('2s');
      s.starts(CMD, {
        parent: chrome,
        commandLine: `${CMD} /d /c "C:\\Program Files\\Vault\\host.exe" chrome-extension://abcdef/ < \\\\.\\pipe\\in`,
      });
    }),
  },
];

describeAnalytic({ analytic: 'AN1407', samples, lookAlikes });

describe('AN1407: the shapes of the specification', () => {
  it('D1 adds five points when the mail client itself opened the SVG', () => {
    const finding = findingOf(smuggling({ fromMail: true }).s.events(), 'AN1407');
    expect(pointsOf(finding)).toEqual({ V1: 15, V2: 8, O1: 10, O2: 5, S2: 30, K1: 15 });
    expect(verdictOf(finding)).toEqual(['complete', 83, 'high']);
  });

  it('D1 as told: complete for the SVG and for the application chain, nothing for mshta', () => {
    const { s } = smuggling({ name: 'Zahlungsavis_88213', fromMail: true, user: 'CORP\\m.keller' });
    const events = s.events();
    expect(findingOf(events, 'AN1407').status).toBe('complete');
    expect(findingOf(events, 'AN1314').status).toBe('complete');
    expect(findingsOf(events, 'AN1397')).toEqual([]);
  });

  it('gives an ordinary destination five points', () => {
    expect(pointsOf(findingOf(smuggling({ ordinary: true }).s.events(), 'AN1407'))).toMatchObject({ K1o: 5 });
  });

  it('is partial, at most 60, when no SVG file event could be seen', () => {
    const finding = findingOf(smuggling({ without: ['file_create', 'file_stream'] }).s.events(), 'AN1407');
    expect(finding.status).toBe('partial');
    expect(finding.score).toBeLessThanOrEqual(60);
    expect(statesOf(finding)).toMatchObject({
      svg_arrival: 'blind',
      svg_open: 'matched',
      script_engine: 'matched',
    });
  });

  it('D2: a look-alike sign-in page after opening is a suspicion of 48', () => {
    const { s } = signIn();
    const finding = findingOf(s.events(), 'AN1407');
    expect(pointsOf(finding)).toEqual({ V1: 15, V2: 8, O1: 10, C5: 15 });
    expect(verdictOf(finding)).toEqual(['complete', 48, 'medium']);
    expect(finding.weakestLink.strength).toBe('weak');
    expect(finding.headline).toContain('login-m365-docview.example');
  });

  it('D2: an alert about the page makes it strong, and a store that was read evidence', () => {
    const reported = signIn();
    reported.s.alerts(reported.s.explorer, 'SmartScreen: suspicious phishing page visited');
    expect(pointsOf(findingOf(reported.s.events(), 'AN1407'))).toMatchObject({ C5b: 30 });
    const read = signIn();
    const thief = read.s.starts(`${SYSTEM32}\\robocopy.exe`);
    read.s.reads(thief, `${homeOf(read.s)}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data`);
    expect(pointsOf(findingOf(read.s.events(), 'AN1407'))).toMatchObject({ C1b: 20, 'C5+': 5 });
  });

  it('says of no stage that it is absent when what it hangs on could not be seen', () => {
    const { s } = storyOf({ without: ['file_stream'] });
    const svg = `${mailCacheOf(s)}\\invoice.pdf.svg`;
    s.writes(s.starts(OUTLOOK), svg);
    s.after('3s');
    const edge = s.starts(EDGE, { commandLine: `"${EDGE}" ${svg}` });
    const zip = `${homeOf(s)}\\Downloads\\invoice.zip`;
    s.writes(edge, zip);
    s.marks(edge, zip, { hostUrl: 'about:internet' });
    s.after('2m');
    const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_invoice.zip\\invoice.js`;
    s.writes(s.explorer, script);
    callsOut(s, s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` }));
    // Only the mark of the web tied the archive to the page, and with it the script and its call out.
    expect(statesOf(findingOf(s.events(), 'AN1407'))).toMatchObject({
      script_engine: 'blind',
      callback: 'blind',
    });
  });

  it('is never silent about an opened mail attachment with two extensions', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const svg = `${mailCacheOf(s)}\\invoice.pdf.svg`;
    s.writes(outlook, svg);
    s.marks(outlook, svg);
    s.after('3s');
    s.starts(EDGE, { commandLine: `"${EDGE}" ${svg}` });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.status).toBe('partial');
    expect(finding.score).toBeLessThan(40);
  });
});

describe('AN1407: an SVG out of a mail that was read in the browser', () => {
  const opened = (origin: string): readonly string[] => {
    const story = storyOf();
    const svg = `${homeOf(story.s)}\\Downloads\\note.svg`;
    saves(story, svg, CHROME, origin);
    story.s.after('12s');
    story.s.starts(CHROME, { commandLine: `"${CHROME}" --single-argument ${svg}` });
    return findingsOf(story.s.events(), 'AN1407').map(({ status, severity }) => `${status} ${severity}`);
  };

  it('is kept as a low partial when it was opened, whatever page it led to', () => {
    expect(opened('https://mail-attachment.example/u/0/?view=att')).toEqual(['partial low']);
    expect(opened('https://attachments.office.example/owa/x')).toEqual(['partial low']);
  });

  it('is no finding when it came from elsewhere', () => {
    expect(opened('https://icons.example/note.svg')).toEqual([]);
    expect(opened('https://files.example/mail/note.svg')).toEqual([]);
  });

  it('counts as marked where only the address of its origin is recorded, as Defender does', () => {
    const { s } = storyOf({ without: ['file_stream'] });
    const chrome = s.starts(CHROME);
    const svg = `${homeOf(s)}\\Downloads\\note.svg`;
    s.tells('file_create', chrome, { 'file.path': svg, 'file.origin_url': 'https://mail.example/att' });
    s.after('12s');
    s.starts(CHROME, { commandLine: `"${CHROME}" --single-argument ${svg}` });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.status).toBe('partial');
    expect(pointsOf(finding)).toMatchObject({ V1: 15 });
  });
});

/** Chrome saves an SVG, opens it, and goes to a page that looks like a sign-in. */
function signIn(): ToldStory {
  const story = storyOf({ user: 'CORP\\s.ivers' });
  const { s } = story;
  const svg = `${homeOf(s)}\\Downloads\\Voicemail_0412.svg`;
  const chrome = saves(story, svg, CHROME, 'https://mail-attachment.example/u/0/?view=att');
  s.after('12s');
  const visitor = s.starts(CHROME, { commandLine: `"${CHROME}" --single-argument ${svg}` });
  s.after('500ms');
  s.ends(visitor);
  s.after('1s');
  s.resolves(chrome, 'login-m365-docview.example', ['203.0.113.77']);
  const service = s.starts(CHROME, { parent: chrome, commandLine: `"${CHROME}" --type=utility` });
  s.connects(service, '203.0.113.77', 443);
  s.resolves(chrome, 'aadcdn-msauth.example', ['203.0.113.78']);
  s.after('38s');
  s.connects(service, '203.0.113.77', 443);
  return story;
}

describe('AN1407: every relation between SVG and script', () => {
  const arrived = (extension = 'svg') => {
    const story = storyOf();
    const { s } = story;
    const edge = s.starts(EDGE);
    const svg = `${homeOf(s)}\\Downloads\\plan.${extension}`;
    s.writes(edge, svg);
    s.marks(edge, svg);
    s.after('30s');
    return { s, edge, svg };
  };
  const engineOf = (events: Parameters<typeof findingOf>[0]) =>
    findingOf(events, 'AN1407').stages.find((stage) => stage.id === 'script_engine');

  it.each([
    ['mshta', (svg: string) => [MSHTA, `"${MSHTA}" "${svg}"`]],
    ['wscript with an engine named', (svg: string) => [WSCRIPT, `wscript.exe //e:jscript "${svg}"`]],
    ['node, as its script', (svg: string) => ['C:\\Program Files\\nodejs\\node.exe', `node.exe "${svg}"`]],
  ] as const)('direct: %s runs the SVG itself', (_name, command) => {
    const { s, svg } = arrived();
    const [image = '', commandLine = ''] = command(svg);
    s.starts(image, { commandLine });
    const finding = findingOf(s.events(), 'AN1407');
    expect(pointsOf(finding)).toMatchObject({ S1: 35 });
    expect(finding.status).toBe('complete');
  });

  it('second stage: through a ZIP in a ZIP', () => {
    const { s, edge, svg } = arrived();
    s.starts(EDGE, { commandLine: `"${EDGE}" ${svg}` });
    s.after('4s');
    const outer = `${homeOf(s)}\\Downloads\\outer.zip`;
    s.writes(edge, outer);
    s.marks(edge, outer, { hostUrl: 'blob:null', referrerUrl: `file:///${svg.replaceAll('\\', '/')}` });
    s.after('20s');
    const inner = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_outer.zip\\inner.zip`;
    s.writes(s.explorer, inner);
    s.after('5s');
    const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_inner.zip\\a.vbs`;
    s.writes(s.explorer, script);
    s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ S2: 30 });
    expect(engineOf(s.events())?.relation?.hops.length).toBeGreaterThanOrEqual(4);
  });

  it('second stage: unpacked by 7-Zip, whose folder does not carry the name', () => {
    const { s, edge, svg } = arrived();
    s.starts(EDGE, { commandLine: `"${EDGE}" ${svg}` });
    s.after('4s');
    const zip = `${homeOf(s)}\\Downloads\\delivery.7z`;
    s.writes(edge, zip);
    s.marks(edge, zip, { hostUrl: 'about:internet' });
    s.after('30s');
    const archiver = s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" "${zip}"` });
    const script = `${homeOf(s)}\\AppData\\Local\\Temp\\7zO8A1B\\delivery.js`;
    s.writes(archiver, script);
    s.starts(WSCRIPT, { parent: archiver, commandLine: `"${WSCRIPT}" "${script}"` });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ S2: 30 });
  });

  it('near: by time and user only, held at 69, and only for an argument where users can write', () => {
    const { s } = arrived();
    s.starts(POWERSHELL, { commandLine: `powershell.exe -f ${homeOf(s)}\\Desktop\\a.ps1` });
    const finding = findingOf(s.events(), 'AN1407');
    expect(pointsOf(finding)).toMatchObject({ S4: 8 });
    expect(finding.score).toBeLessThanOrEqual(69);
    const other = arrived();
    other.s.starts(POWERSHELL);
    expect(findingsOf(other.s.events(), 'AN1407')).toEqual([]);
  });

  it('near is another user’s affair when another user did it', () => {
    const { s } = arrived();
    s.starts(POWERSHELL, {
      user: 'CORP\\other',
      commandLine: `powershell.exe -f ${homeOf(s)}\\Desktop\\a.ps1`,
    });
    expect(findingsOf(s.events(), 'AN1407')).toEqual([]);
  });

  it('takes .svgz for an SVG with a name made to be opened', () => {
    const { s, svg } = arrived('svgz');
    s.starts(MSHTA, { commandLine: `${MSHTA} ${svg}` });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ V2: 8, S1: 35 });
  });
});

describe('AN1407: every way to browser credentials', () => {
  const withEngine = () => {
    const story = smuggling({ ordinary: true });
    const { s } = story;
    const engine = s.starts(WSCRIPT, {
      commandLine: `"${WSCRIPT}" "${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_Factura_88213.zip\\Factura_88213.js"`,
    });
    s.after('5s');
    return { s, engine };
  };
  const store = (s: ToldStory['s']) =>
    `${homeOf(s)}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data`;

  it('C1: the lineage reads a store', () => {
    const { s, engine } = withEngine();
    s.reads(engine, store(s));
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C1: 30 });
  });

  it('C2: a store is copied, by command or by file', () => {
    const { s, engine } = withEngine();
    s.starts(CMD, { parent: engine, commandLine: `${CMD} /c copy "${store(s)}" C:\\Users\\Public\\l.db` });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C2: 25 });
    const file = withEngine();
    file.s.writes(file.engine, 'C:\\Users\\Public\\Login Data');
    expect(pointsOf(findingOf(file.s.events(), 'AN1407'))).toMatchObject({ C2: 25 });
  });

  it('C3: the lineage starts a browser with remote debugging', () => {
    const { s, engine } = withEngine();
    s.starts(CHROME, {
      parent: engine,
      commandLine: `"${CHROME}" --remote-debugging-port=9222 --headless --user-data-dir=C:\\Users\\Public\\p`,
    });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C3: 30 });
  });

  it('C4: script text unprotects the browser key', () => {
    const { s, engine } = withEngine();
    const shell = s.starts(POWERSHELL, { parent: engine });
    s.runsScript(shell, '[Security.Cryptography.ProtectedData]::Unprotect($os_crypt,$null,0) # Local State');
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C4: 20 });
  });

  it('C4: the lineage reads the keys that DPAPI protects with', () => {
    const { s, engine } = withEngine();
    s.reads(engine, `${homeOf(s)}\\AppData\\Roaming\\Microsoft\\Protect\\S-1-5-21-1-2-3-1001\\key`);
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C4: 20 });
  });

  it('adds five points for a second way', () => {
    const { s, engine } = withEngine();
    s.reads(engine, store(s));
    s.starts(CMD, { parent: engine, commandLine: `${CMD} /c copy "${store(s)}" C:\\Users\\Public\\l.db` });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C1: 30, 'C2+': 5 });
  });

  it('C4: Windows tells that the lineage had a browser’s key decrypted', () => {
    const { s, engine } = withEngine();
    s.tells('dpapi_use', engine, { message: 'Google Chrome' });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C4: 20 });
  });

  it('adds five points for every further way', () => {
    const { s, engine } = withEngine();
    s.reads(engine, store(s));
    s.starts(CMD, { parent: engine, commandLine: `${CMD} /c copy "${store(s)}" C:\\Users\\Public\\l.db` });
    s.starts(CHROME, { parent: engine, commandLine: `"${CHROME}" --remote-debugging-port=9222` });
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C1: 30, 'C2+': 5, 'C3+': 5 });
  });

  it.each([
    'AppData\\Local\\Microsoft\\Edge\\User Data\\Profile 1\\Network\\Cookies',
    'AppData\\Local\\BraveSoftware\\Brave-Browser\\User Data\\Default\\Web Data',
    'AppData\\Roaming\\Opera Software\\Opera Stable\\Login Data',
    'AppData\\Local\\Vivaldi\\User Data\\Local State',
    'AppData\\Roaming\\Mozilla\\Firefox\\Profiles\\a1.default-release\\logins.json',
    'AppData\\Roaming\\Thunderbird\\Profiles\\a1.default\\key4.db',
    'AppData\\Local\\Google\\Chrome\\User Data\\Default\\Local Extension Settings\\abc\\000003.log',
  ])('C1: knows the store %s', (path) => {
    const { s, engine } = withEngine();
    s.reads(engine, `${homeOf(s)}\\${path}`);
    expect(pointsOf(findingOf(s.events(), 'AN1407'))).toMatchObject({ C1: 30 });
  });

  it('C5: a page known by its name alone is held at 60, whatever else adds up', () => {
    const { s } = signIn();
    s.tells('log_clear', undefined, { 'user.name': 'j.doe' });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.score).toBeLessThanOrEqual(60);
  });

  it('is blind for reads where reads are not recorded', () => {
    const { s } = smuggling({ without: ['file_access'] });
    expect(statesOf(findingOf(s.events(), 'AN1407')).credential_collection).toBe('blind');
  });
});
